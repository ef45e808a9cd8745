"""Readings: assigned to the own mentees, confirmed by the reader, and a change of law before the due day is seen."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.factories.exams import PaperFactory
from tests.factories.kb import RegulationFactory, RegulationVersionFactory
from tests.factories.people import OfficerFactory
from tests.factories.training import MentorFactory, PairingFactory
from training.actions import readings as verbs
from training.models import ReadingEntry, ReadingTemplate, TemplateEntry

TODAY = timezone.localdate()
DUE = TODAY + dt.timedelta(days=14)


@pytest.fixture
def law(db):
    law = RegulationFactory(title="江城区市容管理办法", slug="jcsr")
    RegulationVersionFactory(regulation=law, articles={"33": ["限五日内改正。"], "34": ["罚款。"]})
    return law


@pytest.fixture
def reader(law, member):
    mentor = MentorFactory(officer__user=member("mei"))
    officer = PairingFactory(mentor=mentor, officer__user=member("chen")).officer
    entries = [
        ReadingEntry(order_no=1, kind="provision", regulation=law, key="33"),
        ReadingEntry(order_no=2, kind="quiz", quiz=PaperFactory()),
    ]
    made = verbs.assign_reading(entries, [officer], by=member("mei"), title="到岗阅读", due_on=DUE, needs_note=True)
    return made.readers.get()


def test_a_reading_is_done_when_all_of_it_is(reader, member):
    provision, quiz = reader.assignment.entries.all()
    verbs.confirm_entry(reader, provision, by=member("chen"))
    verbs.record_quiz(reader, quiz, score=Decimal(50), passed=False)
    verbs.record_quiz(reader, quiz, score=Decimal(80), passed=True)
    assert reader.finished_at is None
    verbs.write_note(reader, "先责令改正。", by=member("chen"))
    assert reader.finished_at


def test_a_pass_is_not_lost_to_a_later_try(reader):
    quiz = reader.assignment.entries.get(kind="quiz")
    for score, passed in ((80, True), (40, False)):
        verbs.record_quiz(reader, quiz, score=Decimal(score), passed=passed)
    row = reader.progress.get()
    assert row.quiz_passed and row.quiz_score == 80


def test_a_quiz_is_not_confirmed_by_a_button(reader, member):
    with pytest.raises(ValidationError):
        verbs.confirm_entry(reader, reader.assignment.entries.get(kind="quiz"), by=member("chen"))


def test_nobody_reads_for_somebody_else(reader, member):
    with pytest.raises(PermissionDenied):
        verbs.open_reading(reader, by=member("mei"))
    with pytest.raises(PermissionDenied):
        verbs.confirm_entry(reader, reader.assignment.entries.first(), by=member("mei"))


def test_opening_the_list_opens_its_provisions_once_in_few_queries(reader, member, django_assert_max_num_queries):
    for _ in range(2):
        with django_assert_max_num_queries(6):
            verbs.open_reading(reader, by=member("chen"))
    assert reader.progress.filter(opened_at__isnull=False).count() == 1


def test_a_page_left_open_is_not_time_spent_reading(reader, member):
    verbs.follow_reading(reader, by=member("chen"))
    for seconds, counted in ((20, 20), (1000, 20), (45, 65)):
        reader.seen_at = timezone.now() - dt.timedelta(seconds=seconds)
        assert verbs.follow_reading(reader, by=member("chen")).spent_seconds == counted


def test_a_mentor_assigns_to_own_mentees_only(law, reader, member):
    entries = [ReadingEntry(order_no=1, kind="provision", regulation=law, key="33")]
    with pytest.raises(ValidationError, match="学员"):
        verbs.assign_reading(entries, [OfficerFactory()], by=member("mei"), title="阅读", due_on=DUE)
    verbs.assign_reading(entries, [OfficerFactory()], by=member("lin"), title="阅读", due_on=DUE)
    with pytest.raises(PermissionDenied):
        verbs.assign_reading(entries, [OfficerFactory()], by=member("wu"), title="阅读", due_on=DUE)


@pytest.mark.parametrize("due_on", [TODAY - dt.timedelta(days=1)])
def test_a_reading_is_not_due_in_the_past(law, due_on, member):
    entries = [ReadingEntry(order_no=1, kind="provision", regulation=law, key="33")]
    with pytest.raises(ValidationError, match="截止"):
        verbs.assign_reading(entries, [OfficerFactory()], by=member("lin"), title="阅读", due_on=due_on)


def test_a_template_is_copied_so_that_its_changes_touch_nothing_assigned(law, member):
    template = ReadingTemplate.objects.create(title="新到岗两周包", days=14)
    TemplateEntry.objects.create(template=template, order_no=1, kind="provision", regulation=law, key="33")
    made = verbs.assign_template(template, [OfficerFactory()], by=member("lin"))
    template.entries.all().delete()
    assert made.due_on == DUE and made.entries.get().key == "33"


def test_a_change_of_law_before_the_due_day_is_seen(reader, law):
    assert verbs.changed_entries(reader.assignment, TODAY) == []
    law.versions.update(effective_to=TODAY + dt.timedelta(days=3))
    RegulationVersionFactory(
        regulation=law,
        effective_from=TODAY + dt.timedelta(days=3),
        articles={"33": ["限三日内改正。"], "34": ["罚款。"]},
    )
    assert verbs.changed_entries(reader.assignment, TODAY) == []
    [(entry, now)] = verbs.changed_entries(reader.assignment, DUE)
    assert entry.key == "33" and "三日" in now.text


def test_a_text_that_is_imported_after_the_assignment_is_no_change_of_the_law(member):
    law = RegulationVersionFactory(regulation__title="江城区测试办法", effective_from=TODAY, articles=None).regulation
    entries = [ReadingEntry(order_no=1, kind="provision", regulation=law, key="33")]
    made = verbs.assign_reading(entries, [OfficerFactory()], by=member("lin"), title="阅读", due_on=DUE)
    assert made.entries.get().digest == ""
    law.versions.all().delete()
    RegulationVersionFactory(
        regulation=law, effective_from=TODAY - dt.timedelta(days=30), articles={"33": ["首次违法可以不罚。"]}
    )
    assert verbs.changed_entries(made, DUE) == []
    assert verbs.digests_before(made, made.entries.all())[made.entries.get().pk] != ""
