"""An index of its own for a benchmark run, thrown away afterwards; the site's index is not touched."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from django.conf import settings

from search.engines.base import Engine, SearchDocument
from search.engines.memory import MemoryEngine
from search.engines.tantivy import TantivyEngine

ENGINES = ("tantivy", "elasticsearch", "memory")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Build:
    """Making the index: analysis in Python and writing together. `megabytes` is None where no folder holds it."""

    documents: int
    seconds: float
    cpu_seconds: float
    per_second: float
    megabytes: float | None


@contextmanager
def scratch_engine(name: str) -> Iterator[tuple[Engine, Path]]:
    """An empty engine by name, and the folder an embedded one writes to."""
    with TemporaryDirectory(prefix="bench-", dir=settings.VAR_DIR) as folder:
        match name:
            case "memory":
                yield MemoryEngine(), Path(folder)
            case "tantivy":
                yield TantivyEngine(Path(folder)), Path(folder)
            case _:
                raise ValueError(f"{name}: 可用的检索引擎为 {'、'.join(ENGINES)}")


def build(engine: Engine, folder: Path, documents: Iterable[SearchDocument]) -> Build:
    """Fills the engine and says what that took."""
    began, worked = perf_counter(), process_time()
    written = engine.rebuild(documents)
    seconds, cpu = perf_counter() - began, process_time() - worked
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE
    return Build(written, round(seconds, 1), round(cpu, 1), round(written / seconds), round(size, 1) or None)
