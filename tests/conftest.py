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
