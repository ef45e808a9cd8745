"""Signing in, being locked out, and the desk."""

import datetime as dt

import pytest

from people.models import Card
from tests.factories.people import OfficerFactory, UserFactory

PASSWORD = "江城-巡查-2026"


@pytest.fixture
def account(db):
    user = UserFactory(username="chen", display_name="陈某")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_right_password_leads_to_the_desk(client, account):
    response = client.post("/login/", {"username": "chen", "password": PASSWORD})
    assert response.status_code == 302
    assert response.url == "/me/"


def test_a_wrong_password_is_told_in_chinese(client, account):
    page = client.post("/login/", {"username": "chen", "password": "不对"}).content.decode()
    assert "请输入一个正确的" in page or "密码" in page


def test_five_failures_lock_the_account(client, account, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        last = client.post("/login/", {"username": "chen", "password": "不对"})
    assert last.status_code == 429
    again = client.post("/login/", {"username": "chen", "password": PASSWORD})
    assert again.status_code == 429


def test_the_desk_asks_strangers_to_sign_in(client, db):
    assert client.get("/me/").status_code == 302


def test_the_desk_shows_the_own_card_only(client, account):
    own, other = OfficerFactory(user=account), OfficerFactory()
    for officer, number in ((own, "E-0001"), (other, "E-0002")):
        Card.objects.create(
            officer=officer, card_no=number, issued_on=dt.date(2024, 1, 1), valid_until=dt.date(2029, 1, 1)
        )
    client.force_login(account)
    page = client.get("/me/").content.decode()
    assert "E-0001" in page
    assert "E-0002" not in page
