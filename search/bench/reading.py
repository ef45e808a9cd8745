"""Benchmark files as values: articles of a corpus as the site would index them, questions with right answers.

corpus     .jsonl or .jsonl.xz: {"id", "law", "level", "heads", "article", "text"}
questions  .jsonl, one of
           {"qid", "query", "split"} with judgements beside it, qrels: qid, 0, id, 1 separated by blanks
           {"query", "gold": [id, ...]}
           {"query", "any_of": [{"code"}, ...]}, answered by the power items of this site's database
"""

import csv
import json
import lzma
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from search.chinese import reference_key, short_law_name
from search.documents.items import ITEMS
from search.documents.regulations import authority
from search.engines.base import SearchDocument
from search.lexicon import Law, Lexicon, Meaning

SYNONYMS = Path(__file__).resolve().parents[1] / "data" / "synonyms.tsv"
_SENTENCE = re.compile(r"[^。；\n]+[。；\n]?")


class Unreadable(Exception):
    """A benchmark file is not what it should be; says which, where and how to mend it."""


@dataclass(frozen=True)
class Question:
    """`right` holds article ids of the corpus or codes of items, whatever `identity` gives."""

    text: str
    right: frozenset[str]
    split: str = ""


def identity(document: SearchDocument) -> str:
    """How judgements name a document: an article by its id in the corpus, an item by its code."""
    codes = (key.removeprefix("code:").upper() for key in document.exact if key.startswith("code:"))
    return document.key.partition("#")[2] or next(codes, document.key)


def articles(path: Path) -> Iterator[SearchDocument]:
    """Every article of the corpus, with the title, path, keys and weight the site gives articles."""
    return map(_article, _rows(path))


def items() -> Iterator[SearchDocument]:
    """The power items of this site's database."""
    return ITEMS.documents(list(ITEMS.rows().values_list("pk", flat=True)))


def questions(path: Path, judgements: Path | None = None, split: str = "") -> list[Question]:
    """All questions of the split (of the file when empty) that have a right answer."""
    judged = _judged(judgements) if judgements else {}
    asked = [Question(row["query"], _right(row, judged), row.get("split", "")) for row in _rows(path)]
    chosen = [one for one in asked if one.right and split in ("", one.split)]
    if not chosen:
        known = "、".join(sorted({one.split for one in asked if one.split})) or "无"
        raise Unreadable(f"{path} 中没有可用的问题：请给出相关性文件 QRELS，或检查 --split（文件中的划分：{known}）")
    return chosen


def lexicon(documents: Sequence[SearchDocument]) -> Lexicon:
    """The laws of the corpus by name, and the synonym table as shipped."""
    laws = ((law, Law(law, law)) for law in sorted({document.law for document in documents} - {""}))
    with SYNONYMS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Lexicon.of(laws, (Meaning(row["colloquial"], row["statutory"], row["relation"]) for row in rows))


def scaled(documents: Sequence[SearchDocument], count: int) -> Iterator[SearchDocument]:
    """So many synthetic passages, for speed only: each a real article with sentences of two others put in.

    Words keep their real frequencies and texts differ; the same count gives the same passages.
    """
    chance = random.Random(count)
    for n in range(count):
        one = documents[n % len(documents)]
        yield replace(one, key=f"{one.owner}#S{n}", body=_mixed(one, chance.sample(documents, 2), chance))


def _mixed(one: SearchDocument, others: Sequence[SearchDocument], chance: random.Random) -> str:
    """As long as the article: about half of its sentences, and some of the others'."""
    pool = [sentence for document in (one, *others) for sentence in _SENTENCE.findall(document.body)]
    chance.shuffle(pool)
    return "".join(pool[: max(1, len(pool) // 3)])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise Unreadable(f"{path} 第 {n} 行不是 JSON：{error.msg}") from error


def _article(row: Mapping[str, str]) -> SearchDocument:
    law = short_law_name(row["law"])
    return SearchDocument(
        key=f"regulation:{law}#{row['id']}",
        kind="article",
        title=f"{law} {row['article']}",
        url="/",
        path=" > ".join(filter(None, (law, row["heads"]))),
        body=row["text"],
        exact=(f"article:{law}#{_key(row['article'])}", f"law:{law}"),
        law=law,
        level=row["level"],
        weight=authority(row["level"]),
    )


def _key(label: str) -> str:
    """`第一百二十条之一` -> `120-1`."""
    number, _, sub = label.removeprefix("第").replace("条", "", 1).partition("之")
    return reference_key(number, sub or None)


def _right(row: Mapping[str, Any], judged: Mapping[str, set[str]]) -> frozenset[str]:
    codes = [answer["code"] for answer in row.get("any_of", ())]
    return frozenset(codes or row.get("gold", ()) or judged.get(row.get("qid", ""), ()))


def _judged(path: Path) -> dict[str, set[str]]:
    """qid -> ids of the right articles, from the four columns of TREC."""
    found: dict[str, set[str]] = defaultdict(set)
    for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        columns = line.split()
        if len(columns) != 4:
            raise Unreadable(f"{path} 第 {n} 行应有四列（问题、0、条文、等级），实有 {len(columns)} 列")
        if int(columns[3]) > 0:
            found[columns[0]].add(columns[2])
    return found
