"""What is understood of a query: one frozen value that grows step by step, and what it asks of an engine (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from search.engines.base import EngineQuery, Filters
from search.intents import FORMS
from search.lexicon import Law, Meaning


@dataclass(frozen=True)
class Step:
    """One thing understood: what kind, and what exactly, in words for an editor."""

    name: str
    found: str


@dataclass(frozen=True)
class QueryPlan:
    """What is known of a query so far.

    `text` is what is still to be read; `law` and `provision` come from a citation, `law_alone` says
    that the law is named and nothing else is asked; `cards` are the
    synonym rows that say "not a street's power"; `marked` are the words to highlight; `typed` is the
    text in one spelling; `required` tokens every hit has; `narrowed` are filters by field; `notes` tell
    the reader what could not be understood; `offered` are other queries that may have been meant;
    `intents` are the kinds of answer asked for; `spelt` is the query whose pinyin was typed.
    """

    raw: str
    text: str
    law: Law | None = None
    law_alone: bool = False
    provision: str = ""
    terms: Mapping[str, float] = field(default_factory=dict)
    exact: Mapping[str, float] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    marked: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    typed: str = ""
    required: tuple[str, ...] = ()
    narrowed: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    spelt: str = ""

    @property
    def empty(self) -> bool:
        return not (self.terms or self.exact or self.required or self.narrowed)

    @property
    def jump(self) -> bool:
        """Whether the query is a citation and nothing else, so that the provision is the answer."""
        return bool(self.provision) and not self.text

    @property
    def cards(self) -> tuple[Meaning, ...]:
        """Routing cards: one row for each term that leads to another authority."""
        rows = {row.colloquial: row for row in self.meanings if row.relation == "WARN"}
        return tuple(rows.values())

    @property
    def wanted(self) -> str:
        """The kind of hit that was asked for outright, to stand first; mostly none."""
        return "form" if FORMS in self.intents else ""

    def engine_query(self, filters: Filters, **page: Any) -> EngineQuery:
        """For any engine; `page` are offset, limit, facets, fold and by_date of EngineQuery.

        Words beside a cited provision, which is the answer, are searched inside its law. Inside one law
        nothing is folded.
        """
        exact = self.exact
        filters = self._narrow(filters)
        if self.provision and self.text and self.law:
            filters, exact = replace(filters, law=self.law.key), {}
        if filters.law:
            page["fold"] = 0
        return EngineQuery(self.terms, exact, self.excluded, filters, required=self.required, **page)

    def _narrow(self, filters: Filters) -> Filters:
        """What the address narrows goes before what the query does."""
        domain = filters.domain or self.narrowed.get("domain", "")
        department = filters.department or self.narrowed.get("department", "")
        return replace(filters, domain=domain, department=department)

    def explain(self) -> dict[str, object]:
        """Every step, and the weights the engine gets, heaviest first."""
        return {
            "raw": self.raw,
            "steps": [{"name": step.name, "found": step.found} for step in self.steps],
            "exact": dict(sorted(self.exact.items(), key=lambda pair: -pair[1])),
            "terms": {term: round(weight, 3) for term, weight in sorted(self.terms.items(), key=lambda p: -p[1])},
            "excluded": list(self.excluded),
            "required": list(self.required),
            "narrowed": dict(self.narrowed),
        }

    def noted(self, name: str, found: str, **changes: object) -> "QueryPlan":
        """This plan with one step more."""
        return replace(self, steps=(*self.steps, Step(name, found)), **changes)  # type: ignore[arg-type]
