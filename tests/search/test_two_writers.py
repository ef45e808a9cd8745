"""Several processes write at once, and rebuild meanwhile: nothing is lost, nothing doubled."""

from dataclasses import replace

import pytest

from tests.search import killed
from tests.search.processes import Child, told_by

TIMES = 6


def whole(site):
    (report,), code = told_by(killed.check, site, {})
    assert report.is_whole, report
    return code == 0


def at_work(*children):
    for said, code in [child.said() for child in children]:
        assert said
        assert code == 0


def test_two_write_one_index_while_a_third_rebuilds_it(real_site):
    writers = [Child(killed.keep_renaming, real_site, place, TIMES) for place in (0, 1)]
    at_work(*writers, Child(killed.keep_rebuilding, real_site, TIMES))
    assert whole(real_site)


@pytest.mark.servers
def test_on_servers_two_machines_write_while_two_rebuild(real_site_on_servers):
    """Machines have no lock in common, so that nobody waits for anybody."""
    one, two, three = (replace(real_site_on_servers, machine=name) for name in ("one", "two", "three"))
    writers = [Child(killed.keep_renaming, machine, place, TIMES) for place, machine in enumerate((one, two))]
    at_work(*writers, Child(killed.keep_rebuilding, two, 3), Child(killed.keep_rebuilding, three, 3))
    assert whole(one)
