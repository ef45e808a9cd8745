"""National law articles from the benchmark corpus, as the site would index them."""

import json
import lzma
from collections.abc import Iterator
from itertools import islice

from search.chinese import reference_key, short_law_name
from search.engines.base import SearchDocument
from tests.paths import shared


def competing_articles(count: int | None = None) -> Iterator[SearchDocument]:
    """All of them, or so many from every part of the corpus."""
    with lzma.open(shared("search", "corpus.jsonl.xz"), "rt", encoding="utf-8") as lines:
        step = 1 if count is None else 56_619 // count
        for line in islice(lines, 0, None, step):
            yield article(json.loads(line))


def article(row: dict) -> SearchDocument:
    law, key = short_law_name(row["law"]), article_key(row["article"])
    return SearchDocument(
        key=f"regulation:{law}#{row['id']}",
        kind="article",
        title=f"{law} {row['article']}",
        url="/",
        path=f"{law} > {row['heads']}",
        body=row["text"],
        law=law,
        level=row["level"],
        exact=(f"article:{law}#{key}", f"law:{law}"),
        weight={"法律": 1.5, "司法解释": 1.3}.get(row["level"], 1.25),
    )


def article_key(label: str) -> str:
    number, _, sub = label.removeprefix("第").replace("条", "", 1).partition("之")
    return reference_key(number, sub or None)
