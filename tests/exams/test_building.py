"""Papers are built before the exam opens, once, whole, and without a key in what the page will show."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from exams.actions.exams import build_exam, register_list, unregister
from exams.actions.sittings import start_sitting
from exams.models import Exam, Paper, Sitting, SittingItem, SittingPaper
from exams.sittings import building
from exams.sittings.building import prepare_attempt
from exams.sittings.writing import paper_html, rewritten
from tests.factories.exams import ExamFactory, PaperFactory, single
from tests.factories.people import OfficerFactory
from tests.factories.sittings import built, candidate, fixed_paper, one_of_each


@pytest.fixture
def exam(db):
    exam = ExamFactory(paper=fixed_paper(*one_of_each()))
    for _ in range(3):
        candidate(exam)
    return exam


def test_every_candidate_gets_a_frozen_paper_with_all_marks(exam):
    assert build_exam(exam, by=None) == 0
    assert exam.status == Exam.Status.BUILT
    for sitting in Sitting.objects.all():
        items = list(sitting.items.all())
        assert [item.kind for item in items] == [
            *("single", "multiple", "judge", "fill", "short", "document", "single", "judge"),
        ]
        assert [item.size for item in items] == [4, 4, 0, 2, 0, 3, 4, 0]
        assert sitting.full_marks == sum(item.full_marks for item in items) == Decimal(14)
        assert sitting.state == Sitting.State.PREPARED


def test_building_again_changes_nothing_and_serves_who_came_later(exam):
    build_exam(exam, by=None)
    before = list(SittingItem.objects.values_list("pk", "option_order").order_by("pk"))
    late = candidate(exam)
    assert build_exam(exam, by=None) == 0
    assert list(SittingItem.objects.values_list("pk", "option_order").order_by("pk"))[: len(before)] == before
    assert late.sittings.count() == 1
    assert Sitting.objects.count() == 4


def test_a_long_list_can_be_built_in_parts(exam):
    assert build_exam(exam, by=None, most=2) == 1
    assert exam.status == Exam.Status.PLANNED
    assert build_exam(exam, by=None, most=2) == 0
    assert exam.status == Exam.Status.BUILT


def test_two_who_build_at_once_build_each_paper_once(exam, monkeypatch):
    """Both have read that nobody has a paper; the unique attempt keeps the second out (peers 15, 29)."""
    source, everybody = building.source_of(exam), list(building.unbuilt(exam))
    save = building._save

    def somebody_is_faster(drafts):
        monkeypatch.setattr(building, "_save", save)
        building.build(building.source_of(exam), everybody[:2])
        return save(drafts)

    monkeypatch.setattr(building, "_save", somebody_is_faster)
    assert building.build(source, everybody) == 1
    assert Sitting.objects.count() == SittingPaper.objects.count() == 3
    assert SittingItem.objects.count() == 24


def test_the_written_page_is_the_one_that_the_items_tell(exam):
    build_exam(exam, by=None)
    sitting = Sitting.objects.first()
    page = paper_html(sitting)
    SittingPaper.objects.all().delete()
    assert paper_html(sitting) == page
    assert rewritten(sitting)


def test_an_unfinished_paper_is_not_built(member):
    exam = ExamFactory(paper=PaperFactory())
    candidate(exam)
    with pytest.raises(ValidationError, match="请先定稿"):
        build_exam(exam, by=member("song"))
    exam.paper.status = Paper.Status.READY
    exam.paper.save()
    with pytest.raises(ValidationError, match="请先生成 A 卷"):
        build_exam(exam, by=member("song"))


def test_only_who_holds_exams_builds(exam, member):
    with pytest.raises(PermissionDenied):
        build_exam(exam, by=member("gao"))


def test_who_is_registered_late_gets_a_paper_at_once(member):
    exam = built(single())
    officer = OfficerFactory(staff_no="S9001")
    register_list(exam, [(1, ["S9001"])], by=member("song"))
    assert Sitting.objects.get(registration__officer=officer).items.count() == 1


def test_attempts_are_counted_by_the_papers_there_are(member):
    """peers 17, 31"""
    chen = member("chen")
    exam = built(single(), users=(chen,), attempts=2)
    registration = exam.registrations.get()
    for number in (1, 2):
        sitting = prepare_attempt(registration)
        assert sitting.attempt_no == number
        assert prepare_attempt(registration) == sitting
        start_sitting(sitting, by=chen, address=None)
        assert prepare_attempt(registration).pk == sitting.pk
        Sitting.objects.filter(pk=sitting.pk).update(state=Sitting.State.HANDED_IN)
    assert prepare_attempt(registration) is None
    registration.extra_attempts = 1
    registration.save()
    assert prepare_attempt(registration).attempt_no == 3


def test_a_voided_attempt_may_be_made_again(member):
    chen = member("chen")
    exam = built(single(), users=(chen,))
    Sitting.objects.update(state=Sitting.State.VOID)
    assert prepare_attempt(exam.registrations.get()).attempt_no == 2


def test_who_has_not_begun_can_be_taken_off_the_list(member):
    exam = built(single(), users=(member("chen"),))
    unregister(exam.registrations.get(), by=member("song"))
    assert not Sitting.objects.exists()


def test_who_has_begun_stays_on_the_list(member):
    exam = built(single(), users=(member("chen"),))
    start_sitting(Sitting.objects.get(), by=member("chen"), address=None)
    with pytest.raises(ValidationError, match="已经开考"):
        unregister(exam.registrations.get(), by=member("song"))
