"""Every search test begins with an empty index and forgets the vocabulary of the test before."""

import os
from uuid import uuid4

import pytest

from search import engines, vocabulary
from search.engines.memory import MemoryEngine
from search.engines.tantivy import TantivyEngine


@pytest.fixture(autouse=True)
def fresh_engine(monkeypatch, tmp_path, settings):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    made = MemoryEngine()
    monkeypatch.setattr(engines, "_made", lambda name, directory: made)
    vocabulary._read.cache_clear()
    return made


@pytest.fixture
def tantivy_engine(monkeypatch, settings):
    """The site on tantivy, in this test's own folder."""
    made = TantivyEngine(settings.SEARCH_INDEX_DIR)
    monkeypatch.setattr(engines, "_made", lambda name, directory: made)
    return made


@pytest.fixture(scope="session")
def search_server():
    """Address of the Elasticsearch that `make test-servers` starts."""
    if url := os.environ.get("SEARCH_TEST_URL"):
        return url
    pytest.skip("needs an Elasticsearch: make test-servers")


def on_test_servers(url):
    """An engine with an index of its own."""
    from search.engines.elastic_connection import Server
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(Server(url, timeout=20), prefix=f"test-{uuid4().hex[:12]}")


def taken_off(engine):
    """Removes all its indices."""
    for name in engine.connection.ask(lambda client: list(client.indices.get_alias(index=f"{engine.alias}*"))):
        engine.connection.ask(lambda client, name=name: client.indices.delete(index=name))


@pytest.fixture
def elasticsearch_engine(search_server):
    """An engine with an index of its own, removed after the test."""
    made = on_test_servers(search_server)
    yield made
    taken_off(made)


@pytest.fixture
def real_site(tmp_path):
    """A database file and a tantivy index, for child processes."""
    from tests.search import killed
    from tests.search.processes import told_by

    made = killed.Site(tmp_path)
    assert told_by(killed.make, made) == ([], 0)
    return made


@pytest.fixture
def real_site_on_servers(tmp_path, search_server):
    """The same with its index on the servers."""
    from tests.search import killed
    from tests.search.processes import told_by

    made = killed.Site(tmp_path, "elasticsearch", search_server, f"test-{uuid4().hex[:12]}")
    assert told_by(killed.make, made) == ([], 0)
    yield made
    told_by(killed.forget, made)
