"""Fixtures shared by all tests."""

import pytest

from tests import cast


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file stay on one worker, so that what a file prepares is prepared once."""
    for item in items:
        if not item.get_closest_marker("xdist_group") and "browser" not in item.path.parts:
            item.add_marker(pytest.mark.xdist_group(item.path.name))
