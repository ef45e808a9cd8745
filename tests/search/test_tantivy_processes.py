"""The index on disk, read and written by several processes and killed in between."""

import multiprocessing
import os
import signal
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from search.chinese import tokens
from search.engines.base import EngineQuery, EngineUnavailable, SearchDocument
from search.engines.tantivy import TantivyEngine

PROCESSES = multiprocessing.get_context("spawn")


def document(key, title="占道经营"):
    return SearchDocument(key=key, kind="item", title=title, url="/", since=date(2020, 1, 1))


def write_many(folder: Path, name: str, times: int) -> None:
    engine = TantivyEngine(folder)
    for number in range(times):
        engine.replace([f"{name}:{number}"], [document(f"{name}:{number}")])


def write_until_killed(folder: Path, ready) -> None:
    engine = TantivyEngine(folder)
    for number in count():
        engine.replace([f"a:{number}"], [document(f"a:{number}")])
        ready.set()


def rebuild(folder: Path) -> None:
    TantivyEngine(folder).rebuild([document("b:1", "重建以后")])


def found(engine, text="占道经营"):
    return {hit.document.key for hit in engine.search(EngineQuery({t: 1.0 for t in tokens(text)}, limit=100)).hits}


def run(target, *args):
    process = PROCESSES.Process(target=target, args=args)
    process.start()
    return process


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def test_without_an_index_the_engine_says_it_cannot_answer(folder):
    with pytest.raises(EngineUnavailable):
        TantivyEngine(folder).search(EngineQuery())


def test_a_broken_index_counts_as_none(folder):
    engine = TantivyEngine(folder)
    engine.rebuild([document("a:1")])
    for path in engine._current().iterdir():
        path.write_bytes(b"")
    with pytest.raises(EngineUnavailable):
        TantivyEngine(folder).search(EngineQuery())


def test_an_index_of_another_version_counts_as_none(folder):
    engine = TantivyEngine(folder)
    engine.rebuild([document("a:1")])
    (folder / "current").write_text("v0-1")
    with pytest.raises(EngineUnavailable):
        engine.search(EngineQuery())


def test_a_reader_sees_commits_and_swaps_of_other_processes(folder):
    reader = TantivyEngine(folder)
    reader.rebuild([document("a:0")])
    assert found(reader) == {"a:0"}
    run(write_many, folder, "a", 2).join()
    assert found(reader) == {"a:0", "a:1"}
    run(rebuild, folder).join()
    assert found(reader, "重建以后") == {"b:1"}
    assert not found(reader)


def test_two_processes_writing_at_once_lose_nothing(folder):
    writers = [run(write_many, folder, name, 15) for name in ("a", "b")]
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    expected = {f"{name}:{number}" for name in ("a", "b") for number in range(15)}
    assert {key for key, _ in TantivyEngine(folder).digests()} == expected


def test_a_killed_writer_leaves_a_whole_index_and_no_lock(folder):
    ready = PROCESSES.Event()
    writer = run(write_until_killed, folder, ready)
    assert ready.wait(30)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    engine = TantivyEngine(folder)
    before = {key for key, _ in engine.digests()}
    engine.replace(["c:1"], [document("c:1")])
    assert {key for key, _ in engine.digests()} == before | {"c:1"}
    assert "a:0" in before


def test_old_indexes_are_swept_away(folder):
    engine = TantivyEngine(folder)
    for _ in range(4):
        engine.rebuild([document("a:1")])
    assert len(list(folder.glob("v*-*"))) == 2
