"""Papers and exams of the demo: enough that every report shows something."""

from exams.models import Exam, Paper, Sitting, SittingItem
from exams.results.figures import exam_figures


def test_three_papers_and_an_exam_of_every_purpose_with_published_results():
    assert Paper.objects.filter(status=Paper.Status.READY).count() == 3
    published = Exam.objects.filter(results_published_at__isnull=False)
    assert set(published.values_list("purpose", flat=True)) == set(Exam.Purpose.values)


def test_150_officers_sat_and_not_all_passed():
    exam = Exam.objects.get(purpose=Exam.Purpose.MOCK, results_published_at__isnull=False)
    sat = Sitting.objects.finished().filter(registration__exam=exam)
    assert exam.registrations.count() == 150
    assert 130 <= sat.count() < 150
    assert 0.5 < Sitting.objects.passed().filter(registration__exam=exam).count() / sat.count() < 1


def test_answers_are_plausible_and_every_mark_is_given():
    exam = Exam.objects.get(purpose=Exam.Purpose.MOCK, results_published_at__isnull=False)
    items = SittingItem.objects.filter(sitting__registration__exam=exam, sitting__state__in=Sitting.FINISHED)
    assert not items.filter(marks__isnull=True).exists()
    assert items.filter(answer="").count() < items.count() / 10
    assert 0.3 < exam_figures(exam).paper.cic / 100 < 1


def test_one_exam_is_open_for_trying():
    assert Exam.objects.open_at().count() == 1
