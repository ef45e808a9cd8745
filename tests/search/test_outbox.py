"""Database and index stay together: note in the transaction, drain after it, repair what is left."""

import pytest
from django.db import transaction

from search import outbox
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.locking import file_lock
from search.models import OutboxEntry
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory

TITLE = "对在人行道摆放桌椅的处罚"


def held():
    return dict(get_engine().digests())


def titles():
    return {document.title for document in get_engine()._documents.values()}


def subjects():
    return list(OutboxEntry.objects.values_list("subject", flat=True))


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    """Runs what waits for the commit, as a real transaction would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_change_is_noted_in_its_own_transaction(db):
    item = PowerItemFactory(name=TITLE)
    assert f"item:{item.pk}" in subjects()
    assert not held()


def test_a_rolled_back_change_leaves_no_note(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        PowerItemFactory(name=TITLE)
        raise RuntimeError
    assert not subjects()


def test_the_commit_drains_the_outbox(db, after_commit):
    with after_commit():
        item = PowerItemFactory(name=TITLE)
    assert TITLE in titles()
    assert not subjects()
    with after_commit():
        item.name = "对乱摆桌椅的处罚"
        item.save()
    assert titles() == {"对乱摆桌椅的处罚"}


def test_many_changes_of_a_transaction_drain_once(db, after_commit, monkeypatch):
    drains = []
    drain = outbox.drain
    monkeypatch.setattr(outbox, "drain", lambda: drains.append(drain()))
    with after_commit():
        for _ in range(5):
            PowerItemFactory()
    assert len(drains) == 1
    assert len(held()) == 5


def test_a_deleted_row_leaves_the_index(db, after_commit):
    with after_commit():
        item = PowerItemFactory()
    with after_commit():
        item.delete()
    assert not held()


def test_a_renamed_domain_concerns_its_items(db, after_commit):
    with after_commit():
        item = PowerItemFactory(domain__name="市容")
    with after_commit():
        item.domain.name = "市容环境"
        item.domain.save()
    assert {document.domain for document in get_engine()._documents.values()} == {"市容环境"}


def test_a_version_brings_all_its_articles_with_one_note(db, after_commit):
    with after_commit():
        version = RegulationVersionFactory(
            regulation__title="江城区市容管理办法",
            articles={"1": ["为了市容。"], "2": ["禁止占道经营。", "违者罚款。"]},
        )
    pk = version.regulation_id
    outbox.verify()
    assert set(held()) == {f"regulation:{pk}", f"regulation:{pk}#1", f"regulation:{pk}#2"}
    version.delete()
    outbox.drain()
    assert set(held()) == {f"regulation:{pk}"}


def test_leftovers_of_a_dead_process_are_drained_at_the_next_chance(db, after_commit):
    left_behind = PowerItemFactory()
    with after_commit():
        PowerItemFactory()
    assert f"item:{left_behind.pk}" in held()
    assert not subjects()


def test_draining_again_after_a_crash_between_index_and_outbox_changes_nothing(db):
    item = PowerItemFactory()
    get_engine().replace([f"item:{item.pk}"], outbox.documents_of([f"item:{item.pk}"]))
    before = held()
    outbox.drain()
    assert held() == before
    assert not subjects()


def test_a_dead_engine_neither_stops_the_change_nor_loses_the_note(db, after_commit, monkeypatch):
    def broken(*args):
        raise EngineUnavailable("aus")

    monkeypatch.setattr(get_engine(), "replace", broken)
    with after_commit():
        item = PowerItemFactory()
    assert subjects() == [f"item:{item.pk}"]


def test_what_the_engine_did_not_take_is_tried_again_by_itself(db, monkeypatch, settings):
    plans = []

    class Plan:
        def __init__(self, seconds, work):
            plans.append(work)

        def start(self):
            assert self.daemon

    settings.SEARCH_ENGINE = "elasticsearch"
    monkeypatch.setattr(outbox, "Timer", Plan)
    monkeypatch.setattr(outbox.connection, "close", lambda: None)
    PowerItemFactory()
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "drain", lambda: raising(EngineUnavailable("aus")))
        outbox._drain_quietly()
        outbox._drain_quietly()
        assert len(plans) == 1
        plans.pop()()
        assert len(plans) == 1
    plans.pop()()
    assert not subjects()
    assert len(held()) == 1
    assert not plans


def raising(error):
    raise error


def test_while_another_process_drains_the_note_waits(db, settings):
    PowerItemFactory()
    with file_lock(settings.SEARCH_INDEX_DIR / "outbox.lock", timeout=1):
        assert outbox.drain(wait=0.05) == 0
    assert subjects()


def test_verify_finds_and_mends_what_differs(db):
    kept, changed, forgotten = PowerItemFactory(), PowerItemFactory(), PowerItemFactory()
    outbox.rebuild()
    type(changed).objects.filter(pk=changed.pk).update(name="改了名")
    get_engine().replace([f"item:{forgotten.pk}", "item:999"], [])
    ghost = next(document for document in get_engine()._documents.values() if document.key == f"item:{kept.pk}")
    get_engine().replace((), [type(ghost)(**{**_values(ghost), "key": "item:998"})])
    difference = outbox.verify()
    assert difference.missing == (f"item:{forgotten.pk}",)
    assert difference.outdated == (f"item:{changed.pk}",)
    assert difference.surplus == ("item:998",)
    assert not outbox.verify().owners


def test_verify_may_only_look(db):
    PowerItemFactory()
    outbox.rebuild()
    get_engine().rebuild([])
    assert outbox.verify(repair=False).missing
    assert not held()


def test_a_rebuild_takes_over_what_was_noted_before(db):
    PowerItemFactory()
    assert outbox.rebuild() == 1
    assert not subjects()


def test_staleness_is_told_by_missing_and_surplus_rows(db):
    assert outbox.is_stale() is False
    PowerItemFactory()
    assert outbox.is_stale()
    outbox.rebuild()
    assert not outbox.is_stale()


def test_a_law_known_only_by_name_is_one_document(db):
    regulation = RegulationFactory(title="江城区养犬办法")
    outbox.drain()
    assert set(held()) == {f"regulation:{regulation.pk}"}


def _values(document):
    return {name: getattr(document, name) for name in document.__dataclass_fields__}
