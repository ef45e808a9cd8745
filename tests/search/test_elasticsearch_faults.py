"""The search servers fail: the site says so quickly, answers from the database, and catches up afterwards."""

from copy import copy
from dataclasses import dataclass, field
from time import monotonic, time_ns

import pytest

from search import engines, outbox
from search.engines.base import EngineQuery, EngineUnavailable, SearchDocument
from search.engines.breaker import FAILURES, PAUSE, Breaker
from search.models import OutboxEntry
from tests.factories.kb import PowerItemFactory
from tests.search import gate as gates

pytestmark = pytest.mark.servers

# Long enough for the slowest test machine wherever an answer is expected; short where none will come.
PATIENT, HURRIED = 20.0, 0.6
# What a slow test machine adds to a time limit.
GRACE = 2.0
TITLE = "对占道摆放桌椅的处罚"
DOCUMENTS = [SearchDocument(key=f"item:{n}", kind="item", title=f"占道经营 {n}", url="/") for n in range(5)]
ANY = EngineQuery()


@dataclass
class Clock:
    """Time that passes when the test says so."""

    now: float = field(default_factory=monotonic)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gate(search_server, elasticsearch_engine, clock):
    """The engine's servers behind a gate; the breaker's pauses by the test's clock."""
    from search.engines.elastic_connection import Connection, Server

    direct = elasticsearch_engine.connection
    breaker = Breaker(clock)
    with gates.opened(search_server) as (gate, url):

        def turned(mode: str) -> None:
            timeout = HURRIED if mode == "silent" else PATIENT
            elasticsearch_engine.connection = Connection(Server(url, timeout=timeout), breaker)

        gate.on_turn = turned
        gate.turn("open")
        yield gate
        elasticsearch_engine.connection = direct


@pytest.fixture
def engine(gate, elasticsearch_engine, monkeypatch):
    monkeypatch.setattr(engines, "_made", lambda name, directory: elasticsearch_engine)
    return elasticsearch_engine


def seconds_until_refused(engine):
    started = monotonic()
    with pytest.raises(EngineUnavailable):
        engine.search(ANY)
    return monotonic() - started


def open_the_breaker(engine):
    for _ in range(FAILURES):
        seconds_until_refused(engine)
    assert engine.connection.breaker.is_open


@pytest.mark.parametrize("mode", ["cut", "silent"])
def test_a_server_that_goes_away_is_given_up_within_the_time_limit(engine, gate, mode):
    engine.rebuild(DOCUMENTS)
    gate.turn(mode)
    assert seconds_until_refused(engine) < HURRIED + GRACE


def test_after_some_failures_nobody_waits_for_the_server_any_more(engine, gate):
    engine.rebuild(DOCUMENTS)
    gate.turn("silent")
    open_the_breaker(engine)
    seen = gate.seen
    assert seconds_until_refused(engine) < HURRIED
    assert gate.seen == seen


def test_one_question_tries_whether_the_server_is_back(engine, gate, clock):
    engine.rebuild(DOCUMENTS)
    gate.turn("silent")
    open_the_breaker(engine)
    clock.now += max(PAUSE)
    seen = gate.seen
    seconds_until_refused(engine)
    assert seconds_until_refused(engine) < HURRIED
    assert gate.seen == seen + 1
    gate.turn("open")
    clock.now += max(PAUSE)
    assert engine.search(ANY).total == len(DOCUMENTS)
    assert not engine.connection.breaker.is_open


def test_an_absent_index_is_unavailable_but_no_failure_of_the_server(engine):
    for _ in range(FAILURES + 1):
        seconds_until_refused(engine)
    assert not engine.connection.breaker.is_open


def test_a_passing_disturbance_is_not_noticed(engine, gate, monkeypatch):
    engine.rebuild(DOCUMENTS)
    answer = gate.answer
    disturbances = iter([True])
    monkeypatch.setattr(gate, "answer", lambda *args: None if next(disturbances, False) else answer(*args))
    assert engine.search(ANY).total == len(DOCUMENTS)


def test_a_busy_server_gets_the_documents_again(engine, gate, monkeypatch):
    monkeypatch.setattr("search.engines.elastic_connection.CHUNK", 2)
    gate.busy = 2
    assert engine.rebuild(DOCUMENTS) == len(DOCUMENTS)
    assert engine.search(ANY).total == len(DOCUMENTS)
    assert gate.busy == 0


def test_a_rebuild_that_breaks_off_leaves_the_old_index_in_use(engine):
    engine.rebuild(DOCUMENTS)

    def breaking_off():
        yield DOCUMENTS[0]
        raise RuntimeError("database gone")

    with pytest.raises(RuntimeError):
        engine.rebuild(breaking_off())
    assert engine.search(ANY).total == len(DOCUMENTS)
    assert len(indices(engine)) == 1


def test_a_rebuild_removes_the_old_index_and_what_dead_rebuilds_left(engine):
    engine.rebuild(DOCUMENTS)
    engine._create(f"{engine.alias}-1")
    engine.rebuild(DOCUMENTS[:2])
    assert len(indices(engine)) == 1
    assert engine.search(ANY).total == 2


def test_who_read_the_database_earlier_does_not_overwrite_a_newer_document(engine):
    newer = SearchDocument(key="item:1", kind="item", title="新", url="/")

    def overtaken():
        engine.replace(["item:1"], [newer])
        yield DOCUMENTS[1]

    engine.rebuild([])
    engine.replace(["item:1"], overtaken())
    assert dict(engine.digests()) == {"item:1": newer.digest}


def test_what_is_written_during_a_rebuild_elsewhere_is_seen_and_written_again(engine):
    newer = SearchDocument(key="item:1", kind="item", title="新", url="/")
    engine.rebuild(DOCUMENTS)

    def changed_meanwhile():
        yield from DOCUMENTS
        with pytest.raises(EngineUnavailable, match="正在重建"):
            elsewhere(engine).replace(["item:1"], [newer])
        assert dict(engine.digests())["item:1"] == newer.digest

    engine.rebuild(changed_meanwhile())
    engine.replace(["item:1"], [newer])
    assert dict(engine.digests())["item:1"] == newer.digest
    assert engine.search(ANY).total == len(DOCUMENTS)


def elsewhere(engine):
    """The same index seen from another machine."""
    other = copy(engine)
    other._machine = "other"
    return other


@pytest.mark.parametrize("machine", ["other", "this"])
def test_a_rebuild_that_died_here_or_long_ago_holds_nobody_up(engine, machine):
    born = 1 if machine == "other" else time_ns()
    engine.rebuild(DOCUMENTS)
    (elsewhere(engine) if machine == "other" else engine)._create(f"{engine.alias}-{born}")
    assert engine.replace(["item:1"], []) == 0
    assert engine.search(ANY).total == len(DOCUMENTS) - 1


def test_of_two_rebuilds_at_once_the_one_that_began_later_stays(engine):
    def overtaken():
        yield DOCUMENTS[0]
        engine.rebuild(DOCUMENTS)

    with pytest.raises(EngineUnavailable):
        engine.rebuild(overtaken())
    assert engine.search(ANY).total == len(DOCUMENTS)
    assert len(indices(engine)) == 1


def test_a_rebuild_overtaken_at_the_last_moment_gives_way(engine):
    engine.rebuild(DOCUMENTS)
    earlier = f"{engine.alias}-5"
    engine._create(earlier)
    engine._swap(earlier)
    assert engine.search(ANY).total == len(DOCUMENTS)
    assert len(indices(engine)) == 1


def indices(engine):
    return engine.connection.ask(lambda client: list(client.indices.get_alias(index=f"{engine.alias}-*")))


def test_the_page_answers_from_the_database_and_returns_to_the_engine(engine, gate, clock, client, db):
    item = PowerItemFactory(name=TITLE)
    outbox.rebuild()
    assert not is_reduced(client)
    gate.turn("cut")
    assert is_reduced(client)
    item.name = TITLE + "（二）"
    item.save()
    outbox._drain_quietly()
    assert OutboxEntry.objects.exists()
    gate.turn("open")
    clock.now += max(PAUSE)
    assert not is_reduced(client)
    assert outbox.drain() == 1
    assert not OutboxEntry.objects.exists()
    assert not outbox.verify(repair=False).owners


def is_reduced(client):
    page = client.get("/search/", {"q": "占道桌椅"})
    assert TITLE in page.content.decode().replace("<mark>", "").replace("</mark>", "")
    reduced = page.context["found"].reduced
    assert reduced == ("检索服务暂不可用" in page.content.decode())
    return reduced
