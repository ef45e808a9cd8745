"""The embedded engine: a tantivy index in a folder, read by every process, written by one at a time.

    INDEX_DIR/current        names the folder in use; replaced in one step when a rebuild is done
    INDEX_DIR/v3-<time>/     one index; the one before the current is kept for readers still opening it
    INDEX_DIR/write.lock     held while writing

A reader looks at two files' stamps before each search, so it sees other processes' commits and swaps.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from time import time_ns

import tantivy
from tantivy import Query

from search.engines.base import FACETS, EngineQuery, EngineUnavailable, Hit, Results, SearchDocument
from search.engines.tantivy_page import fold_number, page_of
from search.engines.tantivy_query import compiled, day_number, facets
from search.locking import file_lock

# Counts up whenever the schema or the analysis changes, so that an old index is never read wrongly.
VERSION = "v3"
WRITER_BYTES = 64_000_000
WRITE_TIMEOUT = 60.0


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("owner", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("law", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("since", "until", "dated", "fold"):
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
            before, fresh = self._pointer(), self._new_folder()
            written = self._write(fresh, documents)
            self._point_to(fresh)
            self._sweep({fresh.name, before})
            return written

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with file_lock(self.directory / "write.lock", timeout=WRITE_TIMEOUT) as held:
            if not held:
                raise EngineUnavailable(f"另一个进程正在写索引，等了 {WRITE_TIMEOUT:.0f} 秒")
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

    def _sweep(self, kept: set[str]) -> None:
        """All but the index in use and the one before, which a reader may be opening; rebuilds that died go, too."""
        for folder in self.directory.glob("v*-*"):
            if folder.name not in kept:
                rmtree(folder, ignore_errors=True)

    # Reading

    def search(self, query: EngineQuery) -> Results:
        searcher = self._searcher()
        wanted = compiled(searcher, self._schema, query)
        found = page_of(searcher, self._schema, wanted, query)
        hits = tuple(Hit(score, _shown(searcher.doc(address)), folded) for (score, address), folded in found.hits)
        counts = facets(searcher, wanted, query.filters.on, found.total) if query.facets else {}
        return Results(hits, found.total, counts, found.places)

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
            raise EngineUnavailable(f"{self.directory} 中没有 {VERSION} 版的索引，请运行 rebuild_search")
        if self._opened is None or self._opened[0] != folder.name:
            self._opened, self._seen = (folder.name, tantivy.Index.open(str(folder))), ()
        stat = (folder / "meta.json").stat()
        if self._seen != (stat.st_mtime_ns, stat.st_ino):
            self._opened[1].reload()
            self._seen = (stat.st_mtime_ns, stat.st_ino)
        return self._opened[1]

    def _current(self) -> Path | None:
        name = self._pointer()
        folder = self.directory / name
        return folder if name.startswith(f"{VERSION}-") and folder.is_dir() else None

    def _pointer(self) -> str:
        """Name of the folder in use, of whatever version; empty before the first."""
        try:
            return (self.directory / "current").read_text()
        except FileNotFoundError:
            return ""


def _to_tantivy(document: SearchDocument) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("text", " ".join(document.tokens()))
    for name in ("key", "owner", "digest", "law", *FACETS):
        if value := getattr(document, name):
            row.add_text(name, value)
    for key in document.exact:
        row.add_text("exact", key)
    for name in ("since", "until", "dated"):
        row.add_integer(name, day_number(getattr(document, name)))
    row.add_integer("fold", fold_number(document.fold))
    # tantivy multiplies a score by log2(2 + field): stored so that the factor is the weight itself
    row.add_float("weight", 2**document.weight - 2)
    row.add_text("shown", document.json)
    return row


def _shown(row: tantivy.Document) -> SearchDocument:
    return SearchDocument.from_json(json.loads(row["shown"][0]))
