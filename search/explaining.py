"""Why these results, in words for an editor: what was understood, what was looked for, what each hit holds of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from search.engines.base import Hit
from search.plan import QueryPlan

KEYS = {
    "article": "条文",
    "work": "法规",
    "law": "同一法规的条文",
    "cites": "引用该条的内容",
    "name": "名称完全相同",
    "alias": "别名完全相同",
    "code": "编码",
    "no": "文号",
}
NARROWED = {"domain": "领域", "department": "部门"}
MOST_HITS, MOST_WORDS = 10, 8


def explained(plan: QueryPlan, hits: Iterable[Hit], laws: Mapping[str, str]) -> dict[str, Any]:
    """For search/explanation.html. `laws`: primary key as text -> short title."""
    exact = sorted(plan.exact.items(), key=lambda pair: -pair[1])
    return {
        "steps": plan.steps,
        "exact": [(key_in_words(key, laws), weight) for key, weight in exact],
        "terms": sorted(plan.terms.items(), key=lambda pair: -pair[1]),
        "excluded": plan.excluded,
        "required": sorted({token.partition(":")[2] or token for token in plan.required}),
        "narrowed": [(NARROWED.get(name, name), value) for name, value in plan.narrowed.items()],
        "hits": [_hit(plan, hit, laws) for hit in list(hits)[:MOST_HITS]],
    }


def key_in_words(key: str, laws: Mapping[str, str]) -> str:
    """`cites:1#33` -> 引用该条的内容：行政处罚法 33."""
    kind, _, value = key.partition(":")
    law, _, provision = value.partition("#")
    if kind in ("article", "work", "law", "cites"):
        value = f"{laws.get(law, law)} {provision}".strip()
    return f"{KEYS.get(kind, kind)}：{value}"


def _hit(plan: QueryPlan, hit: Hit, laws: Mapping[str, str]) -> dict[str, Any]:
    held = set(hit.document.tokens())
    words = [term for term in sorted(plan.terms, key=lambda term: -plan.terms[term]) if term in held]
    keys = [key_in_words(key, laws) for key in plan.exact if key in hit.document.exact]
    return {"title": hit.document.title, "score": hit.score, "keys": keys, "words": words[:MOST_WORDS]}
