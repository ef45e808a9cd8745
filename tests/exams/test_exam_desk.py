"""Exams in the admin: planned, filled with candidates, built, watched, closed; a street sees its own people."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from exams.actions.sittings import save_answers
from exams.models import Exam, Registration, Sitting
from exams.sittings import board
from exams.sittings.saving import Change
from people.importing import workbook
from tests import cast
from tests.factories.exams import ExamFactory, judge, single
from tests.factories.people import OfficerFactory
from tests.factories.sittings import built, candidate, fixed_paper, sat_by

State = Sitting.State


@pytest.fixture(autouse=True)
def _roles(db):
    call_command("set_up_roles", verbosity=0)


@pytest.fixture
def song(as_member):
    return as_member("song")


def text(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def planned(paper, **values):
    return {
        "title": "十二月资格考试",
        "purpose": "certification",
        "paper": paper.pk,
        "opens_at": "2026-12-03T09:00",
        "closes_at": "2026-12-03T09:30",
        "attempts": 1,
        "grace_seconds": 30,
        "score_shown": "published",
        "answers_shown": "published",
        "key_shown": "published",
        "ranking_hides_names": "on",
        **values,
    }


def test_from_the_plan_to_the_built_papers(song):
    OfficerFactory(staff_no="S1"), OfficerFactory(staff_no="S2")
    paper = fixed_paper(single(), judge())
    page = song.post("/admin/exams/new/", planned(paper), follow=True)
    exam = Exam.objects.get()
    assert timezone.localtime(exam.opens_at).hour == 9
    assert "考生 0 人" in text(page)
    report = text(song.post(f"/admin/exams/{exam.pk}/candidates/", {"numbers": "S1\nS2\nS3"}))
    assert "已报名 2 人，已在名单 0 人，未报名 1 人" in report
    assert "没有这个人员编号" in report
    done = text(song.post(f"/admin/exams/{exam.pk}/step/", {"step": "build"}, follow=True))
    assert "试卷已全部生成：2 份" in done
    assert "试卷 2 / 2 份" in done
    exam.refresh_from_db()
    assert exam.status == Exam.Status.BUILT


def test_a_faulty_plan_is_shown_with_its_faults(song):
    paper = fixed_paper(single())
    page = text(song.post("/admin/exams/new/", planned(paper, ip_ranges="10.1", closes_at="2026-12-03T08:00")))
    assert "允许的网段第 1 行“10.1”不是网段" in page
    page = text(song.post("/admin/exams/new/", planned(paper, closes_at="2026-12-03T08:00")))
    assert "截止开考时间须晚于开放时间" in page
    assert not Exam.objects.exists()


def test_an_exam_is_changed_and_says_what_cannot_be(song):
    exam = built(single())
    values = planned(exam.paper, title="改名", purpose="mock")
    assert "已保存" in text(song.post(f"/admin/exams/{exam.pk}/edit/", values, follow=True))
    exam.refresh_from_db()
    assert exam.title == "改名"
    refused = text(song.post(f"/admin/exams/{exam.pk}/edit/", values | {"purpose": "contest"}))
    assert "不能再改性质" in refused


def test_a_list_is_checked_before_and_taken_from_a_file(song):
    OfficerFactory(staff_no="S1", name="甲某")
    exam = ExamFactory()
    file = SimpleUploadedFile("名单.xlsx", workbook(["人员编号"], [["S1"]]))
    assert "可以报名" in text(song.post(f"/admin/exams/{exam.pk}/candidates/", {"file": file, "check": "1"}))
    assert not Registration.objects.exists()
    file.seek(0)
    assert "甲某" in text(song.post(f"/admin/exams/{exam.pk}/candidates/", {"file": file}))
    broken = SimpleUploadedFile("名单.xlsx", b"x")
    assert "不是可读的 Excel 文件" in text(song.post(f"/admin/exams/{exam.pk}/candidates/", {"file": broken}))
    assert "请粘贴人员编号" in text(song.post(f"/admin/exams/{exam.pk}/candidates/", {"numbers": " "}))
    registration = Registration.objects.get()
    song.post(f"/admin/exams/candidates/{registration.pk}/remove/")
    assert not Registration.objects.exists()


def test_a_street_lists_and_registers_its_own_people_only(as_member):
    own, other = (
        OfficerFactory(staff_no="S1", name="本街", unit=cast.street()),
        OfficerFactory(staff_no="S2", name="外街"),
    )
    exam = built(judge())
    candidate(exam), Registration.objects.create(exam=exam, officer=other)
    gao = as_member("gao")
    page = text(gao.post(f"/admin/exams/{exam.pk}/candidates/", {"numbers": "S1\nS2"}))
    assert "不是本街道人员" in page
    assert Sitting.objects.filter(registration__officer=own).exists(), "who comes late gets a paper at once"
    listed = text(gao.get(f"/admin/exams/{exam.pk}/board/"))
    assert "本街" in listed
    assert "外街" not in listed
    foreign = Sitting.objects.get(registration__officer=other)
    assert gao.get(f"/admin/exams/sittings/{foreign.pk}/").status_code == 404


def test_the_board_says_who_is_absent_writing_silent_or_done(song, member):
    sitting, lease = sat_by(member("chen"), judge("甲"), judge("乙"))
    exam = sitting.registration.exam
    save_answers(lease, [Change(1, 1, "T")])
    candidate(exam)
    page = text(song.get(f"/admin/exams/{exam.pk}/board/?fragment=1"))
    assert "未开考 1" in page
    assert "作答中 1" in page
    assert "1 / 2" in page
    assert "失去连接 0" in page
    Sitting.objects.filter(pk=sitting.pk).update(seen_at=timezone.now() - dt.timedelta(minutes=3))
    silent = text(song.get(f"/admin/exams/{exam.pk}/board/?state=silent"))
    assert "180 秒前 失去连接" in silent
    assert "chen" in silent
    for chosen in board.FILTERS:
        assert song.get(f"/admin/exams/{exam.pk}/board/?state={chosen}").status_code == 200


def test_the_board_of_many_asks_as_few_queries_as_that_of_one(song, member, django_assert_num_queries):
    """peers 27, 28"""
    exam = built(judge(), users=(member("chen"),))

    def renew():
        return song.get(f"/admin/exams/{exam.pk}/board/?fragment=1")

    renew()
    with django_assert_num_queries(16):
        renew()
    for _ in range(5):
        candidate(exam)
    with django_assert_num_queries(16):
        renew()


def test_everybody_in_the_room_gets_more_time(song, member):
    sitting, _ = sat_by(member("chen"), judge())
    exam, before = sitting.registration.exam, sitting.ends_at
    sent = {"step": "extend", "minutes": 10, "reason": "停电", "back": "board"}
    assert "已为正在作答的 1 人延长 10 分钟" in text(song.post(f"/admin/exams/{exam.pk}/step/", sent, follow=True))
    sitting.refresh_from_db()
    assert sitting.ends_at - before == dt.timedelta(minutes=10)
    assert "请填写" in text(song.post(f"/admin/exams/{exam.pk}/step/", {"step": "extend"}, follow=True))


def test_one_sitting_is_extended_collected_and_voided(song, member):
    sitting, _ = sat_by(member("chen"), judge())
    url = f"/admin/exams/sittings/{sitting.pk}/"
    granted = text(song.post(url, {"step": "grant", "minutes": 5, "attempts": 1, "reason": "设备故障"}, follow=True))
    assert "延长 5 分钟，增加 1 次：设备故障" in granted
    assert "延长时间" in granted
    assert "请写明" in text(song.post(url, {"step": "void", "reason": ""}))
    song.post(url, {"step": "collect", "reason": "提前离场"})
    sitting.refresh_from_db()
    assert sitting.state == State.CLOSED
    assert "答卷已作废" in text(song.post(url, {"step": "void", "reason": "替考"}, follow=True))


def test_an_exam_is_closed_when_nobody_writes(song, member):
    sitting, _ = sat_by(member("chen"), judge())
    url = f"/admin/exams/{sitting.registration.exam_id}/step/"
    assert "还有 1 人正在作答" in text(song.post(url, {"step": "close"}, follow=True))
    Sitting.objects.update(state=State.HANDED_IN)
    assert "考试已结束" in text(song.post(url, {"step": "close"}, follow=True))


def test_nobody_else_changes_an_exam(as_member, member):
    sitting, _ = sat_by(member("chen"), judge())
    for name in ("wu", "gao"):
        client = as_member(name)
        exam = f"/admin/exams/{sitting.registration.exam_id}/step/"
        client.post(exam, {"step": "extend", "minutes": 5, "reason": "x"})
        client.post(f"/admin/exams/sittings/{sitting.pk}/", {"step": "void", "reason": "x"})
        client.post(f"/admin/exams/candidates/{sitting.registration_id}/remove/")
    before = (sitting.state, sitting.due_at)
    sitting.refresh_from_db()
    assert (sitting.state, sitting.due_at) == before
