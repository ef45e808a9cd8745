"""The projector and the phone: only the code of the moment is shown, and a scan counts at its own moment."""

import datetime as dt

import pytest
from django.utils import timezone

from people.models import Officer
from tests import cast
from tests.factories.people import OfficerFactory
from tests.factories.training import AttendanceFactory, SessionFactory
from training.models import Attendance, TrainingSession, WalkIn
from training.sessions import mine
from training.sessions.codes import EARLIER, SECONDS, code_at


@pytest.fixture
def session(db):
    return SessionFactory(unit=cast.street(), title="行政处罚程序")


@pytest.fixture
def chen(as_member):
    """A client of Chen, who is an officer."""
    client = as_member("chen")
    OfficerFactory(user=cast.member("chen"), unit=cast.street(), name="陈一")
    return client


def code(session, *, ago=0, leaving=False):
    return code_at(session.code_secret, timezone.now() - dt.timedelta(seconds=ago), leaving=leaving)


def sign_address(session, digits=""):
    return f"/training/sign/{session.pk}/" + (f"?c={digits}" if digits else "")


def test_the_screen_shows_the_code_of_the_moment_its_picture_and_who_is_here(session, as_member):
    AttendanceFactory(session=session, signed_in_at=timezone.now())
    page = as_member("gao").get(f"/training/sessions/{session.pk}/screen/")
    assert page.context["code"] in {code(session), code(session, ago=1)}
    assert "<svg" in page.content.decode() and "style=" not in page.content.decode()
    assert page.context["here"] == 1
    assert 0 <= page.context["seconds"] <= SECONDS
    assert "no-store" in page["Cache-Control"]


def test_no_code_of_the_future_is_sent(session, as_member):
    answer = as_member("gao").get(f"/training/sessions/{session.pk}/screen/now/").content.decode()
    now = timezone.now()
    coming = [code_at(session.code_secret, now + dt.timedelta(seconds=SECONDS * n)) for n in range(2, 40)]
    assert not [digits for digits in coming if digits in answer.replace("</span> <span>", "")]
    assert session.code_secret not in answer


def test_a_session_that_is_over_shows_no_code(session, as_member):
    TrainingSession.objects.filter(pk=session.pk).update(status="closed")
    page = as_member("gao").get(f"/training/sessions/{session.pk}/screen/now/")
    assert "code" not in page.context and "已结束" in page.content.decode()


def test_codes_to_sign_out_are_shown_only_where_people_sign_out(session, as_member):
    client = as_member("gao")
    address = f"/training/sessions/{session.pk}/screen/now/?out=1"
    assert not client.get(address).context["leaving"]
    TrainingSession.objects.filter(pk=session.pk).update(needs_sign_out=True)
    page = client.get(address)
    assert page.context["code"] in {code(session, leaving=True), code(session, ago=1, leaving=True)}


def test_a_scan_signs_in_at_once_and_says_so(session, chen):
    page = chen.get(sign_address(session, code(session)), follow=True)
    row = Attendance.objects.get(session=session)
    assert f"已签到 {timezone.localtime(row.signed_in_at):%H:%M}，出勤" in page.content.decode()
    assert row.device and row.address == "127.0.0.1"
    assert "?" not in page.request["QUERY_STRING"] and page.redirect_chain == [(sign_address(session), 302)]


def test_a_scan_before_logging_in_counts_at_its_own_moment(session, client, django_user_model):
    OfficerFactory(user=cast.member("chen"), unit=cast.street())
    scanned = timezone.now()
    answer = client.get(sign_address(session, code(session)))
    assert answer.status_code == 302 and answer["Location"].startswith("/login/?next=/training/sign/")
    # the session's late line passes while the person looks for the password
    TrainingSession.objects.filter(pk=session.pk).update(
        starts_at=scanned - dt.timedelta(minutes=session.late_minutes) + dt.timedelta(seconds=1)
    )
    client.force_login(cast.member("chen"))
    client.get(sign_address(session), follow=True)
    row = Attendance.objects.get(session=session)
    assert row.status == "present" and abs((row.signed_in_at - scanned).total_seconds()) < 2


def test_a_ticket_is_good_for_its_session_only(session, client, chen):
    chen.logout()
    client.get(sign_address(session, code(session)))
    other = SessionFactory(unit=cast.street())
    client.force_login(cast.member("chen"))
    client.get(sign_address(other), follow=True)
    assert not Attendance.objects.exists()


def test_an_old_code_is_refused_in_words_and_locks_nobody_out(session, chen):
    old = code(session, ago=SECONDS * (EARLIER + 2))
    for _ in range(8):
        page = chen.get(sign_address(session, old))
        assert page.status_code == 400 and "码已更换，请看屏幕上的新码" in page.content.decode()
    chen.post("/training/sign/", {"code": code(session)})
    assert Attendance.objects.filter(session=session).count() == 1


def test_guessing_is_slowed_down_by_account_not_by_address(session, chen):
    answers = [chen.post("/training/sign/", {"code": "000000"}).status_code for _ in range(31)]
    assert answers[-1] == 429 and set(answers[:30]) == {400}
    OfficerFactory(user=cast.member("mei"), unit=cast.street())
    chen.force_login(cast.member("mei"))
    assert chen.post("/training/sign/", {"code": code(session)}).status_code == 302


def test_six_digits_alone_find_the_session(session, chen):
    SessionFactory(unit=cast.street())
    digits = code(session)
    page = chen.post("/training/sign/", {"code": f"{digits[:3]} {digits[3:]}"}, follow=True)
    assert "已签到" in page.content.decode()
    assert Attendance.objects.get().session_id == session.pk


def test_six_digits_of_another_session_are_refused_where_one_was_chosen(session, chen):
    other = SessionFactory(unit=cast.street())
    assert chen.post("/training/sign/", {"code": code(session), "session": other.pk}).status_code == 400
    assert not Attendance.objects.exists()


def test_too_early_is_on_time(chen):
    session = SessionFactory(unit=cast.street(), starts_at=timezone.now() + dt.timedelta(hours=1), status="planned")
    page = chen.get(sign_address(session, code(session)), follow=True)
    assert "不必再签" in page.content.decode()
    assert Attendance.objects.get().status == "present"


def test_twice_is_once(session, chen):
    for _ in range(2):
        chen.get(sign_address(session, code(session)))
    assert Attendance.objects.count() == 1


def test_somebody_leaves_by_the_other_code(session, chen):
    TrainingSession.objects.filter(pk=session.pk).update(needs_sign_out=True)
    chen.get(sign_address(session, code(session)))
    page = chen.get(sign_address(session, code(session, leaving=True)), follow=True)
    assert "已签退" in page.content.decode()
    assert Attendance.objects.get().status == "left_early"


def test_a_closed_session_takes_nobody_and_says_so(session, chen):
    TrainingSession.objects.filter(pk=session.pk).update(status="closed")
    page = chen.get(sign_address(session, code(session)), follow=True)
    assert "已结束签到" in page.content.decode() and not Attendance.objects.exists()


def test_an_account_without_an_officer_waits_to_be_merged_once(session, as_member):
    client = as_member("mei")
    assert not Officer.objects.filter(user__username="mei").exists()
    for _ in range(2):
        page = client.get(sign_address(session, code(session)), follow=True)
    assert "已登记，待核对" in page.content.decode()
    assert WalkIn.objects.get().name == "mei"


def test_two_people_with_one_phone_leave_the_same_hint(session, chen):
    chen.get(sign_address(session, code(session)))
    OfficerFactory(user=cast.member("mei"), unit=cast.street())
    chen.force_login(cast.member("mei"))
    chen.get(sign_address(session, code(session)))
    assert len(set(Attendance.objects.values_list("device", flat=True))) == 1


def test_home_and_desk_lead_to_todays_session(session, chen, rf):
    request = rf.get("/")
    request.user = cast.member("chen")
    assert f'href="{sign_address(session)}"' in mine.today_strip(request, None)
    assert f'href="{sign_address(session)}"' in chen.get("/me/").content.decode()
    chen.get(sign_address(session, code(session)))
    assert "已签到" in chen.get("/me/").content.decode()
    assert "出勤" in chen.get("/training/").content.decode()


def test_my_trainings_take_few_queries(session, chen, django_assert_max_num_queries):
    officer = Officer.objects.get(user__username="chen")
    for _ in range(15):
        AttendanceFactory(officer=officer)
        SessionFactory(unit=cast.street(), status="planned", starts_at=timezone.now() + dt.timedelta(days=1))
    with django_assert_max_num_queries(16):
        chen.get("/training/")
