"""The contract every search engine keeps: plain values in, plain values out.

An engine knows nothing of Django, models or Chinese: it gets documents and queries as values whose
text `search.chinese` turns into tokens. Score of a document, on every engine:

    weight x (BM25 of its text over the query's terms + sum of the boosts of exact keys it carries)

so that engines fed the same documents rank alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from hashlib import sha256
from json import dumps
from typing import Any, Protocol

from search.chinese import phrase_tokens, tokens

# The title counts this many times in the one text field that holds everything.
TITLE_WEIGHT = 3
ALIAS_WEIGHT = 2
FACETS = ("kind", "domain", "department", "level")
STATUSES = ("pending", "in_force", "repealed")
# A term in more than this share of the documents (and in more than a few) finds nothing by itself; measured
# on the benchmark: relevance unchanged, totals thirty times smaller.
COMMON_SHARE, COMMON_LEAST = 0.01, 50
BEGINNING, END = date(1900, 1, 1), date(9999, 12, 31)
# No page begins further down: that deep a hit says nothing about a query any more.
DEEPEST = 10_000


@dataclass(frozen=True)
class SearchDocument:
    """One thing a person would open: an article, an item, a case, a document.

    `key` names it: `item:12`, `case:4`, `regulation:3`, `regulation:3#33`. What stands before # is its
    owner, the row of the database it was made from; all documents of an owner are replaced together.
    `exact` holds lower-case keys found only as a whole (`行政处罚法#33`, `code:420102c01cf00100`,
    `name:占道经营`, `no:岸政〔2021〕9号`); `extra` is searched but not shown; `parts` are pieces of the body
    by name (`facts`), which a query can ask for alone; `since` (inclusive) and
    `until` (exclusive) say when it is in force; `dated` is its day where hits are sorted by date, BEGINNING
    for what has none; `weight` is its authority, 1.0 for an ordinary one and
    never less (tantivy cannot make a score smaller).
    """

    key: str
    kind: str
    title: str
    url: str
    path: str = ""
    body: str = ""
    aliases: tuple[str, ...] = ()
    extra: str = ""
    exact: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    law: str = ""
    domain: str = ""
    department: str = ""
    level: str = ""
    since: date = BEGINNING
    until: date = END
    dated: date = BEGINNING
    weight: float = 1.0
    unverified: bool = False

    def tokens(self) -> list[str]:
        """All words of the document for the one text field, title and aliases repeated."""
        found = tokens(self.title) * TITLE_WEIGHT + tokens(" ".join(self.aliases)) * ALIAS_WEIGHT
        found += tokens(f"{self.path} {self.body} {self.extra}") + part_tokens("title", self.title)
        return found + [token for name, text in self.parts for token in part_tokens(name, text)]

    @property
    def owner(self) -> str:
        return self.key.partition("#")[0]

    @property
    def fold(self) -> str:
        """What it is folded with: everything of one law; what belongs to no law stands alone."""
        return self.law or self.key

    def status(self, on: date) -> str:
        """One of STATUSES on that day."""
        if on < self.since:
            return "pending"
        return "in_force" if on < self.until else "repealed"

    @cached_property
    def json(self) -> str:
        """Kept in the index, so that a page of hits needs no database."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return dumps(values, ensure_ascii=False, default=str, separators=(",", ":"))

    @cached_property
    def digest(self) -> str:
        """Tells whether the index holds this very document; see `search_verify`."""
        return sha256(self.json.encode()).hexdigest()[:16]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SearchDocument":
        """Back from `json`, already parsed; unknown fields of an older index are ignored."""
        known = {name.name: data[name.name] for name in fields(cls) if name.name in data}
        for name in ("since", "until", "dated"):
            known[name] = date.fromisoformat(known[name])
        for name in ("aliases", "exact"):
            known[name] = tuple(known[name])
        known["parts"] = tuple((name, text) for name, text in known.get("parts", ()))
        return cls(**known)


@dataclass(frozen=True)
class Filters:
    """What a hit must be; empty means any. `status` is one of STATUSES on the day `on`."""

    kind: str = ""
    domain: str = ""
    department: str = ""
    level: str = ""
    law: str = ""
    status: str = ""
    on: date = field(default_factory=date.today)

    def terms(self) -> list[tuple[str, str]]:
        """(field, value) pairs that are set, without the status."""
        return [(name, value) for name in (*FACETS, "law") if (value := getattr(self, name))]


@dataclass(frozen=True)
class EngineQuery:
    """Weighted tokens of the text field, weighted exact keys, tokens a hit must not and must carry.

    A document is found when it carries one of the keys or at least one term that is not common (see
    `is_common`), so that totals and facets count what is about the query. With neither keys nor terms
    all documents that pass the filters are found: a plain listing.

    The best come first, or the latest when asked `by_date`, of one day the best. With `fold` the hits of
    one law stand together where its first one belongs, at most so many of them; `offset` and `limit`
    then count laws instead of documents.
    """

    terms: Mapping[str, float] = field(default_factory=dict)
    exact: Mapping[str, float] = field(default_factory=dict)
    excluded: Sequence[str] = ()
    filters: Filters = field(default_factory=Filters)
    offset: int = 0
    limit: int = 10
    facets: bool = False
    required: Sequence[str] = ()
    fold: int = 0
    by_date: bool = False


@dataclass(frozen=True)
class Hit:
    """`folded`: so many more of its law are found and not shown; told by the last of a law's hits.

    Where more than DEEPEST documents are found an engine may count only those of the first DEEPEST.
    """

    score: float
    document: SearchDocument
    folded: int = 0


@dataclass(frozen=True)
class Results:
    """`facets`: field -> value -> count over all that was found, `status` among the fields.

    `total` counts documents, folded or not; `places` what pages are counted in: documents, or laws when
    folded, of which no more than DEEPEST need be counted.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    places: int = 0


def part_tokens(part: str, text: str) -> list[str]:
    """Tokens that say a phrase stands in that part: title, 占道 -> `title:占道`. No text has a colon in a token."""
    return [f"{part}:{token}" for token in phrase_tokens(text)]


def is_common(spread: int, documents: int) -> bool:
    """Whether a term held by `spread` of so many documents says too little to find one."""
    return spread > max(COMMON_LEAST, COMMON_SHARE * documents)


class EngineUnavailable(Exception):
    """The engine cannot answer now; search falls back to the database and says so."""


class Engine(Protocol):
    """What `search` needs of an engine. Writes are complete when the call returns."""

    def replace(self, owners: Iterable[str], documents: Iterable[SearchDocument]) -> int:
        """Takes out all documents of the owners and puts these in, in one step; returns how many."""

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Builds a new index beside the old one and swaps them at once; returns how many."""

    def search(self, query: EngineQuery) -> Results:
        """Raises EngineUnavailable."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """(key, digest) of every document held."""
