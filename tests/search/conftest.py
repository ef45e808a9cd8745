"""Every search test begins with an empty index and forgets the vocabulary of the test before."""

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
