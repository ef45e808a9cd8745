"""The candidate's way through the pages: waiting room, start, paper, saving, taking over, hand-in."""

import datetime as dt
import gzip
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from exams.models import Exam, Incident, Sitting
from exams.sittings.leases import Lease, signed
from tests.factories.exams import judge, single
from tests.factories.sittings import built, candidate, one_of_each, sat_by, shown_letter
from tests.paths import ROOT

State = Sitting.State


@pytest.fixture
def chen(member):
    return member("chen")


@pytest.fixture
def browser(chen):
    """`browser()` is another browser in which she has signed in."""

    def make():
        client = Client(REMOTE_ADDR="10.1.2.3")
        client.force_login(chen)
        return client

    return make


def state_of(page):
    """What the script of the page starts from."""
    return json.loads(re.search(r'<script id="sitting-state"[^>]*>(.*?)</script>', page.content.decode(), re.S)[1])


def post(client, sitting, what, slip, **sent):
    return client.post(
        f"/exams/sittings/{sitting.pk}/{what}/", json.dumps(sent), "application/json", headers={"X-Sitting": slip}
    )


def opened(browser, exam):
    """She presses start; the paper."""
    response = browser.post(f"/exams/{exam.pk}/start/")
    assert response.status_code == 200
    assert f'data-page="/exams/sittings/{Sitting.objects.get().pk}/"' in response.content.decode()
    return response


def test_from_the_waiting_room_to_the_result(chen, browser):
    exam, client = built(*one_of_each(), users=(chen,)), browser()
    room = client.get(f"/exams/{exam.pk}/").content.decode()
    assert "开始作答" in room
    assert "8 题" in room
    page = opened(client, exam)
    state, sitting = state_of(page), Sitting.objects.get()
    assert (state["lease"], state["items"]) == (1, [])
    assert 3590 < state["remaining"] <= 3600
    answer = post(client, sitting, "save", state["slip"], items=[{"no": 3, "seq": 1, "answer": "F", "flagged": True}])
    assert answer.json()["seqs"] == {"3": 1}
    again = state_of(client.get(f"/exams/sittings/{sitting.pk}/"))
    assert again["items"] == [{"no": 3, "seq": 1, "answer": "F", "flagged": True}]
    assert again["lease"] == 1
    for _ in range(2):
        handed_in = post(client, sitting, "hand-in", state["slip"], items=[])
        assert handed_in.status_code == 200
        assert handed_in.json()["state"] == "handed_in"
        assert handed_in.json()["done"] == f"/exams/sittings/{sitting.pk}/done/"
    done = client.get(f"/exams/sittings/{sitting.pk}/", follow=True)
    assert done.redirect_chain == [(f"/exams/sittings/{sitting.pk}/done/", 302)]
    assert "1 / 8 题" in done.content.decode()


def test_answers_come_back_at_the_place_where_they_were_ticked(chen, browser):
    """peers 9"""
    client = browser()
    opened(client, built(single(), users=(chen,)))
    sitting = Sitting.objects.get()
    post(client, sitting, "save", signed(Lease(sitting.pk, 1, chen.pk)), items=[{"no": 1, "seq": 1, "answer": "B"}])
    assert shown_letter(sitting.items.get(), sitting.items.get().answer) == "B"
    assert state_of(client.get(f"/exams/sittings/{sitting.pk}/"))["items"][0]["answer"] == "B"


def test_another_browser_is_asked_first_and_then_writes(chen, browser):
    first, second = browser(), browser()
    page = opened(first, built(judge(), users=(chen,)))
    sitting, url = Sitting.objects.get(), f"/exams/sittings/{Sitting.objects.get().pk}/"
    elsewhere = second.get(url).content.decode()
    assert "另一处正在作答" in elsewhere
    assert "sitting-state" not in elsewhere
    assert "罚款可以当场收缴" not in elsewhere
    taken = state_of(second.post(f"{url}take/", follow=True))
    assert taken["lease"] == 2
    refused = post(first, sitting, "save", state_of(page)["slip"], items=[{"no": 1, "seq": 1, "answer": "T"}])
    assert refused.status_code == 409
    assert refused.json()["refusal"] == "这份答卷正在另一处作答，本页不再接受修改。"
    assert post(second, sitting, "save", taken["slip"], items=[{"no": 1, "seq": 1, "answer": "T"}]).status_code == 200
    assert "另一处正在作答" in first.get(url).content.decode()


def test_a_reload_in_the_same_browser_goes_on_without_asking(chen, browser):
    client = browser()
    first = state_of(opened(client, built(judge(), users=(chen,))))
    assert state_of(client.get(f"/exams/sittings/{first['sitting']}/"))["lease"] == 1
    assert list(Incident.objects.values_list("kind", flat=True)) == ["started"]


@pytest.mark.parametrize("slip", ["", "x", "other"])
def test_without_its_own_slip_nothing_is_saved(chen, browser, slip):
    sitting, _ = sat_by(chen, judge())
    slip = signed(Lease(sitting.pk + 1, 1, chen.pk)) if slip == "other" else slip
    answer = post(browser(), sitting, "save", slip, items=[{"no": 1, "seq": 1, "answer": "T"}])
    assert answer.status_code == 403
    assert sitting.items.get().answer == ""


@pytest.mark.parametrize("body", ["", "[]", "{", '{"items": 3}', '{"items": [{"no": 1}]}'])
def test_what_is_not_understood_is_refused_in_words(chen, browser, body):
    sitting, lease = sat_by(chen, judge())
    url, headers = f"/exams/sittings/{sitting.pk}/save/", {"X-Sitting": signed(lease)}
    answer = browser().post(url, body, "application/json", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["refusal"].startswith("请求无法识别")


def test_saving_needs_neither_session_nor_csrf_token(chen):
    sitting, lease = sat_by(chen, judge())
    stranger = Client(enforce_csrf_checks=True)
    assert post(stranger, sitting, "save", signed(lease), items=[]).json()["total"] == 0
    assert stranger.cookies == {}


def test_nobody_but_the_candidate_opens_a_paper(chen, member, as_member):
    """peers 53, 54"""
    sitting, _ = sat_by(chen, judge())
    addresses = [f"/exams/sittings/{sitting.pk}/{part}" for part in ("", "form/", "form/hand-in/", "done/")]
    for name in ("song", "lin", "gao"):
        assert [as_member(name).get(address).status_code for address in addresses] == [404] * 4
        assert as_member(name).get(f"/exams/{sitting.registration.exam_id}/").status_code == 404
    assert as_member("song").post(f"/exams/sittings/{sitting.pk}/take/").status_code == 404


def test_outside_the_range_the_paper_is_not_shown(chen):
    sitting, lease = sat_by(chen, judge(), ip_ranges="10.1.2.0/24")
    client = Client(REMOTE_ADDR="10.9.9.9")
    client.force_login(chen)
    client.cookies[f"sitting-{sitting.pk}"] = signed(lease)
    answer = client.get(f"/exams/sittings/{sitting.pk}/")
    assert answer.status_code == 403
    assert "罚款可以当场收缴" not in answer.content.decode()


def test_a_header_is_believed_only_where_the_site_says_so(chen, settings):
    exam = built(judge(), users=(chen,), ip_ranges="10.1.2.0/24")
    client = Client(REMOTE_ADDR="10.9.9.9", headers={"X-Real-IP": "10.1.2.3"})
    client.force_login(chen)
    assert "指定网段" in client.post(f"/exams/{exam.pk}/start/", follow=True).content.decode()
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    opened(client, exam)


def test_before_it_opens_the_button_waits_for_the_server_s_time(chen, browser):
    """peers 19, 21: a wrong clock neither opens the exam nor keeps somebody out."""
    soon = timezone.now() + dt.timedelta(minutes=10)
    exam, client = built(judge(), users=(chen,), opens_at=soon), browser()
    room = client.get(f"/exams/{exam.pk}/").content.decode()
    assert 590 < float(re.search(r'data-opens-in="([\d.]+)"', room)[1]) <= 600
    assert 'class="waits"' in room
    early = client.post(f"/exams/{exam.pk}/start/", follow=True).content.decode()
    assert "还没有到开放时间" in early
    assert Sitting.objects.get().state == State.PREPARED


@pytest.mark.parametrize("script", ["waiting.js", "sitting.js"])
def test_no_script_of_a_candidate_asks_the_computers_clock(script):
    """peers 19, 21: what somebody sets the clock to changes neither the opening nor the time that is left."""
    text = (ROOT / "exams/static/exams" / script).read_text()
    assert "performance.now()" in text
    assert not re.search(r"\bDate\b|timeOrigin", text)


def test_pressing_start_twice_begins_once(chen, browser):
    """peers 15"""
    exam, client = built(judge(), users=(chen,)), browser()
    opened(client, exam)
    again = client.post(f"/exams/{exam.pk}/start/")
    assert again.headers["Location"] == f"/exams/sittings/{Sitting.objects.get().pk}/"
    assert Sitting.objects.count() == 1
    assert Incident.objects.filter(kind="started").count() == 1


def test_a_sitting_that_is_overdue_is_closed_by_whoever_looks(chen, browser):
    """peers 23: no refresh at 0 s leaves anybody stuck."""
    sitting, _ = sat_by(chen, judge())
    Sitting.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    done = browser().get(f"/exams/sittings/{sitting.pk}/", follow=True).content.decode()
    assert "系统已收卷" in done


def test_the_plain_form_saves_page_by_page_and_hands_in(chen, browser):
    client = browser()
    opened(client, built(*[judge(f"第{n}题目") for n in range(1, 13)], users=(chen,)))
    sitting = Sitting.objects.get()
    url = f"/exams/sittings/{sitting.pk}/form/"
    assert "第12题目" not in client.get(url).content.decode()
    client.post(url, {"q1": "T", "q2": "F", "f2": "1", "go": "2"})
    second = client.post(f"{url}?page=2", {"q12": "T", "go": "hand_in"}, follow=True).content.decode()
    assert "还有 9 题没有作答" in second
    first = client.get(url).content.decode()
    assert re.search(r'name="q2" value="F" checked', first)
    assert re.search(r'name="f2" value="1" checked', first)
    client.post(f"{url}hand-in/")
    sitting.refresh_from_db()
    assert sitting.state == State.HANDED_IN
    assert list(sitting.items.exclude(answer="").values_list("order_no", "answer")) == [(1, "T"), (2, "F"), (12, "T")]


def test_the_plain_form_reads_every_kind(chen, browser):
    client = browser()
    opened(client, built(*one_of_each(), users=(chen,)))
    sitting = Sitting.objects.get()
    sent = {"q1": "A", "q2": ["A", "C"], "q3": "F", "q4": ["五日", ""], "q5": "甲\r\n乙", "q6": ["1", "2"], "go": "1"}
    said = client.post(f"/exams/sittings/{sitting.pk}/form/", sent, follow=True).content.decode()
    assert "已保存" in said
    assert list(sitting.items.values_list("answer", flat=True))[2:6] == ["F", '["五日", ""]', "甲\n乙", "1,2"]
    wrong = client.post(
        f"/exams/sittings/{sitting.pk}/form/", sent | {"q3": "X", "q1": "B"}, follow=True
    ).content.decode()
    assert "第 3 题：请选择“对”或“错”。" in wrong
    assert shown_letter(sitting.items.get(order_no=1), sitting.items.get(order_no=1).answer) == "B"


def test_my_exams_are_grouped_by_what_is_urgent(chen, browser, django_assert_max_num_queries):
    now, hour = timezone.now(), dt.timedelta(hours=1)
    built(judge("甲"), users=(chen,), title="现在的考试")
    built(judge("乙"), users=(chen,), title="将来的考试", opens_at=now + hour, closes_at=now + 2 * hour)
    built(judge("丙"), users=(chen,), title="过去的考试", opens_at=now - 2 * hour, closes_at=now - hour)
    client = browser()
    client.get("/exams/")  # fills what is cached for every page
    with django_assert_max_num_queries(10):
        page = client.get("/exams/").content.decode()
    order = [
        page.index(words)
        for words in ("现在可以参加", "现在的考试", "即将开始", "将来的考试", "已经结束", "过去的考试")
    ]
    assert order == sorted(order)
    assert "未参加" in page


def test_the_home_page_and_the_desk_name_the_next_exam(chen, browser):
    built(judge(), users=(chen,), title="十月模拟考试")
    client = browser()
    assert "十月模拟考试：现在可以参加" in client.get("/me/").content.decode()
    client.post(f"/exams/{Exam.objects.get().pk}/start/")
    assert "十月模拟考试：正在作答" in client.get("/me/").content.decode()


def test_the_start_and_the_page_ask_few_queries(chen, browser, django_assert_max_num_queries):
    """peers 24-28: what hundreds do in one second. A paper of one question and one of forty cost the same."""
    exam, client = built(*[judge(f"第{n}题") for n in range(40)], users=(chen,)), browser()
    sitting = Sitting.objects.get()
    with django_assert_max_num_queries(7):
        assert len(client.post(f"/exams/{exam.pk}/start/").content) > 10_000
    with django_assert_max_num_queries(4):
        assert len(client.get(f"/exams/sittings/{sitting.pk}/").content) > 10_000


def test_the_paper_is_compressed_and_the_same(chen, browser):
    exam, client = built(judge(), users=(chen,)), browser()
    packed = client.post(f"/exams/{exam.pk}/start/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "罚款可以当场收缴" in gzip.decompress(packed.content).decode()


def test_a_candidate_without_a_paper_is_told_so(chen, browser):
    exam = built(judge(), users=(chen,))
    Sitting.objects.all().delete()
    Exam.objects.update(status="planned")
    assert "试卷还没有生成" in browser().get(f"/exams/{exam.pk}/").content.decode()
    assert "没有可以开始的考试次数" in browser().post(f"/exams/{exam.pk}/start/", follow=True).content.decode()


def test_extra_attempts_are_offered_in_the_waiting_room(chen, browser):
    exam = built(judge(), attempts=2)
    candidate(exam, chen)
    Exam.objects.update(status="built")
    client = browser()
    assert "这是第 1 次" in client.get(f"/exams/{exam.pk}/").content.decode()
    Sitting.objects.update(state=State.HANDED_IN)
    assert "这是第 2 次" in client.get(f"/exams/{exam.pk}/").content.decode()
    Sitting.objects.update(state=State.HANDED_IN)
    assert "2 次机会已用完" in client.get(f"/exams/{exam.pk}/").content.decode()
