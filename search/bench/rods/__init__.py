"""Measuring rods: search engines the site does not use, beside which the benchmark puts those it does.

They get the same documents, the same tokens and the same queries, and only do what a benchmark asks:
fill an index, give one page of hits. Terms carry their weight as repetitions, since neither of them knows
weights of terms; exact keys, filters and totals are left out, which makes them faster, not slower.
"""

from search.engines.base import EngineQuery


def repeated(query: EngineQuery) -> list[str]:
    """The terms of the query, each as often as it weighs, rounded, and at least once."""
    return [token for token, weight in query.terms.items() for _ in range(max(1, round(weight)))]
