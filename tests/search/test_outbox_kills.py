"""kill -9 between any two steps on the way of a change into the index loses nothing and doubles nothing."""

import logging
import os
import signal

import pytest

from tests.search import killed
from tests.search.processes import told_by

log = logging.getLogger(__name__)
# On the way of every work: kills that are missing here would mean that nothing was traced.
COMMON = {"outbox.drain call", "outbox.drain return", "locking.file_lock call", "outbox._take_away return"}


def walk(site, work, *, closely):
    """Kills a process at the first step, the next at the second and so on, until one comes to its end."""
    steps: list[str] = []
    while step := kill(site, work, len(steps), closely):
        steps.append(step)
    log.info("%s, killed at %s steps: %s", work, len(steps), "; ".join(steps))
    return steps


def kill(site, work, at, closely):
    """The step at which a process was killed; empty when it had come to its end before."""
    (before, *step), code = told_by(killed.run_until, site, work, at, at, closely)
    (report,), _ = told_by(killed.check, site, before)
    where = f"{work}, killed {at + 1} times, last at {step}: {report}"
    assert report.is_whole, where
    assert report.seen in ("before", "after"), where
    assert code == (-signal.SIGKILL if step else 0), where
    return "".join(step)


def names(steps):
    return {step.rpartition(" ")[0] for step in steps}


def test_a_change_before_and_after_every_function(real_site):
    steps = walk(real_site, "a change", closely=False)
    assert names(steps) >= COMMON | {"outbox.note return", "base.commit return", "tantivy._write return"}


def test_a_rebuild_before_and_after_every_function(real_site):
    steps = walk(real_site, "a rebuild", closely=False)
    assert names(steps) >= COMMON | {"tantivy._write return", "tantivy._point_to return", "tantivy._sweep return"}


# Every scenario at every line takes a thousand processes and a quarter of an hour, so it is walked when asked for:
# KILL_EVERY_LINE=1 make test-servers. Otherwise the two ways that all others share.
EVERY_LINE = bool(os.environ.get("KILL_EVERY_LINE"))

if EVERY_LINE:

    @pytest.mark.servers
    @pytest.mark.parametrize("work", killed.SCENARIOS)
    def test_at_every_line(real_site, search_server, work):
        steps = walk(real_site, work, closely=True)
        assert len(steps) > 2 * len(names(steps))


@pytest.mark.servers
@pytest.mark.parametrize("work", killed.SCENARIOS if EVERY_LINE else ["a change", "a rebuild"])
def test_on_servers_before_and_after_every_function(real_site_on_servers, work):
    steps = walk(real_site_on_servers, work, closely=False)
    assert names(steps) >= COMMON | {"elastic_connection.send call", "elastic_connection.send return"}
