"""From what somebody typed to what the engines are asked, one frozen value after another.

`understand` runs the text through STEPS; every step that finds something leaves a `Step`, so that
`explain()` can show a puzzled editor what was understood, in which order, and with what weight.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from search.chinese import HAN, exact_name, fold, short_law_name, tokens, words
from search.citing import cited_place, law_meant
from search.conditions import read_excluded, read_fields, read_quoted
from search.document_numbers import document_numbers
from search.intents import INTENTS
from search.lexicon import Law, Lexicon, Meaning
from search.plan import QueryPlan, Step
from search.questions import Question, questions_in

__all__ = ["LONGEST_QUERY", "MOST_OFFERED", "QueryPlan", "Step", "document_numbers", "understand"]

# Boosts of exact keys: the order of design.md section 5, far above any score of words.
CITED, CODED, NAMED, LAW_NAMED, ALIASED, MEANT, CITING, OF_LAW = 1000.0, 900.0, 500.0, 300.0, 40.0, 20.0, 20.0, 8.0
# A law's name without 法: the law stands just above its articles, items that are about the words may stand higher.
LAW_MEANT = 14.0
# The provision that answers a question of procedure: above words, below a name.
ANSWERING = 100.0
# Weight of a statutory phrase beside the typed words (1.0), by relation.
RELATIONS = {"EQ": 0.6, "UP": 0.6, "TYPO": 1.0, "REL": 0.3, "WARN": 0.3}
RELATION_WORDS = {"EQ": "同义", "UP": "口语转法定", "TYPO": "错别字", "REL": "相关", "WARN": "非街道职权"}
INTENT_WEIGHT = 0.25
# A colloquial term whose verb and object stand apart (砍了小区的树) means less surely what it means together.
APART_WEIGHT = 0.5
# Say nothing in a query; in the index they stay, for they are part of names (张某, 上海).
FILLERS = frozenset(
    (*"的了在把被给让有没不是就都也还和与跟向往到里上下中外个些这那我你他她它们啊呀着过做搞弄去来要会能得地",)
    + ("有人", "没有", "一个", "这个", "那个", "一直", "可以", "自己", "东西", "现在", "因为")
    + ("什么", "怎么", "怎样", "如何", "是否", "能否", "哪些", "请问", "吗", "呢")
)
LONGEST_QUERY = 200
# Other readings of a query that are worth a line on the page.
MOST_OFFERED = 3

# Letters typed for a name; digits behind are an article: xzcff33.
_LETTERS = re.compile(r"(?<![a-z0-9#])[a-z]+(?:['\s][a-z]+)*(?=\d{0,4}(?![a-z0-9]))")
_CODE = re.compile(r"(?<![a-z0-9])(?=[a-z]*\d)[a-z0-9]{6,}(?![a-z0-9])")
_SHORTENED_NAME = re.compile(rf"[{HAN}]某+[甲乙丙丁]?")
_QUESTION_MARKS = re.compile(r"[?？!！。，,;；:：]+")


def understand(raw: str, lexicon: Lexicon) -> QueryPlan:
    """The plan for a query of at most LONGEST_QUERY characters; what is longer is cut off."""
    plan = normalise(QueryPlan(raw, raw[:LONGEST_QUERY]))
    for step in STEPS:
        plan = step(plan, lexicon)
    return plan


def normalise(plan: QueryPlan) -> QueryPlan:
    text = " ".join(fold(plan.text).split())
    plan = replace(plan, text=text, typed=text)
    return plan.noted("统一写法", text) if text != plan.raw else plan


def read_pinyin(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """Letters that spell a name become the name; whatever else they may spell is offered."""
    for found in reversed(list(_LETTERS.finditer(plan.text))):
        names = _names_spelt(found[0], lexicon)
        if names:
            start, end = found.span()
            others = tuple(plan.text[:start] + name + plan.text[end:] for name in names[1:MOST_OFFERED])
            text = f"{plan.text[:start]}{names[0]}{plan.text[end:]}"
            plan = plan.noted(
                "拼音", f"{found[0]} → {names[0]}", text=text, spelt=text, offered=(*plan.offered, *others)
            )
    return plan


def _names_spelt(letters: str, lexicon: Lexicon) -> tuple[str, ...]:
    """All letters together, or else each run between blanks by itself; letters that are a term stay."""
    joined = "".join(re.findall(r"[a-z]+", letters))
    if letters in lexicon.meanings or letters in lexicon.laws:
        return ()
    together = lexicon.sounds.named(joined) or lexicon.sounds.spelt_out(joined)
    runs = letters.split()
    if together or len(runs) == 1:
        return together
    apart = [(lexicon.sounds.named(run) or (run,))[0] for run in runs]
    return (" ".join(apart),) if apart != runs else ()


def read_citation(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """A cited provision overrides the rest; a law named alone only lifts what belongs to it."""
    place = cited_place(plan.text, lexicon)
    if place is None:
        return _with_law_meant(plan, lexicon)
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


def _with_law_meant(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """行政处罚: the law is shown as the answer, and the words are searched as well."""
    law = law_meant(plan.text, lexicon)
    if law is None:
        return plan
    exact = {**plan.exact, f"work:{law.key}": LAW_MEANT, f"law:{law.key}": OF_LAW}
    return plan.noted("法规名称", f"{short_law_name(law.name)}（未写“法”字）", law=law, law_alone=True, exact=exact)


def _cited(law: Law, key: str) -> dict[str, float]:
    """The article itself first, then what cites that very paragraph, then what cites the article."""
    article = key.split(".", 1)[0]
    citing = {f"cites:{law.key}#{article}": CITING, f"cites:{law.key}#{key}": CITING}
    return {f"article:{law.key}#{article}": CITED, **citing}


def _quoted(law: Law, key: str) -> dict[str, float]:
    """Texts that name the provision with 《》 carry it as one token."""
    return {f"{short_law_name(law.name)}#{key}": 1.0}


def read_document_number(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """岸政〔2021〕9号 or 国务院令第583号, however written."""
    numbers = document_numbers(plan.text)
    if not numbers:
        return plan
    keys = {f"no:{number}": CODED for number in numbers}
    return plan.noted("文号", numbers[0], exact={**plan.exact, **keys})


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
            intents = (*plan.intents, intent.label)
            plan = plan.noted("提问", intent.label, text=rest, terms=terms, intents=intents)
    return plan


def read_name(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """Whatever is left may be the whole name of something."""
    name = exact_name(plan.text)
    if not name or plan.provision:
        return plan
    return replace(plan, exact={**plan.exact, f"name:{name}": NAMED, f"alias:{name}": ALIASED})


def read_words(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    typed = Counter(token for token in tokens(plan.text) if token not in FILLERS) or Counter(tokens(plan.text))
    marked = tuple(_marked(plan.text))
    terms = {**plan.terms, **{token: float(count) for token, count in typed.items()}}
    return replace(plan, terms=terms, marked=marked)


def _marked(text: str) -> Iterator[str]:
    """What to highlight: shortened names whole (李某某), then words of two characters and more."""
    names = dict.fromkeys(_SHORTENED_NAME.findall(text))
    yield from names
    rest = _SHORTENED_NAME.sub(" ", text)
    yield from dict.fromkeys(word for word in words(rest) if len(word) > 1 or len(text) == 1)


def read_questions(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """The provisions that answer a common question of procedure, as far as the site has their laws."""
    for question in () if plan.provision else questions_in(plan.typed):
        if law := lexicon.laws.get(question.law):
            plan = _answered(plan, question, law)
    return plan


def _answered(plan: QueryPlan, question: Question, law: Law) -> QueryPlan:
    key = f"article:{law.key}#{question.key}"
    return plan.noted("常问", f"{question.label} → {question.law}#{question.key}", exact={**plan.exact, key: ANSWERING})


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
        f"{row.colloquial} → {row.statutory}（{RELATION_WORDS[row.relation]}）",
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
    read_fields,
    read_quoted,
    read_excluded,
    read_pinyin,
    read_citation,
    read_document_number,
    read_code,
    read_intents,
    read_name,
    read_words,
    read_synonyms,
    read_questions,
)
