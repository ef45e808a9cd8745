"""Steps that read what every hit must be or must not be: -词, 标题: 文号: 领域: 部门:, “原文” (pure)."""

import re
from dataclasses import replace

from search import fields
from search.chinese import bigrams, phrase_tokens, words
from search.document_numbers import document_numbers
from search.engines.base import part_tokens
from search.lexicon import Lexicon
from search.plan import QueryPlan

_EXCLUDED = re.compile(r"(?:^|\s)-(\S+)")


def read_excluded(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """`-词` shuts out what contains the word."""
    shut_out = _EXCLUDED.findall(plan.text)
    if not shut_out:
        return plan
    excluded = tuple(dict.fromkeys(filter(None, map(_shutting_out, shut_out))))
    return plan.noted("排除", " ".join(shut_out), text=_EXCLUDED.sub(" ", plan.text).strip(), excluded=excluded)


def _shutting_out(word: str) -> str:
    """One token: a word of the dictionary as such, else the pair of characters where two words meet."""
    cut = words(word)
    meeting = cut[0][-1] + cut[1][0] if len(cut) > 1 else ""
    return meeting if meeting in bigrams(word) else (cut or [""])[0]


def read_fields(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """标题:, 文号:, 领域:, 部门: narrow the results; what is wrong with one is said, and its word searched."""
    for term in reversed(fields.field_terms(plan.text)):
        plan = _with_field(plan, term, lexicon)
    return plan


def _with_field(plan: QueryPlan, term: fields.FieldTerm, lexicon: Lexicon) -> QueryPlan:
    before, after = plan.text[: term.start], plan.text[term.end :]
    kept = " ".join(f"{before} {term.value} {after}".split())
    if term.field not in fields.FIELDS:
        return plan.noted("字段", fields.unknown(term), text=kept, notes=(*plan.notes, fields.unknown(term)))
    if not term.value:
        return plan.noted("字段", fields.empty(term), text=kept, notes=(*plan.notes, fields.empty(term)))
    if term.field in fields.PARTS:
        required = (*plan.required, *part_tokens(fields.PARTS[term.field], term.value))
        return plan.noted("字段", f"{term.field}含“{term.value}”", text=kept, required=required)
    if term.field == fields.NUMBER:
        wrong = () if document_numbers(f"{term.value}{after}") else (fields.no_number(term),)
        return plan.noted("字段", f"文号：{term.value}", text=kept, notes=(*plan.notes, *wrong))
    return _narrowed(plan, term, lexicon, kept, f"{before} {after}".strip())


def _narrowed(plan: QueryPlan, term: fields.FieldTerm, lexicon: Lexicon, kept: str, without: str) -> QueryPlan:
    name, values = {
        fields.DOMAIN: ("domain", lexicon.domains),
        fields.DEPARTMENT: ("department", lexicon.departments),
    }[term.field]
    chosen = fields.choose(term, values)
    if chosen.error:
        return plan.noted("字段", chosen.error, text=kept, notes=(*plan.notes, chosen.error))
    narrowed = {**plan.narrowed, name: chosen.value}
    return plan.noted("字段", f"{term.field}：{chosen.value}", text=without, narrowed=narrowed)


def read_quoted(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """What stands in quotation marks must be there as it stands."""
    phrases = fields.quoted(plan.text)
    if not phrases:
        return plan if plan.text == (text := fields.unquoted(plan.text)) else replace(plan, text=text)
    required = dict.fromkeys((*plan.required, *(token for phrase in phrases for token in phrase_tokens(phrase))))
    return plan.noted("原文", "、".join(phrases), text=fields.unquoted(plan.text), required=tuple(required))
