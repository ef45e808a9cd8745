"""Fixtures shared by all tests."""

import os

import pytest
from hypothesis import settings

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


@pytest.fixture(scope="session")
def fonts():
    """The folder of the fonts of printed editions."""
    from tests.printing import fonts_or_skip

    return fonts_or_skip()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file stay on one worker, so that what a file prepares is prepared once."""
    for item in items:
        if not item.get_closest_marker("xdist_group") and "browser" not in item.path.parts:
            item.add_marker(pytest.mark.xdist_group(item.path.name))
