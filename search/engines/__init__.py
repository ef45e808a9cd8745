"""The engine of this site, by `settings.SEARCH_ENGINE`."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from search.engines.base import Engine
from search.engines.memory import MemoryEngine
from search.engines.tantivy import TantivyEngine
from search.locking import name_of_locks

if TYPE_CHECKING:
    from search.engines.elasticsearch import ElasticsearchEngine


def get_engine() -> Engine:
    return _made(settings.SEARCH_ENGINE, settings.SEARCH_INDEX_DIR)


@cache
def _made(name: str, directory: Path) -> Engine:
    match name:
        case "memory":
            return MemoryEngine()
        case "tantivy":
            return TantivyEngine(directory)
        case "elasticsearch":
            return on_servers(prefix=settings.SEARCH_INDEX_PREFIX, replicas=settings.SEARCH_REPLICAS)
    raise ValueError(f"SEARCH_ENGINE={name!r}：可用的检索引擎为 tantivy、elasticsearch、memory")


def on_servers(*, prefix: str, replicas: int) -> "ElasticsearchEngine":
    """The client takes half a second to import, so only sites that use it do."""
    from search.engines.elastic_connection import Server
    from search.engines.elasticsearch import ElasticsearchEngine

    machine = name_of_locks(settings.SEARCH_INDEX_DIR)
    server = Server(settings.SEARCH_URL, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE, settings.SEARCH_TIMEOUT)
    return ElasticsearchEngine(server, prefix=prefix, replicas=replicas, machine=machine)
