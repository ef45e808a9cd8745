"""纠错: who answered a question may say that it is wrong, and a reviewer says what became of it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from exams.actions.remarks import OPEN_AT_ONCE, report_question, settle_remark
from exams.models import PracticeAnswer, QuestionRemark, Sitting, SittingItem
from tests.factories.exams import QuestionFactory, RegistrationFactory
from tests.factories.people import OfficerFactory


@pytest.fixture
def version(db):
    return QuestionFactory(reviewed=True).current


@pytest.fixture
def practised(version, member):
    row = {"version": version, "question": version.question, "mode": "random", "is_right": False}
    return PracticeAnswer.objects.create(person=member("chen"), answered_at=timezone.now(), **row)


def sitting_of(person, version, state) -> Sitting:
    officer = person.officer if hasattr(person, "officer") else OfficerFactory(user=person)
    sitting = Sitting.objects.create(registration=RegistrationFactory(officer=officer), seed=1, state=state)
    item = {"order_no": 1, "section_no": 1, "question": version.question, "version": version, "rule": "all"}
    SittingItem.objects.create(sitting=sitting, kind="single", full_marks=1, **item)
    return sitting


def test_who_practised_a_question_reports_it_and_the_same_words_twice_are_one_report(practised, version, member):
    remark = report_question(version, " 选项丙也对 ", by=member("chen"))
    assert report_question(version, "选项丙也对", by=member("chen")) == remark
    assert (remark.text, QuestionRemark.objects.count()) == ("选项丙也对", 1)


def test_a_candidate_reports_only_after_the_own_time(version, member):
    sitting = sitting_of(member("chen"), version, Sitting.State.OPEN)
    with pytest.raises(PermissionDenied):
        report_question(version, "有误", by=member("chen"))
    Sitting.objects.filter(pk=sitting.pk).update(state=Sitting.State.CLOSED)
    assert report_question(version, "有误", by=member("chen"))


def test_who_never_saw_a_question_does_not_report_it(version, member):
    """The form would tell that the question exists."""
    for name in ("chen", "mei", "gao"):
        with pytest.raises(PermissionDenied):
            report_question(version, "有误", by=member(name))


def test_nobody_buries_the_reviewers(practised, version, member):
    for n in range(OPEN_AT_ONCE):
        report_question(version, f"第{n}处", by=member("chen"))
    with pytest.raises(ValidationError, match="等待处理"):
        report_question(version, "还有一处", by=member("chen"))


@pytest.mark.parametrize("text", ["", "  ", "长" * 501])
def test_an_empty_or_overlong_report_is_refused(text, practised, version, member):
    with pytest.raises(ValidationError):
        report_question(version, text, by=member("chen"))


def test_a_reviewer_settles_a_report_once(practised, version, member):
    remark = report_question(version, "有误", by=member("chen"))
    with pytest.raises(PermissionDenied):
        settle_remark(remark, "不改", by=member("lin"))
    settle_remark(remark, "已改解析", by=member("wu"))
    assert (remark.outcome, remark.settled_by.username) == ("已改解析", "wu")
    with pytest.raises(ValidationError, match="已经由别人处理"):
        settle_remark(remark, "不改", by=member("song"))


def test_the_form_of_a_reader_leads_back_to_where_the_reader_was(practised, version, as_member):
    client, address = as_member("chen"), f"/questions/{version.pk}/report/"
    assert client.get(address).status_code == 200
    refused = client.post(address, {"text": "长" * 501, "next": "/me/"})
    assert refused.status_code == 422 and "长长长" in refused.content.decode()
    assert client.post(address, {"text": "有误", "next": "/laws/"})["Location"] == "/laws/"
    assert client.post(address, {"text": "另一处", "next": "https://elsewhere.example/"})["Location"] == "/me/"


def test_the_form_tells_nothing_of_the_question(practised, version, as_member):
    html = as_member("chen").get(f"/questions/{version.pk}/report/").content.decode()
    for part in version.content.parts:
        assert part.stem not in html and part.options[0] not in html


def test_the_list_is_settled_on_its_page(practised, version, member, at_desk):
    remark = report_question(version, "选项丙也对", by=member("chen"))
    client = at_desk("wu")
    assert "选项丙也对" in client.get("/admin/questions/remarks/").content.decode()
    assert "选项丙也对" in client.get(f"/admin/questions/{version.question_id}/").content.decode()
    client.post(f"/admin/questions/remarks/{remark.pk}/settle/", {"outcome": "已改"})
    assert "选项丙也对" not in client.get("/admin/questions/remarks/").content.decode()
    assert "已改" in client.get("/admin/questions/remarks/?settled=1").content.decode()
