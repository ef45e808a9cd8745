"""大比武: streets by the mean of their scores, ties, too few participants; who is shown, and when."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from exams.actions.contests import set_contest_rule
from exams.models import Exam, Sitting
from exams.practice.contest.ranking import Result, Rule, places, rank
from exams.practice.contest.standings import entrants_of, rule_of, streets_of
from people.models import Unit
from tests.factories.exams import ExamFactory, RegistrationFactory
from tests.factories.people import OfficerFactory, UnitFactory

LOOSE = Rule(fewest=1)


def results(*scores: int | str, seconds: int = 600) -> list[Result]:
    return [Result(Decimal(score), seconds) for score in scores]


def ranked(rule: Rule = LOOSE, **streets) -> list[tuple[str, int | None]]:
    return [(row.key, row.place) for row in rank(streets, {}, rule)]


def test_streets_stand_by_the_mean_of_everybody():
    assert ranked(甲=results(90, 70), 乙=results(85, 85), 丙=results(60)) == [("乙", 1), ("甲", 2), ("丙", 3)]


def test_equal_means_share_a_place_and_the_next_is_left_out():
    rows = ranked(甲=results(90), 乙=results(80, 100), 丙=results(95), 丁=results(70))
    assert rows == [("丙", 1), ("甲", 2), ("乙", 2), ("丁", 4)]


def test_what_reads_the_same_is_a_tie():
    """85.333… and 85.33 are both printed as 85.33."""
    assert ranked(甲=results(85, 85, 86), 乙=results("85.33")) == [("甲", 1), ("乙", 1)]


def test_time_breaks_ties_where_the_rule_says_so():
    streets = {"甲": results(90, seconds=1200), "乙": results(90, seconds=900)}
    assert ranked(**streets) == [("甲", 1), ("乙", 1)]
    assert ranked(Rule(fewest=1, time_breaks_ties=True), **streets) == [("乙", 1), ("甲", 2)]


def test_a_street_with_too_few_participants_has_no_place_and_takes_none():
    assert ranked(Rule(fewest=2), 甲=results(100), 乙=results(60, 60)) == [("乙", 1), ("甲", None)]


def test_the_best_so_many_count_and_as_many_must_have_come():
    rule = Rule(best_of=2, fewest=1)
    rows = rank({"甲": results(90, 80, 10), "乙": results(99), "丙": results(84, 84)}, {}, rule)
    assert [(row.key, row.place, row.value, row.counted) for row in rows] == [
        ("甲", 1, Decimal("85.00"), 2),
        ("丙", 2, Decimal("84.00"), 2),
        ("乙", None, Decimal("99.00"), 1),
    ]


def test_who_did_not_come_counts_with_no_marks_where_the_rule_says_so():
    streets, absent = {"甲": results(90, 90), "乙": results(80, 80)}, {"甲": 1}
    assert [row.key for row in rank(streets, absent, Rule(fewest=1))] == ["甲", "乙"]
    assert [row.key for row in rank(streets, absent, Rule(fewest=1, counts_absent=True))] == ["乙", "甲"]


def test_places_of_nobody():
    assert places({}, LOOSE) == {}
    assert rank({"甲": []}, {"甲": 3}, LOOSE)[0].place is None


# --- from sittings to the page ---

pages = pytest.mark.django_db


@pytest.fixture
def contest(db, member):
    """甲街 90, 80, 70; 乙街 80, 80, 80 (an officer of its office among them); 丙街 100. Chen of 甲街 has 70."""
    exam = ExamFactory(title="秋季大比武", purpose=Exam.Purpose.CONTEST, status=Exam.Status.CLOSED)
    first, second, third = (UnitFactory(name=name, short_name=name) for name in ("甲街", "乙街", "丙街"))
    office = UnitFactory(name="乙街执法办", kind=Unit.Kind.OFFICE, parent=second)
    entered(exam, first, 90, name="赵一")
    entered(exam, first, 80, name="钱二")
    entered(exam, first, 70, name="陈三", user=member("chen"))
    for unit, name in ((second, "孙四"), (second, "李五"), (office, "周六")):
        entered(exam, unit, 80, name=name)
    entered(exam, third, 100, name="吴七")
    RegistrationFactory(exam=exam, officer=OfficerFactory(unit=first, name="郑八"))
    return exam


def entered(exam: Exam, unit: Unit, score: int, *, minutes: int = 30, **officer) -> Sitting:
    registration = RegistrationFactory(exam=exam, officer=OfficerFactory(unit=unit, **officer))
    return sitting(registration, 1, score, minutes)


def sitting(registration, attempt: int, score: int, minutes: int = 30, state=Sitting.State.HANDED_IN) -> Sitting:
    begun = timezone.now() - dt.timedelta(hours=1)
    return Sitting.objects.create(
        registration=registration,
        attempt_no=attempt,
        seed=1,
        state=state,
        started_at=begun,
        finished_at=begun + dt.timedelta(minutes=minutes),
        ends_at=begun + dt.timedelta(minutes=60),
        score=score,
        full_marks=100,
        is_marked=True,
    )


def publish(exam: Exam) -> None:
    Exam.objects.filter(pk=exam.pk).update(results_published_at=timezone.now())


def shown(client, exam: Exam):
    return client.get(f"/contests/{exam.pk}/").content.decode()


@pages
def test_offices_count_for_their_street_and_the_best_attempt_counts(contest):
    registration = contest.registrations.get(officer__name="赵一")
    sitting(registration, 2, 60)
    sitting(registration, 3, 99, state=Sitting.State.VOID)
    rows = streets_of(entrants_of(contest), rule_of(contest))
    assert [(row.key.name, row.place, row.value, row.entered) for row in rows] == [
        ("甲街", 1, Decimal("80.00"), 3),
        ("乙街", 1, Decimal("80.00"), 3),
        ("丙街", None, Decimal("100.00"), 1),
    ]


@pages
def test_the_ranking_is_shown_with_the_results_and_not_before(contest, as_member):
    assert "甲街" not in shown(as_member("chen"), contest)
    assert "仅组织者可见" in shown(as_member("song"), contest)
    publish(contest)
    assert "甲街" in shown(as_member("chen"), contest)


@pages
def test_names_are_hidden_but_for_ones_own_row(contest, as_member):
    publish(contest)
    html = shown(as_member("chen"), contest)
    assert "陈三" in html
    assert "本人" in html
    for name in ("赵一", "钱二", "孙四", "吴七", "郑八"):
        assert name not in html


@pages
def test_names_are_shown_where_the_exam_says_so_and_no_scores_where_it_never_shows_them(contest, as_member):
    Exam.objects.filter(pk=contest.pk).update(ranking_hides_names=False)
    publish(contest)
    client = as_member("lin")
    assert "赵一" in shown(client, contest)
    Exam.objects.filter(pk=contest.pk).update(score_shown=Exam.When.NEVER)
    html = shown(client, contest)
    assert "赵一" not in html
    assert "街道名次" in html


@pages
def test_only_contests_have_a_page(as_member):
    exam = ExamFactory(purpose=Exam.Purpose.CERTIFICATION)
    assert as_member("song").get(f"/contests/{exam.pk}/").status_code == 404


@pages
def test_the_bureau_gets_every_result_by_name(contest, as_member):
    answer = as_member("song").get(f"/contests/{contest.pk}/ranking.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("街道名次", "街道", "街道成绩")
    assert len(rows) == 1 + contest.registrations.count()
    by_name = {row[6]: row for row in rows[1:]}
    assert by_name["郑八"][8] == "缺考"
    assert by_name["吴七"][0] is None
    assert by_name["周六"][1] == "乙街"
    assert as_member("lin").get(f"/contests/{contest.pk}/ranking.xlsx").status_code == 403


@pages
def test_the_rule_is_data_until_the_results_are_published(contest, as_member, member):
    client = as_member("song")
    address = f"/contests/{contest.pk}/rule/"
    client.post(address, {"best_of": 1, "fewest": 1, "time_breaks_ties": "on"})
    assert rule_of(contest) == Rule(best_of=1, fewest=1, time_breaks_ties=True)
    assert "得分最高的 1 名" in shown(client, contest)
    assert "最少参赛人数" in client.post(address, {"best_of": 1, "fewest": 0}, follow=True).content.decode()
    with pytest.raises(PermissionDenied):
        set_contest_rule(contest, {"best_of": 2}, by=member("chen"))
    publish(contest)
    contest.refresh_from_db()
    with pytest.raises(ValidationError, match="已经公布"):
        set_contest_rule(contest, {"best_of": 2}, by=member("song"))


@pages
def test_the_queries_of_a_ranking_do_not_grow(contest, as_member, django_assert_max_num_queries):
    client = as_member("chen")
    publish(contest)
    shown(client, contest)
    with django_assert_max_num_queries(12):
        shown(client, contest)
