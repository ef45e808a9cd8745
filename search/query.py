"""From what somebody typed to what the engines are asked, one frozen value after another.

`understand` runs the text through STEPS; every step that finds something leaves a `Step`, so that
`explain()` can show a puzzled editor what was understood, in which order, and with what weight.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kb.citations.documents import normalise_document_number
from search.chinese import HAN, exact_name, fold, short_law_name, tokens, words
from search.citing import cited_place
from search.engines.base import EngineQuery, Filters
from search.intents import INTENTS
from search.lexicon import Law, Lexicon, Meaning

# Boosts of exact keys: the order of design.md section 5, far above any score of words.
CITED, CODED, NAMED, LAW_NAMED, ALIASED, MEANT, CITING, OF_LAW = 1000.0, 900.0, 500.0, 300.0, 40.0, 20.0, 20.0, 8.0
# Weight of a statutory phrase beside the typed words (1.0), by relation.
RELATIONS = {"EQ": 0.6, "UP": 0.6, "TYPO": 1.0, "REL": 0.3, "WARN": 0.3}
INTENT_WEIGHT = 0.25
# A colloquial term whose verb and object stand apart (砍了小区的树) means less surely what it means together.
APART_WEIGHT = 0.5
# Say nothing in a query; in the index they stay, for they are part of names (张某, 上海).
FILLERS = frozenset(
    (*"的了在把被给让有没不是就都也还和与跟向往到里上下中外个些这那我你他她它们啊呀着过做搞弄去来要会能得地",)
    + ("有人", "没有", "一个", "这个", "那个", "一直", "可以", "自己", "东西", "现在", "因为")
)
LONGEST_QUERY = 200

_DOCUMENT_NUMBER = re.compile(
    rf"(?P<office>[{HAN}]{{1,10}}?)\s*(?P<open>[〔\[【(])?\s*(?P<year>(?:19|20)\d\d)\s*[〕\]】)]?\s*年?\s*第?\s*(?P<n>\d{{1,5}})\s*(?P<close>号)?(?!\d)"
)
_CODE = re.compile(r"(?<![a-z0-9])(?=[a-z]*\d)[a-z0-9]{6,}(?![a-z0-9])")
_EXCLUDED = re.compile(r"(?:^|\s)-(\S+)")
_QUESTION_MARKS = re.compile(r"[?？!！。，,;；:：]+")


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
    synonym rows that say "not a street's power"; `marked` are the words to highlight.
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

    @property
    def empty(self) -> bool:
        return not (self.terms or self.exact)

    @property
    def jump(self) -> bool:
        """Whether the query is a citation and nothing else, so that the provision is the answer."""
        return bool(self.provision) and not self.text

    @property
    def cards(self) -> tuple[Meaning, ...]:
        """Routing cards: one row for each term that leads to another authority."""
        rows = {row.colloquial: row for row in self.meanings if row.relation == "WARN"}
        return tuple(rows.values())

    def engine_query(self, filters: Filters, *, offset: int = 0, limit: int = 10, facets: bool = False) -> EngineQuery:
        """For any engine. Words beside a cited provision, which is the answer, are searched inside its law."""
        exact = self.exact
        if self.provision and self.text and self.law:
            filters, exact = replace(filters, law=self.law.key), {}
        return EngineQuery(self.terms, exact, self.excluded, filters, offset, limit, facets)

    def explain(self) -> dict[str, object]:
        """Every step, and the weights the engine gets, heaviest first."""
        return {
            "raw": self.raw,
            "steps": [{"name": step.name, "found": step.found} for step in self.steps],
            "exact": dict(sorted(self.exact.items(), key=lambda pair: -pair[1])),
            "terms": {term: round(weight, 3) for term, weight in sorted(self.terms.items(), key=lambda p: -p[1])},
            "excluded": list(self.excluded),
        }

    def noted(self, name: str, found: str, **changes: object) -> "QueryPlan":
        """This plan with one step more."""
        return replace(self, steps=(*self.steps, Step(name, found)), **changes)  # type: ignore[arg-type]


def understand(raw: str, lexicon: Lexicon) -> QueryPlan:
    """The plan for a query of at most LONGEST_QUERY characters; what is longer is cut off."""
    plan = normalise(QueryPlan(raw, raw[:LONGEST_QUERY]))
    for step in STEPS:
        plan = step(plan, lexicon)
    return plan


def normalise(plan: QueryPlan) -> QueryPlan:
    text = " ".join(fold(plan.text).split())
    return plan.noted("统一写法", text, text=text) if text != plan.raw else replace(plan, text=text)


def read_excluded(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """`-词` shuts out what contains the word."""
    shut_out = _EXCLUDED.findall(plan.text)
    if not shut_out:
        return plan
    excluded = tuple(dict.fromkeys(token for word in shut_out for token in words(word)))
    return plan.noted("排除", " ".join(shut_out), text=_EXCLUDED.sub(" ", plan.text).strip(), excluded=excluded)


def read_citation(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """A cited provision overrides the rest; a law named alone only lifts what belongs to it."""
    place = cited_place(plan.text, lexicon)
    if place is None:
        return plan
    name = short_law_name(place.law.name)
    if not place.key:
        exact = {f"law:{place.law.key}": OF_LAW, **({f"work:{place.law.key}": LAW_NAMED} if not place.rest else {})}
        return plan.noted("法规名称", name, law=place.law, law_alone=not place.rest, exact={**plan.exact, **exact})
    return plan.noted(
        "引文",
        f"{name}#{place.key}",
        law=place.law,
        provision=place.key,
        text=place.rest,
        exact=_cited(place.law, place.key),
        terms=_quoted(place.law, place.key),
    )


def _cited(law: Law, key: str) -> dict[str, float]:
    """The article itself first, then what cites that very paragraph, then what cites the article."""
    article = key.split(".", 1)[0]
    citing = {f"cites:{law.key}#{article}": CITING, f"cites:{law.key}#{key}": CITING}
    return {f"article:{law.key}#{article}": CITED, **citing}


def _quoted(law: Law, key: str) -> dict[str, float]:
    """Texts that name the provision with 《》 carry it as one token."""
    return {f"{short_law_name(law.name)}#{key}": 1.0}


def read_document_number(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """岸政〔2021〕9号 with any bracket or none; without both bracket and 号 it is no document number."""
    found = _DOCUMENT_NUMBER.search(plan.text)
    if found is None or not (found["open"] or found["close"]):
        return plan
    office, rest = found["office"], f"〔{found['year']}〕{found['n']}号"
    # 印发岸政〔2021〕9号: where the office's name begins is not known, so every ending of it is asked for.
    keys = {f"no:{normalise_document_number(office[i:] + rest)}": CODED for i in range(max(1, len(office) - 1))}
    return plan.noted("文号", office + rest, exact={**plan.exact, **keys})


def read_code(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    codes = _CODE.findall(plan.text)
    if not codes:
        return plan
    return plan.noted("编码", " ".join(codes), exact={**plan.exact, **{f"code:{code}": CODED for code in codes}})


def read_intents(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """Takes out the words that say what kind of answer is wanted."""
    for intent in INTENTS:
        rest = _QUESTION_MARKS.sub(" ", intent.pattern.sub(" ", plan.text)).strip()
        if intent.pattern.search(plan.text) and rest:
            terms = _added(plan.terms, intent.statutory, INTENT_WEIGHT)
            plan = plan.noted("提问", intent.label, text=rest, terms=terms)
    return plan


def read_name(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """Whatever is left may be the whole name of something."""
    name = exact_name(plan.text)
    if not name or plan.provision:
        return plan
    return replace(plan, exact={**plan.exact, f"name:{name}": NAMED, f"alias:{name}": ALIASED})


def read_words(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    typed = Counter(token for token in tokens(plan.text) if token not in FILLERS) or Counter(tokens(plan.text))
    marked = tuple(dict.fromkeys(word for word in words(plan.text) if len(word) > 1 or len(plan.text) == 1))
    terms = {**plan.terms, **{token: float(count) for token, count in typed.items()}}
    return replace(plan, terms=terms, marked=marked)


def read_synonyms(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """Adds the statute's words for colloquial ones, each group of meanings weighing the same."""
    plain = set(words(plan.text))
    for rows in lexicon.meanings_in(plan.text):
        # 气 means 燃气 only where it stands as a word of its own.
        if len(rows[0].colloquial) > 1 or rows[0].colloquial in plain:
            plan = _with_meanings(plan, rows, 1.0)
    for rows in lexicon.meanings_apart_in(plan.text):
        plan = _with_meanings(plan, rows, APART_WEIGHT)
    return plan


def _with_meanings(plan: QueryPlan, rows: tuple[Meaning, ...], weight: float) -> QueryPlan:
    for row in rows:
        plan = _with_meaning(plan, row, weight * RELATIONS.get(row.relation, 0.0) / len(rows) ** 0.5)
    return plan


def _with_meaning(plan: QueryPlan, row: Meaning, weight: float) -> QueryPlan:
    marked = dict.fromkeys((*plan.marked, *(word for word in words(fold(row.statutory)) if len(word) > 1)))
    return plan.noted(
        "同义词",
        f"{row.colloquial} → {row.statutory}（{row.relation}）",
        terms=_added(plan.terms, row.statutory, weight),
        exact={f"name:{exact_name(row.statutory)}": MEANT, **plan.exact},
        meanings=(*plan.meanings, row),
        marked=tuple(marked),
    )


def _added(terms: Mapping[str, float], phrase: str, weight: float) -> dict[str, float]:
    """A term that comes twice keeps its greater weight."""
    more = {token: weight * count for token, count in Counter(tokens(phrase)).items()}
    return {**more, **{term: max(old, more.get(term, 0.0)) for term, old in terms.items()}}


STEPS = (
    read_excluded,
    read_citation,
    read_document_number,
    read_code,
    read_intents,
    read_name,
    read_words,
    read_synonyms,
)
