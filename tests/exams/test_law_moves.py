"""A change of law takes questions out of use, whoever or whatever brings it: an import, the calendar, an editor."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from exams.actions.questions import create_question, recheck_questions, review_question
from exams.bank.law_watch import ensure_checked
from exams.models import LawCheck, Question
from people.models import AuditEntry
from tests.factories.exams import single
from tests.factories.kb import DomainFactory

BASIS = "《江城区市容管理办法》第三十三条"
TODAY = timezone.localdate()
AMENDED = """# 江城区市容管理办法

（2026年5月1日公布　自2026年6月1日起施行）

第三十三条　听证期限为七日。

第三十四条　本办法由区政府解释。
"""


@pytest.fixture
def question(law, member):
    question = create_question(single(basis=BASIS), by=member("lin"), domain=DomainFactory())
    review_question(question, by=member("wu"))
    return question


def status_of(question: Question) -> str:
    return Question.objects.get(pk=question.pk).status


def test_an_import_of_the_changed_law_takes_its_questions_out(question, tmp_path):
    (tmp_path / "办法.md").write_text(AMENDED)
    call_command("import_regulations", str(tmp_path), verbosity=0)
    assert status_of(question) == Question.Status.NEEDS_REVIEW


def test_an_import_of_another_law_touches_nothing(question, tmp_path):
    (tmp_path / "别的.md").write_text(AMENDED.replace("市容", "绿化"))
    call_command("import_regulations", str(tmp_path), verbosity=0)
    assert status_of(question) == Question.Status.REVIEWED


def test_a_version_that_begins_in_the_future_counts_from_its_day(question, amend):
    tomorrow = TODAY + dt.timedelta(days=1)
    amend(tomorrow)
    assert ensure_checked() == []
    assert question in Question.objects.drawable()
    assert ensure_checked(tomorrow) == [question]
    assert question not in Question.objects.drawable()


def test_a_day_is_looked_at_once(question, django_assert_num_queries):
    ensure_checked()
    with django_assert_num_queries(3):
        assert ensure_checked() == []
    assert LawCheck.objects.count() == 1


def test_what_an_editor_changes_in_the_timeline_is_seen_on_the_same_day(question, law):
    ensure_checked()
    law.versions.update(effective_to=TODAY)
    assert ensure_checked() == [question]


def test_a_question_on_repealed_law_that_was_approved_as_such_stays(law, member):
    law.versions.update(effective_to=dt.date(2026, 1, 1))
    question = create_question(single(basis=BASIS), by=member("lin"), domain=DomainFactory())
    review_question(question, by=member("wu"))
    assert recheck_questions() == []


def test_the_wording_that_was_checked_is_kept_when_its_text_is_replaced(question, law):
    law.versions.get().provisions.filter(key="33.p1").update(text="听证期限为九日。")
    assert recheck_questions() == [question]
    assert question.newest.basis_rows.get().wording == "第三十三条　听证期限为五日。"


def test_every_provision_that_moved_is_named(law, amend, member):
    both = f"{BASIS}；《江城区市容管理办法》第三十四条"
    question = create_question(single(basis=both), by=member("lin"), domain=DomainFactory())
    review_question(question, by=member("wu"))
    law.versions.update(effective_to=TODAY)
    (moved,) = recheck_questions()
    assert "第三十三条" in moved.review_reason and "第三十四条" in moved.review_reason
    assert AuditEntry.objects.filter(verb="试题转为待复核", target_label=question.code).exists()


def test_the_command_names_what_it_took_out(question, law, capsys):
    law.versions.update(effective_to=TODAY)
    call_command("recheck_questions", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["checked"] == 1
    assert [one["code"] for one in said["moved"]] == [question.code]


def test_a_dry_run_of_an_import_takes_nothing_out(question, tmp_path):
    (tmp_path / "办法.md").write_text(AMENDED)
    call_command("import_regulations", str(tmp_path), dry_run=True, verbosity=0)
    assert status_of(question) == Question.Status.REVIEWED
