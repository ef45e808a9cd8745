"""An index of its own for a benchmark run, thrown away afterwards; the site's index is not touched."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from django.conf import settings

from search.engines import on_servers
from search.engines.base import Engine, SearchDocument
from search.engines.memory import MemoryEngine
from search.engines.tantivy import TantivyEngine

if TYPE_CHECKING:
    from elastic_transport import ObjectApiResponse

ENGINES = ("tantivy", "elasticsearch", "memory")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Scratch:
    """An empty engine; `size` tells the bytes its index takes on disk, 0 for none."""

    engine: Engine
    size: Callable[[], int]


@dataclass(frozen=True)
class Build:
    """Making the index: analysis in Python and writing together. CPU seconds are those of this process."""

    documents: int
    seconds: float
    cpu_seconds: float
    per_second: float
    megabytes: float


@contextmanager
def scratch_engine(name: str) -> Iterator[Scratch]:
    """By name; Elasticsearch on the servers of SEARCH_URL, with one copy of the index."""
    if name == "elasticsearch":
        with _on_servers() as scratch:
            yield scratch
    elif name == "tantivy":
        with TemporaryDirectory(prefix="bench-", dir=settings.VAR_DIR) as folder:
            yield Scratch(TantivyEngine(Path(folder)), lambda: _size(Path(folder)))
    else:
        yield Scratch(MemoryEngine(), lambda: 0)


def build(scratch: Scratch, documents: Iterable[SearchDocument]) -> Build:
    """Fills the engine and says what that took."""
    began, worked = perf_counter(), process_time()
    written = scratch.engine.rebuild(documents)
    seconds, cpu = perf_counter() - began, process_time() - worked
    return Build(
        written, round(seconds, 1), round(cpu, 1), round(written / seconds), round(scratch.size() / MEGABYTE, 1)
    )


@contextmanager
def _on_servers() -> Iterator[Scratch]:
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
