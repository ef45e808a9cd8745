"""Everything that is proposed for a draft, each with where it was read. An editor confirms; nothing is stored here."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from casebook.intake.basis import Cited, read_basis
from casebook.intake.figures import Found, read_figures
from casebook.intake.items import ItemProposal, propose_items
from casebook.intake.outcome import read_outcome
from casebook.intake.values import Draft
from casebook.models import Case, CasebookIssue
from kb.models import Domain
from people.models import Unit

# Where the result of a case is told; a law's text in the analysis tells of other results.
_TOLD_IN = {"facts", "handling", "sequel", ""}


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the editor finds filled in. `found` holds every reading, contradictions too."""

    found: tuple[Found, ...]
    cited: tuple[Cited, ...]
    items: tuple[ItemProposal, ...]
    domain: Domain | None
    street: Unit | None
    case_no: str

    def value(self, field: str) -> object:
        """The first reading of a field; None when the text does not tell."""
        return next((one.value for one in self.found if one.field == field), None)

    def readings(self, field: str) -> list[Found]:
        return [one for one in self.found if one.field == field]


def propose(draft: Draft) -> Proposals:
    """Reads the draft's texts and asks the knowledge base."""
    texts = [part.text for part in draft.parts]
    told = [part.text for part in draft.parts if part.block in _TOLD_IN]
    found = (*read_figures(told), *read_outcome(told))
    days = {one.field: one.value for one in reversed(found) if isinstance(one.value, dt.date)}
    cited = tuple(read_basis(texts, days.get("decided_on") or days.get("filed_on")))
    items = tuple(propose_items(draft.title, told, cited))
    domain = items[0].item.domain if items else None
    return Proposals(found, cited, items, domain, _street(texts), next_case_no())


def next_case_no() -> str:
    """The next number of the quarter that collects drafts, of today's quarter when none does."""
    issue = CasebookIssue.objects.filter(status="collecting").order_by("year_no", "quarter_no").first()
    today = timezone.localdate()
    quarter = issue.code if issue else f"{today.year}Q{(today.month + 2) // 3}"
    taken = Case.objects.filter(case_no__startswith=f"{quarter}-").values_list("case_no", flat=True)
    numbers = [int(tail) for number in taken if (tail := number.partition("-")[2]).isdecimal()]
    return f"{quarter}-{max(numbers, default=0) + 1:02d}"


def _street(texts: list[str]) -> Unit | None:
    """The street named in the text, when it is one only."""
    whole = "".join(texts)
    named = [
        unit for unit in Unit.objects.streets() if unit.name in whole or (unit.short_name and unit.short_name in whole)
    ]
    return named[0] if len(named) == 1 else None
