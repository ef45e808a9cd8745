"""The basis of a case: each citation with the text of the day of the decision, and what became of it since."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from casebook.layer import BASIS_HEADINGS as HEADINGS
from casebook.models import Case
from kb.lookup import Pair, Resolved, Successor, provisions_on
from kb.models import Citation


@dataclass(frozen=True)
class Basis:
    """One citation of the basis. Without `then` it leads nowhere and is shown as written."""

    raw: str
    then: Resolved | None = None
    now: Resolved | None = None

    @property
    def label(self) -> str:
        return self.then.citation if self.then else self.raw

    @property
    def url(self) -> str:
        return self.then.url if self.then else ""

    @property
    def lines(self) -> list[str]:
        return self.then.lines if self.then else []

    @property
    def gist(self) -> str:
        return self.then.gist if self.then else ""

    @property
    def code(self) -> str:
        """Status code of the law today; nothing while all is well."""
        return "" if self.now is None or self.now.in_force else self.now.status.value

    @property
    def repealed(self) -> bool:
        return self.now is not None and self.then is not None and self.then.in_force and not self.now.in_force

    @property
    def reworded(self) -> bool:
        """In force then and now, but a line of the provision reads differently."""
        if self.then is None or self.now is None or not (self.then.in_force and self.now.in_force):
            return False
        return bool(self.then.rows and self.now.rows) and self.then.lines != self.now.lines

    @property
    def changed(self) -> bool:
        return self.repealed or self.reworded

    @property
    def successors(self) -> tuple[Successor, ...]:
        return self.now.successors if self.now and self.repealed else ()


@dataclass(frozen=True)
class BasisGroup:
    """The citations of one role, under the heading a decision uses."""

    heading: str
    entries: list[Basis] = field(default_factory=list)


def basis_of(
    case: Case, citations: Iterable[Citation], on: dt.date | None = None, rewrite: Callable[[str], str] = str
) -> list[BasisGroup]:
    """The basis by role; `on` is the day to compare with, today by default. At most ten queries.

    `rewrite` takes the written words of a citation to those that readers see.
    """
    on = on or timezone.localdate()
    wanted = [c for c in citations if c.field_name in HEADINGS]
    resolved = [c for c in wanted if c.regulation_id and c.status == Citation.Status.RESOLVED]
    then = provisions_on({(c.regulation_id or 0, c.key) for c in resolved}, case.basis_date)
    now = provisions_on({(r.regulation.pk, r.key) for r in then.values()}, on)
    groups = [_group(name, heading, wanted, then, now, rewrite) for name, heading in HEADINGS.items()]
    return [group for group in groups if group.entries]


def _group(
    name: str, heading: str, citations: list[Citation], then: dict, now: dict, rewrite: Callable[[str], str]
) -> BasisGroup:
    mine = [c for c in citations if c.field_name == name and c.status != Citation.Status.DISMISSED]
    return BasisGroup(heading, [_basis(c, rewrite(c.raw), then, now) for c in mine])


def _basis(citation: Citation, raw: str, then: dict[Pair, Resolved], now: dict[Pair, Resolved]) -> Basis:
    found = then.get((citation.regulation_id or 0, citation.key))
    later = now.get((found.regulation.pk, found.key)) if found else None
    return Basis(raw, found, later)
