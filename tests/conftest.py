"""Fixtures shared by all tests."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, connections
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests import cast

# CI decides about a landing, so it draws the same examples every time; elsewhere they are new on every run.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture
def member(db):
    """`member("song")` is that person of the cast."""
    return cast.member


@pytest.fixture
def as_member(client, db):
    """`as_member("song")` is a client signed in as that person."""

    def sign_in(name: str):
        client.force_login(cast.member(name))
        return client

    return sign_in


@pytest.fixture
def at_desk(as_member):
    """`at_desk("lin")` is a client of that person in the Wagtail admin."""
    call_command("set_up_roles", verbosity=0)
    return as_member


@pytest.fixture(autouse=True)
def whole_again(request):
    """A test with transactions of its own empties every table behind it, those that migrations filled included."""
    yield
    if "transactional_db" in request.fixturenames:
        with request.getfixturevalue("django_db_blocker").unblock():
            _fill_again()


def _fill_again() -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        from tests.prepared import fill

        fill(connection.connection)
    else:
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture
def together(transactional_db, django_db_serialized_rollback, tmp_path, monkeypatch):
    """`together(*works)` runs each in a thread of its own; gives their results.

    A SQLite in memory knows no second connection, so that the threads work on a copy in a file, made at the first call.
    """
    file = tmp_path / "copy.sqlite3"

    def run(*works):
        if connection.vendor == "sqlite" and not file.exists():
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(file)])
            settings = connections.settings["default"]
            monkeypatch.setitem(connections.settings, "default", settings | {"NAME": str(file)})
        with ThreadPoolExecutor(len(works)) as pool:
            return [future.result() for future in [pool.submit(_alone, work) for work in works]]

    return run


def _alone(work):
    """In a thread: a connection that is made for it and closed with it."""
    try:
        return work()
    finally:
        connection.close()


@pytest.fixture(scope="session")
def fonts():
    """The folder of the fonts of printed editions."""
    from tests.printing import fonts_or_skip

    return fonts_or_skip()


# What differs on a server: lengths and types of what is stored, grouping, locking, its own engine. Loading the demo,
# opening every page for every role, and writing at the same time show it; EVERY_TEST=1 runs all that ask a database.
ON_SERVERS = ("tests/demo/", "tests/test_access_matrix.py", "tests/people/", "tests/exams/", "tests/training/")
ON_SERVERS += ("tests/search/", "tests/browser/test_exam", "tests/browser/test_training")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On servers (`make test-servers`) only what may have something new to say there is run."""
    if os.environ.get("DATABASE_URL"):
        others = [item for item in items if not _asks_a_server(item)]
        config.hook.pytest_deselected(items=others)
        left_out = set(others)
        items[:] = [item for item in items if item not in left_out]


def _asks_a_server(item: pytest.Item) -> bool:
    if item.get_closest_marker("servers"):
        return True
    fixtures = {"db", "transactional_db", "site"} & set(getattr(item, "fixturenames", ()))
    stored = bool(item.get_closest_marker("django_db") or fixtures)
    return stored and (item.nodeid.startswith(ON_SERVERS) or bool(os.environ.get("EVERY_TEST")))


class Together(LoadScopeScheduling):
    """Tests of one file stay on one worker, so that what a file prepares is prepared once; so do all that need
    the one site of the browser tests, or the loaded demo.

    xdist's own `loadgroup` does this by marks, but not under pytest 9: it no longer sees them.
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::")[0]
        return next((folder for folder in ("tests/browser/", "tests/demo/") if folder in path), path)


def pytest_xdist_make_scheduler(config: pytest.Config, log) -> Together:
    return Together(config, log)
