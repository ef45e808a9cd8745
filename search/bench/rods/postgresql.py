"""PostgreSQL's full-text search: our tokens as a tsvector under a GIN index, ranked by ts_rank.

ts_rank knows no rarity of terms, which is what its figures show; normalisation 1 divides by 1 + log of the length.
"""

import json
import threading
from collections.abc import Iterable, Iterator

import psycopg

from search.bench.rods import repeated
from search.engines.base import EngineQuery, Hit, Results, SearchDocument

# A tsvector keeps places up to this one, and 255 of them for a word.
LAST_PLACE = 16_383
TABLE = "CREATE TABLE bench_words (weight real, document text, words tsvector)"
INDEX = "CREATE INDEX bench_words_idx ON bench_words USING gin (words)"
COPY = "COPY bench_words (weight, document, words) FROM STDIN"
PAGE = """
    SELECT document, ts_rank(words, asked, 1) * weight AS score FROM bench_words, CAST(%s AS tsquery) AS asked
    WHERE words @@ asked ORDER BY score DESC LIMIT %s OFFSET %s
"""
SIZE = "SELECT pg_total_relation_size('bench_words')"


class Postgresql:
    """One table of a database of its own; every thread reads through a connection of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._local = threading.local()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Fills a table made anew."""
        base, written = self._base(), 0
        base.execute("DROP TABLE IF EXISTS bench_words")
        base.execute(TABLE)
        with base.cursor() as cursor, cursor.copy(COPY) as copy:
            for document in documents:
                copy.write_row((document.weight, document.json, vector(document.tokens())))
                written += 1
        base.execute(INDEX)
        base.execute("VACUUM ANALYZE bench_words")
        return written

    def search(self, query: EngineQuery) -> Results:
        """The hits of the page; their number stands for the total, which is not counted."""
        wanted = " | ".join(map(lexeme, dict.fromkeys(repeated(query))))
        hits = tuple(self._hits(wanted, query)) if wanted else ()
        return Results(hits, len(hits))

    def size(self) -> int:
        """Bytes of table and index."""
        row = self._base().execute(SIZE).fetchone()
        return row[0] if row else 0

    def _hits(self, wanted: str, query: EngineQuery) -> Iterator[Hit]:
        for shown, score in self._base().execute(PAGE, (wanted, query.limit, query.offset)):
            yield Hit(score, SearchDocument.from_json(json.loads(shown)))

    def _base(self) -> psycopg.Connection:
        if not hasattr(self._local, "base"):
            self._local.base = psycopg.connect(self.url, autocommit=True)
        return self._local.base


def vector(tokens: Iterable[str]) -> str:
    """The text form of a tsvector, with the places of each word."""
    return " ".join(f"{lexeme(token)}:{min(place, LAST_PLACE)}" for place, token in enumerate(tokens, 1))


def lexeme(token: str) -> str:
    quoted = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'"
