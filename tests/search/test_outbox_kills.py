"""kill -9 between any two steps on the way of a change into the index loses nothing and doubles nothing."""

import logging
import multiprocessing
import signal
from uuid import uuid4

import pytest

from tests.search import killed

log = logging.getLogger(__name__)
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.search.killed"])
# On the way of every work: kills that are missing here would mean that nothing was traced.
COMMON = {"outbox.drain call", "outbox.drain return", "locking.file_lock call", "outbox._take_away return"}


def told_by(work, *args):
    """What a process says before it ends, and how it ends."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=work, args=(*args, theirs))
    process.start()
    theirs.close()
    try:
        said = ours.recv()
    except EOFError:
        said = None
    process.join()
    return said, process.exitcode


def walk(site, work, *, closely):
    """Kills a process at the first step, the next at the second and so on, until one comes to its end."""
    steps, (held, _) = [], told_by(killed.make, site)
    assert held
    while step := kill(site, work, held, steps, closely):
        steps.append(step)
    log.info("%s, killed at %s steps: %s", work, len(steps), "; ".join(steps))
    return steps


def kill(site, work, held, steps, closely):
    """The step at which a process was killed; empty when it had come to its end before."""
    at = len(steps)
    step, code = told_by(killed.run_until, site, work, at, at, closely)
    report, _ = told_by(killed.check, site, dict(held))
    where = f"killed {at + 1} times, last at {step or 'no step'}: {report}"
    assert report.is_whole, where
    assert report.seen in ("before", "after"), where
    assert code == (-signal.SIGKILL if step else 0), where
    held.clear()
    held.update(report.held)
    return step


def names(steps):
    return {step.rpartition(" ")[0] for step in steps}


@pytest.fixture
def site(tmp_path):
    return killed.Site(tmp_path)


@pytest.fixture
def site_on_servers(tmp_path, search_server):
    prefix = f"test-{uuid4().hex[:12]}"
    yield killed.Site(tmp_path, "elasticsearch", search_server, prefix)
    told_by(killed.forget, killed.Site(tmp_path, "elasticsearch", search_server, prefix))


def test_a_change_before_and_after_every_function(site):
    steps = walk(site, "a change", closely=False)
    assert names(steps) >= COMMON | {"outbox.note return", "base.commit return", "tantivy._write return"}


def test_a_rebuild_before_and_after_every_function(site):
    steps = walk(site, "a rebuild", closely=False)
    assert names(steps) >= COMMON | {"tantivy._write return", "tantivy._point_to return", "tantivy._sweep return"}


# Hundreds of processes: where there are servers there is the time for it.


@pytest.mark.servers
@pytest.mark.parametrize("work", killed.SCENARIOS)
def test_at_every_line(site, search_server, work):
    steps = walk(site, work, closely=True)
    assert len(steps) > 2 * len(names(steps))


@pytest.mark.servers
@pytest.mark.parametrize("work", killed.SCENARIOS)
def test_on_servers_before_and_after_every_function(site_on_servers, work):
    steps = walk(site_on_servers, work, closely=False)
    assert names(steps) >= COMMON | {"elastic_connection.send call", "elastic_connection.send return"}
