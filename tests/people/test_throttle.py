"""So many requests of one address, whichever worker process answers; then a page that says when to try again."""

import datetime as dt
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from people.addresses import client_address, subscriber
from people.models import RequestCount
from people.throttle import Limit, seconds_to_wait, throttled
from tests.paths import ROOT
from tests.people.counting_process import AT, MOST

LIMIT = Limit(per_minute=2, per_hour=5)


def ask(seconds=0, client="10.0.0.1", purpose="look-up"):
    return seconds_to_wait(purpose, client, LIMIT, AT + dt.timedelta(seconds=seconds))


@pytest.mark.django_db
def test_a_minute_of_the_clock_has_its_limit_and_the_next_begins_anew():
    assert [ask(), ask(), ask(10), ask(54), ask(55)] == [0, 0, 45, 1, 0]


@pytest.mark.django_db
def test_addresses_and_purposes_are_counted_apart():
    assert [ask(), ask(), ask(client="10.0.0.2"), ask(purpose="other")] == [0, 0, 0, 0]


@pytest.mark.django_db
def test_an_hour_has_its_limit_and_frees_itself_minute_by_minute():
    assert [ask(s) for s in (0, 1, 60, 61, 120)] == [0, 0, 0, 0, 0]
    assert ask(180) == 60 * 60 - 180 - 5
    assert ask(60 * 60 - 5) == 0


@pytest.mark.django_db
def test_refused_requests_do_not_lengthen_the_wait():
    ask(), ask()
    assert {ask(20) for _ in range(9)} == {35}
    assert RequestCount.objects.get().hits == 2


@pytest.mark.django_db
def test_old_counts_are_swept_and_no_address_is_kept():
    ask(), ask(60 * 60)
    assert RequestCount.objects.count() == 1
    assert "10.0.0.1" not in str(RequestCount.objects.values().get())


def test_worker_processes_share_one_limit(tmp_path):
    """Two real processes ask fifty times in one minute: exactly the limit passes."""
    database = str(tmp_path / "counts.sqlite3")

    def begin(times):
        command = [sys.executable, "-m", "tests.people.counting_process", database, str(times)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    assert begin(0).communicate()[0] == "0\n"
    passed = [int(process.communicate()[0]) for process in [begin(MOST) for _ in range(2)]]
    assert sum(passed) == MOST


@pytest.mark.django_db
def test_only_the_named_methods_count_and_the_answer_says_when_to_try_again(settings):
    view = throttled("look-up", Limit(per_minute=2, per_hour=2))(lambda request: HttpResponse("gut"))
    requests = RequestFactory()
    assert {view(requests.get("/x/")).status_code for _ in range(5)} == {200}
    refused = [view(requests.post("/x/")) for _ in range(5)][-1]
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60 * 60
    assert "操作过于频繁" in refused.content.decode()
    assert "以后再试" in refused.content.decode()


@pytest.mark.parametrize(
    ("given", "client", "counted"),
    [
        ("10.1.2.3", "10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("unix:", None, ""),
    ],
)
def test_an_address_is_read_from_the_connection(given, client, counted):
    request = RequestFactory().get("/", REMOTE_ADDR=given, HTTP_X_FORWARDED_FOR="9.9.9.9")
    assert (client_address(request), subscriber(request)) == (client, counted)


def test_behind_a_proxy_the_named_header_counts_and_of_a_list_what_the_proxy_added(settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="9.9.9.9, 10.1.2.3")
    assert client_address(request) == "10.1.2.3"


@pytest.mark.django_db
def test_a_lock_out_asks_the_same_setting(client, settings):
    """Five failures behind the proxy lock the address that the proxy names, not the proxy's own."""
    settings.AXES_ENABLED, settings.CLIENT_ADDRESS_HEADER = True, "X-Real-IP"
    data = {"username": "chen", "password": "falsch"}
    for _ in range(5):
        last = client.post("/login/", data, headers={"X-Real-IP": "10.0.0.7"})
    assert last.status_code == 429
    assert "登录已暂停" in last.content.decode()
    assert client.post("/login/", data, headers={"X-Real-IP": "10.0.0.8"}).status_code == 200
