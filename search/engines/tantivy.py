"""The embedded engine: a tantivy index in a folder, read by every process, written by one at a time.

    INDEX_DIR/current        names the folder in use; replaced in one step when a rebuild is done
    INDEX_DIR/v1-<time>/     one index; the one before the current is kept for readers still opening it
    INDEX_DIR/write.lock     held while writing

A reader looks at two files' stamps before each search, so it sees other processes' commits and swaps.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import rmtree
from time import time_ns

import tantivy
from tantivy import FieldType, Occur, Query

from search.engines.base import (
    FACETS,
    EngineQuery,
    EngineUnavailable,
    Filters,
    Hit,
    Results,
    SearchDocument,
    is_common,
)
from search.locking import file_lock

# Counts up whenever the schema or the analysis changes, so that an old index is never read wrongly.
VERSION = "v2"
WRITER_BYTES = 64_000_000
WRITE_TIMEOUT = 60.0
KEPT_BEFORE_CURRENT = 1
MOST_FACET_VALUES = 200


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("owner", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("law", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("since", "until"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class TantivyEngine:
    """See `search.engines.base.Engine`. One instance per process is enough; it is thread safe."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._schema = _schema()
        self._opened: tuple[str, tantivy.Index] | None = None
        self._seen: tuple[int, ...] = ()

    # Writing

    def replace(self, owners: Iterable[str], documents: Iterable[SearchDocument]) -> int:
        with self._writing():
            return self._write(self._current() or self._start(), documents, owners)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        with self._writing():
            fresh = self._new_folder()
            written = self._write(fresh, documents)
            self._point_to(fresh)
            self._sweep(fresh)
            return written

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with file_lock(self.directory / "write.lock", timeout=WRITE_TIMEOUT) as held:
            if not held:
                raise EngineUnavailable(f"another process has been writing for {WRITE_TIMEOUT:.0f} s")
            yield

    def _write(self, folder: Path, documents: Iterable[SearchDocument], owners: Iterable[str] = ()) -> int:
        writer = tantivy.Index(self._schema, path=str(folder)).writer(WRITER_BYTES, num_threads=1)
        for owner in owners:
            writer.delete_documents_by_term("owner", owner)
        written = 0
        for document in documents:
            writer.add_document(_to_tantivy(document))
            written += 1
        writer.commit()
        writer.wait_merging_threads()
        return written

    def _start(self) -> Path:
        fresh = self._new_folder()
        self._write(fresh, ())
        self._point_to(fresh)
        return fresh

    def _new_folder(self) -> Path:
        folder = self.directory / f"{VERSION}-{time_ns()}"
        folder.mkdir(parents=True)
        return folder

    def _point_to(self, folder: Path) -> None:
        beside = self.directory / "current.new"
        beside.write_text(folder.name)
        os.replace(beside, self.directory / "current")

    def _sweep(self, current: Path) -> None:
        others = sorted(self.directory.glob("v*-*"), key=lambda path: path.name.partition("-")[2])
        others.remove(current)
        for folder in others[: -KEPT_BEFORE_CURRENT or None]:
            rmtree(folder, ignore_errors=True)

    # Reading

    def search(self, query: EngineQuery) -> Results:
        searcher = self._searcher()
        wanted = _compile(searcher, self._schema, query)
        found = searcher.search(wanted, query.limit, offset=query.offset, weight_by_field="weight")
        total: int = found.count  # type: ignore[attr-defined]  # absent from tantivy's stub
        hits = tuple(Hit(score, _shown(searcher.doc(address))) for score, address in found.hits)
        facets = _facets(searcher, wanted, query.filters.on, total) if query.facets else {}
        return Results(hits, total, facets)

    def digests(self) -> Iterator[tuple[str, str]]:
        searcher = self._searcher()
        if not searcher.num_docs:
            return
        for _, address in searcher.search(Query.all_query(), searcher.num_docs, count=False).hits:
            document = searcher.doc(address)
            yield document["key"][0], document["digest"][0]

    def _searcher(self) -> tantivy.Searcher:
        try:
            return self._index().searcher()
        except (OSError, ValueError) as error:
            self._opened = None
            raise EngineUnavailable(str(error)) from error

    def _index(self) -> tantivy.Index:
        folder = self._current()
        if folder is None:
            raise EngineUnavailable(f"no index of version {VERSION} in {self.directory}")
        if self._opened is None or self._opened[0] != folder.name:
            self._opened, self._seen = (folder.name, tantivy.Index.open(str(folder))), ()
        stat = (folder / "meta.json").stat()
        if self._seen != (stat.st_mtime_ns, stat.st_ino):
            self._opened[1].reload()
            self._seen = (stat.st_mtime_ns, stat.st_ino)
        return self._opened[1]

    def _current(self) -> Path | None:
        try:
            folder = self.directory / (self.directory / "current").read_text()
        except FileNotFoundError:
            return None
        return folder if folder.name.startswith(f"{VERSION}-") and folder.is_dir() else None


def _to_tantivy(document: SearchDocument) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("text", " ".join(document.tokens()))
    for name in ("key", "owner", "digest", "law", *FACETS):
        if value := getattr(document, name):
            row.add_text(name, value)
    for key in document.exact:
        row.add_text("exact", key)
    row.add_integer("since", _day(document.since))
    row.add_integer("until", _day(document.until))
    # tantivy multiplies a score by log2(2 + field): stored so that the factor is the weight itself
    row.add_float("weight", 2**document.weight - 2)
    row.add_text("shown", document.json)
    return row


def _shown(row: tantivy.Document) -> SearchDocument:
    return SearchDocument.from_json(json.loads(row["shown"][0]))


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _compile(searcher: tantivy.Searcher, schema: tantivy.Schema, query: EngineQuery) -> Query:
    """A boolean query of term queries: the tokens are ready, nothing is parsed."""
    kept = [(Occur.Must, _silent(part)) for part in _filters(schema, query.filters)]
    shut_out = [(Occur.MustNot, Query.term_query(schema, "text", token, "freq")) for token in query.excluded]
    wanted = _wanted(searcher, schema, query)
    needed = [(Occur.Must, _silent(Query.term_query(schema, "text", token, "freq"))) for token in query.required]
    return Query.boolean_query([*wanted, *kept, *needed, *shut_out])


def _wanted(searcher: tantivy.Searcher, schema: tantivy.Schema, query: EngineQuery) -> list[tuple[Occur, Query]]:
    """What scores, and, where some terms are common, that one of the others must be there."""
    terms = {token: Query.term_query(schema, "text", token, "freq") for token in query.terms}
    keys = {key: Query.term_query(schema, "exact", key, "basic") for key in query.exact}
    if not terms and not keys:
        return [(Occur.Must, Query.all_query())]
    rare = [term for token, term in terms.items() if not is_common(searcher.doc_freq("text", token), searcher.num_docs)]
    scored = _any(
        [Query.boost_query(term, query.terms[token]) for token, term in terms.items()]
        + [Query.const_score_query(key, query.exact[name]) for name, key in keys.items()]
    )
    if len(rare) in (0, len(terms)):
        return [(Occur.Must, scored)]
    return [(Occur.Must, _silent(_any([*rare, *keys.values()]))), (Occur.Should, scored)]


def _any(parts: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _silent(part: Query) -> Query:
    """Decides what is found and adds nothing to the score."""
    return Query.const_score_query(part, 0.0)


def _filters(schema: tantivy.Schema, filters: Filters) -> Iterator[Query]:
    for name, value in filters.terms():
        yield Query.term_query(schema, name, value, "basic")
    on, whole = _day(filters.on), FieldType.Integer
    if filters.status == "pending":
        yield Query.range_query(schema, "since", whole, lower_bound=on, include_lower=False)
    if filters.status == "in_force":
        yield Query.range_query(schema, "since", whole, upper_bound=on)
    if filters.status == "in_force":
        yield Query.range_query(schema, "until", whole, lower_bound=on, include_lower=False)
    if filters.status == "repealed":
        yield Query.range_query(schema, "until", whole, upper_bound=on)


def _facets(searcher: tantivy.Searcher, wanted: Query, on: date, total: int) -> dict[str, dict[str, int]]:
    """Counts by value; the three statuses from two ranges, since a work has one status a day."""
    tomorrow = float(_day(on) + 1)
    asked = {name: {"terms": {"field": name, "size": MOST_FACET_VALUES}} for name in FACETS}
    asked["pending"] = {"range": {"field": "since", "ranges": [{"from": tomorrow}]}}
    asked["repealed"] = {"range": {"field": "until", "ranges": [{"to": tomorrow}]}}
    answer = searcher.aggregate(wanted, asked)
    facets = {name: {b["key"]: b["doc_count"] for b in answer[name]["buckets"]} for name in FACETS}
    pending = sum(b["doc_count"] for b in answer["pending"]["buckets"] if "from" in b)
    repealed = sum(b["doc_count"] for b in answer["repealed"]["buckets"] if "to" in b)
    counts = {"pending": pending, "in_force": total - pending - repealed, "repealed": repealed}
    return {**facets, "status": {status: count for status, count in counts.items() if count}}
