"""SQLite's own full-text search, given our tokens and its own BM25 (k1 1.2, b 0.75)."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.bench.rods import repeated
from search.engines.base import EngineQuery, Hit, Results, SearchDocument

# Our tokens hold these; everything of Han and Latin letters and digits is a token character anyway.
TABLES = """
    PRAGMA journal_mode = WAL;
    CREATE TABLE shown (id INTEGER PRIMARY KEY, weight REAL, document TEXT);
    CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '#:.-'");
"""
# FTS5's bm25() is the better the smaller.
PAGE = """
    SELECT document, -bm25(words) * weight AS score FROM words JOIN shown ON shown.id = words.rowid
    WHERE words MATCH ? ORDER BY score DESC LIMIT ? OFFSET ?
"""


class Fts5:
    """One database file; every thread reads through a connection of its own."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Fills the empty file, once."""
        with sqlite3.connect(self.file) as base:
            base.executescript(TABLES)
            written = sum(self._write(base, n, document) for n, document in enumerate(documents, 1))
            base.execute("INSERT INTO words (words) VALUES ('optimize')")
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.close()
        return written

    def _write(self, base: sqlite3.Connection, n: int, document: SearchDocument) -> int:
        base.execute("INSERT INTO shown VALUES (?, ?, ?)", (n, document.weight, document.json))
        base.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (n, " ".join(document.tokens())))
        return 1

    def search(self, query: EngineQuery) -> Results:
        """The hits of the page; their number stands for the total, which is not counted."""
        wanted = " OR ".join(f'"{token}"' for token in repeated(query))
        hits = tuple(self._hits(wanted, query)) if wanted else ()
        return Results(hits, len(hits))

    def _hits(self, wanted: str, query: EngineQuery) -> Iterator[Hit]:
        for shown, score in self._base().execute(PAGE, (wanted, query.limit, query.offset)):
            yield Hit(score, SearchDocument.from_json(json.loads(shown)))

    def _base(self) -> sqlite3.Connection:
        if not hasattr(self._local, "base"):
            self._local.base = sqlite3.connect(self.file)
        return self._local.base
