"""The engine of this site, by `settings.SEARCH_ENGINE`."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.memory import MemoryEngine
from search.engines.tantivy import TantivyEngine


def get_engine() -> Engine:
    return _made(settings.SEARCH_ENGINE, settings.SEARCH_INDEX_DIR)


@cache
def _made(name: str, directory: Path) -> Engine:
    match name:
        case "memory":
            return MemoryEngine()
        case "tantivy":
            return TantivyEngine(directory)
    raise ValueError(f"SEARCH_ENGINE={name!r}: 可用的检索引擎为 tantivy、memory")
