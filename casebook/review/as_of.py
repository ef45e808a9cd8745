"""The law of the day: every citation of a case with its text when the conduct took place, and today's where it differs.

行政处罚法第三十七条: the rules in force at the time of the conduct apply, unless new ones at the time
of the decision are milder. The day is `Case.conduct_date`: the conduct's own where it is filled in,
else that of the filing.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from casebook.layer import BASIS_HEADINGS
from casebook.models import Case
from kb.lookup import Pair, Resolved, provisions_on
from kb.models import Citation

BODY = "正文"


@dataclass
class Cited:
    """One provision that a case cites: where, as what, how it read then, on the day of decision, and reads now."""

    raw: str
    places: list[str] = field(default_factory=list)
    then: Resolved | None = None
    decided: Resolved | None = None
    now: Resolved | None = None

    @property
    def label(self) -> str:
        return self.then.citation if self.then is not None else self.raw

    @property
    def is_resolved(self) -> bool:
        return self.then is not None

    @property
    def not_yet(self) -> bool:
        """Cited for a conduct on whose day it was not in force: retroactive, or milder and to be reasoned."""
        return self.then is not None and not self.then.in_force

    @property
    def changed_before_decision(self) -> bool:
        return _differ(self.then, self.decided)

    @property
    def changed_since(self) -> bool:
        return _differ(self.then, self.now)


def law_of_the_day(case: Case, citations: Iterable[Citation], today: dt.date | None = None) -> list[Cited]:
    """The distinct provisions cited, the basis first, unresolved ones before all. At most fifteen queries."""
    kept = [c for c in citations if c.status != Citation.Status.DISMISSED]
    resolved = {_pair(c) for c in kept if _is_resolved(c)}
    today = today or timezone.localdate()
    days = (case.conduct_date or today, case.basis_date or today, today)
    texts = {day: provisions_on(resolved, day) for day in dict.fromkeys(days)}
    entries: dict[tuple, Cited] = {}
    for citation in kept:
        key = _pair(citation) if _is_resolved(citation) else (citation.raw,)
        entry = entries.setdefault(key, _entry(citation, [texts[day] for day in days]))
        place = BASIS_HEADINGS.get(citation.field_name, BODY)
        if place not in entry.places:
            entry.places.append(place)
    return sorted(entries.values(), key=_order)


def _entry(citation: Citation, texts: list[dict[Pair, Resolved]]) -> Cited:
    if not _is_resolved(citation):
        return Cited(citation.raw)
    then, decided, now = (found[_pair(citation)] for found in texts)
    return Cited(citation.raw, then=then, decided=decided, now=now)


def _order(entry: Cited) -> tuple[bool, int]:
    places = [*BASIS_HEADINGS.values(), BODY]
    return entry.is_resolved, min(places.index(place) for place in entry.places)


def _is_resolved(citation: Citation) -> bool:
    return citation.regulation_id is not None and citation.status == Citation.Status.RESOLVED


def _pair(citation: Citation) -> Pair:
    return citation.regulation_id or 0, citation.key


def _differ(one: Resolved | None, other: Resolved | None) -> bool:
    """Whether the wording or the force of a provision differs between two days."""
    if one is None or other is None or one.on == other.on:
        return False
    return one.in_force != other.in_force or bool(one.rows and other.rows and one.lines != other.lines)
