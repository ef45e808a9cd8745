"""The measuring rods find what the site's engines find, on a few articles of our own."""

import os

import psycopg
import pytest
from django.core.management import CommandError, call_command

from search.bench.rods import repeated
from search.bench.rods.fts5 import Fts5
from search.bench.rods.postgresql import Postgresql, vector
from search.bench.scratch import NoServer, scratch_engine
from search.chinese import tokens
from search.engines.base import EngineQuery, SearchDocument
from search.engines.memory import MemoryEngine

TEXTS = {
    "a": "摊贩不得占用人行道，违者责令改正。",
    "b": "犬只应当束绳；犬粪由携带人清除。",
    "c": "施工单位应当遮盖渣土，冲洗车轮。",
    "d": "《试验甲法》第三条所称摊贩，不含'固定'店铺。",
}


def documents():
    return [SearchDocument(key, "article", f"试验 {key}", "/", body=text) for key, text in TEXTS.items()]


def asking(text, **more):
    return EngineQuery({token: 1.0 for token in tokens(text)}, **more)


def keys(engine, query):
    return [hit.document.key for hit in engine.search(query).hits]


@pytest.fixture
def postgresql():
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("needs a PostgreSQL: make test-servers")
    yield Postgresql(url)
    with psycopg.connect(url, autocommit=True) as base:
        base.execute("DROP TABLE IF EXISTS bench_words")


@pytest.fixture(params=["fts5", "postgresql"])
def rod(request, tmp_path):
    return Fts5(tmp_path / "words.sqlite3") if request.param == "fts5" else request.getfixturevalue("postgresql")


def test_a_rod_finds_the_same_documents_as_the_site(rod):
    memory = MemoryEngine()
    assert rod.rebuild(documents()) == memory.rebuild(documents()) == 4
    for text in ("摊贩占用人行道", "犬只", "渣土 车轮", "试验甲法第三条", "固定店铺"):
        assert keys(rod, asking(text))[0] == keys(memory, asking(text))[0], text
    assert keys(rod, asking("没有的词语")) == []


def test_a_rod_gives_whole_documents_by_pages_with_their_weight(rod):
    heavy = [SearchDocument("e", "article", "试验 e", "/", body="犬只应当束绳；犬粪由携带人清除。", weight=2.0)]
    rod.rebuild([*documents(), *heavy])
    query = asking("犬只束绳")
    assert keys(rod, query) == ["e", "b"]
    assert keys(rod, asking("犬只束绳", limit=1, offset=1)) == ["b"]
    assert rod.search(query).hits[0].document == heavy[0]


def test_a_query_without_terms_finds_nothing(tmp_path):
    rod = Fts5(tmp_path / "words.sqlite3")
    rod.rebuild(documents())
    assert keys(rod, EngineQuery()) == []


def test_fts5_ranks_by_bm25_as_the_memory_engine_does(tmp_path):
    rod, memory = Fts5(tmp_path / "words.sqlite3"), MemoryEngine()
    rod.rebuild(documents())
    memory.rebuild(documents())
    query = asking("摊贩 店铺 应当")
    assert keys(rod, query) == keys(memory, query)


def test_weights_of_terms_are_repetitions():
    assert repeated(EngineQuery({"占道": 2.0, "摊贩": 0.3})) == ["占道", "占道", "摊贩"]


def test_a_vector_quotes_its_words_and_counts_places():
    assert vector(["占道", "d'or", "占道", "a\\b"]) == r"'占道':1 'd''or':2 '占道':3 'a\\b':4"


@pytest.mark.parametrize("name", ["elasticsearch", "postgresql"])
def test_an_engine_without_a_server_says_how_to_name_one(name, settings, monkeypatch):
    settings.SEARCH_URL = ""
    monkeypatch.delenv("BENCH_POSTGRESQL_URL", raising=False)
    with pytest.raises(NoServer, match="make bench"), scratch_engine(name):
        pass


def test_an_unknown_engine_is_refused_with_those_there_are():
    with pytest.raises(CommandError, match="solr.*fts5"):
        call_command("bench_search", "corpus", "questions", "--engine", "tantivy,solr")
