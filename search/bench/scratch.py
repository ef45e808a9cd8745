"""An index of its own for a benchmark run, thrown away afterwards; the site's index is not touched."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from search.bench.rods.fts5 import Fts5
from search.bench.rods.postgresql import Postgresql
from search.engines import on_servers
from search.engines.base import EngineQuery, Results, SearchDocument
from search.engines.memory import MemoryEngine
from search.engines.tantivy import TantivyEngine

if TYPE_CHECKING:
    from elastic_transport import ObjectApiResponse

# The engines of the site, then the measuring rods.
ENGINES = ("tantivy", "elasticsearch", "memory", "postgresql", "fts5")
# Where the PostgreSQL stands that may be filled with the benchmark's table.
POSTGRESQL_URL = "BENCH_POSTGRESQL_URL"
MEGABYTE = 1_000_000


class NoServer(Exception):
    """The engine asked for needs a server nobody named; says how to name one."""


class Measured(Protocol):
    """What a benchmark asks of an engine: see `search.engines.base.Engine`."""

    def rebuild(self, documents: Iterable[SearchDocument]) -> int: ...

    def search(self, query: EngineQuery) -> Results: ...


@dataclass(frozen=True)
class Scratch:
    """An engine; `size` tells the bytes its index takes on disk, 0 for none; `filled` that it needs no building."""

    engine: Measured
    size: Callable[[], int]
    filled: bool = False


@dataclass(frozen=True)
class Build:
    """Making the index: analysis in Python and writing together. CPU seconds are those of this process."""

    documents: int
    seconds: float
    cpu_seconds: float
    per_second: float
    megabytes: float


@contextmanager
def scratch_engine(name: str, kept: Path | None = None) -> Iterator[Scratch]:
    """By name, empty; with `kept` a tantivy index in that folder, used as it is when there is one already."""
    if name == "elasticsearch":
        with _on_servers() as scratch:
            yield scratch
    elif name == "postgresql":
        yield _on_postgresql()
    elif name == "memory":
        yield Scratch(MemoryEngine(), lambda: 0)
    elif kept:
        yield Scratch(TantivyEngine(kept), lambda: _size(kept), filled=(kept / "current").exists())
    else:
        with TemporaryDirectory(prefix="bench-", dir=settings.VAR_DIR) as folder:
            yield _in_folder(name, Path(folder))


def build(scratch: Scratch, documents: Iterable[SearchDocument]) -> Build | None:
    """Fills the engine and says what that took; None when it was full before."""
    if scratch.filled:
        return None
    began, worked = perf_counter(), process_time()
    written = scratch.engine.rebuild(documents)
    seconds, cpu = perf_counter() - began, process_time() - worked
    return Build(
        written, round(seconds, 1), round(cpu, 1), round(written / seconds), round(scratch.size() / MEGABYTE, 1)
    )


def _in_folder(name: str, folder: Path) -> Scratch:
    engine = Fts5(folder / "words.sqlite3") if name == "fts5" else TantivyEngine(folder)
    return Scratch(engine, lambda: _size(folder))


def _on_postgresql() -> Scratch:
    url = os.environ.get(POSTGRESQL_URL)
    if not url:
        raise NoServer(f"请用环境变量 {POSTGRESQL_URL} 指明一个可写入的空 PostgreSQL 数据库，或运行 make bench")
    engine = Postgresql(url)
    return Scratch(engine, engine.size)


@contextmanager
def _on_servers() -> Iterator[Scratch]:
    if not settings.SEARCH_URL:
        raise NoServer("请用环境变量 SEARCH_URL 指明 Elasticsearch 的地址，或运行 make bench")
    engine = on_servers(prefix=f"bench-{os.getpid()}", replicas=0)
    connection, alias = engine.connection, engine.alias
    try:
        yield Scratch(engine, lambda: connection.ask(lambda client: _stored(client.indices.stats(index=alias))))
    finally:
        made: list[str] = connection.ask(lambda client: list(client.indices.get(index=f"{alias}*")))
        if made:
            connection.ask(lambda client: client.indices.delete(index=made))


def _stored(stats: "ObjectApiResponse[Any]") -> int:
    return stats["_all"]["primaries"]["store"]["size_in_bytes"]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
