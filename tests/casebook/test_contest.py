"""十佳评选 from nomination to the published ranking: every point can be traced, ties are shared."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casebook.models import Case, Contest, Criterion, Judge, Score
from casebook.teaching.contest_pages import score_sheet
from casebook.teaching.due import contests_waiting
from casebook.teaching.judging import close_nominations, missing_sheets, nominate, publish_ranking, score
from tests import cast
from tests.factories.casebook import CaseFactory, public_case
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(member):
    contest = Contest.objects.create(title="2026年度十佳案例", year_no=2026, places=1)
    for name, points in (("事实证据", 40), ("说理", 60)):
        Criterion.objects.create(contest=contest, name=name, max_points=points)
    for name in ("mei", "zhou"):
        Judge.objects.create(contest=contest, person=member(name))
    return contest


@pytest.fixture
def judging(contest, member):
    for title in ("甲案", "乙案"):
        nominate(contest, public_case(title=title), by=member("lin"), reason="说理充分")
    close_nominations(contest, by=member("lin"))
    return contest


def give(contest, title, by, *points):
    nomination = contest.nominations.get(case__title=title)
    criteria = contest.criteria.all()
    score(nomination, {one.pk: Decimal(p) for one, p in zip(criteria, points, strict=False)}, by=by)


def all_scored(contest, member, first="30", second="30"):
    for judge in ("mei", "zhou"):
        give(contest, "甲案", member(judge), first, "50")
        give(contest, "乙案", member(judge), second, "50")


def test_a_street_puts_forward_its_own_cases_only(contest, member):
    own, other = public_case(street=cast.street()), public_case()
    assert nominate(contest, own, by=member("gao")).case == own
    with pytest.raises(PermissionDenied):
        nominate(contest, other, by=member("gao"))


def test_a_case_is_put_forward_once_and_only_when_public(contest, member):
    case = public_case()
    nominate(contest, case, by=member("lin"))
    with pytest.raises(ValidationError, match="已被推荐"):
        nominate(contest, case, by=member("song"))
    with pytest.raises(ValidationError, match="没有公开"):
        nominate(contest, CaseFactory(), by=member("lin"))


def test_scoring_waits_for_judges_and_cases(contest, member):
    with pytest.raises(ValidationError, match="还没有推荐案例"):
        close_nominations(contest, by=member("lin"))
    contest.judges.first().delete()
    with pytest.raises(ValidationError, match="至少要有 2 名评委"):
        close_nominations(contest, by=member("lin"))


def test_nobody_but_a_judge_scores(judging, member):
    with pytest.raises(PermissionDenied):
        give(judging, "甲案", member("song"), "30", "50")


def test_a_judge_does_not_score_the_own_street(contest, member):
    own = public_case(title="本街道案", street=cast.street())
    Judge.objects.create(contest=contest, person=UserFactory())
    nominate(contest, own, by=member("lin"))
    close_nominations(contest, by=member("lin"))
    with pytest.raises(PermissionDenied, match="回避"):
        give(contest, "本街道案", member("mei"), "30", "50")


@pytest.mark.parametrize(
    ("points", "fault"),
    [(["41", "50"], "0 至 40"), (["30.2", "50"], "0.5"), (["-1", "5"], "0 至 40"), (["30"], "没有评分")],
)
def test_a_faulty_sheet_is_refused_whole(judging, member, points, fault):
    with pytest.raises(ValidationError, match=fault):
        give(judging, "甲案", member("mei"), *points)
    assert not Score.objects.exists()


def test_the_ranking_waits_for_every_sheet(judging, member):
    give(judging, "甲案", member("mei"), "30", "50")
    with pytest.raises(ValidationError) as refusal:
        publish_ranking(judging, by=member("lin"))
    assert len(refusal.value.messages) == 3
    assert any("mei 还没有为“乙案”评分" in text for text in refusal.value.messages)


def test_the_ranking_follows_the_points(judging, member):
    all_scored(judging, member, first="30", second="38.5")
    publish_ranking(judging, by=member("lin"))
    found = {one.case.title: (one.place, one.total) for one in judging.nominations.select_related("case")}
    assert found == {"乙案": (1, Decimal("88.500")), "甲案": (2, Decimal("80.000"))}


def test_a_tie_on_the_last_place_takes_both(judging, member, client):
    all_scored(judging, member)
    publish_ranking(judging, by=member("lin"))
    assert {one.place for one in judging.nominations.all()} == {1}
    rows = client.get(f"/cases/contests/{judging.pk}/").context["rows"]
    assert [row["won"] for row in rows] == [True, True]


def test_a_published_ranking_takes_no_more_points(judging, member):
    all_scored(judging, member)
    publish_ranking(judging, by=member("lin"))
    judging.refresh_from_db()
    with pytest.raises(ValidationError, match="不在评分阶段"):
        give(judging, "甲案", member("mei"), "1", "1")


def test_every_point_is_in_the_excel_file(judging, member, as_member):
    all_scored(judging, member)
    publish_ranking(judging, by=member("lin"))
    book = openpyxl.load_workbook(BytesIO(as_member("lin").get(f"/cases/contests/{judging.pk}/scores.xlsx").content))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 2 * 2 * 2
    assert sum(float(row[7]) for row in rows) == sum(float(one.points) for one in Score.objects.all())


def test_before_publication_only_editors_and_judges_see_the_contest(judging, client, as_member):
    address = f"/cases/contests/{judging.pk}/"
    assert client.get(address).status_code == 404
    assert as_member("chen").get(address).status_code == 404
    assert as_member("mei").get(address).status_code == 200
    assert as_member("lin").get(address).status_code == 200


def test_a_case_taken_down_keeps_its_place_without_its_title(judging, member, client):
    all_scored(judging, member, first="40")
    publish_ranking(judging, by=member("lin"))
    Case.objects.filter(title="甲案").update(withdrawn_at="2026-11-01T00:00:00Z")
    html = client.get(f"/cases/contests/{judging.pk}/").content.decode()
    assert "（已撤下）" in html
    assert "甲案" not in html


def test_a_judge_fills_the_sheet_on_the_page(judging, as_member, django_assert_max_num_queries):
    client = as_member("mei")
    address = f"/cases/contests/{judging.pk}/sheets/"
    with django_assert_max_num_queries(20):
        assert "还有 2 篇未评" in client.get(address).content.decode()
    nomination = judging.nominations.get(case__title="甲案")
    facts, reasons = judging.criteria.all()
    sheet = {"nomination": nomination.pk, f"points-{facts.pk}": "35.5", f"points-{reasons.pk}": "abc"}
    assert "“说理”没有评分" in client.post(address, sheet, follow=True).content.decode()
    client.post(address, {**sheet, f"points-{reasons.pk}": "50"})
    assert "还有 1 篇未评" in client.get(address).content.decode()


def test_the_steps_are_taken_in_the_admin(contest, at_desk):
    client = at_desk("lin")
    address = f"/admin/cases/contests/{contest.pk}/"
    case = public_case()
    assert case.title in client.get(address).content.decode()
    client.post(address, {"step": "nominate", "case": case.pk, "reason": "典型"})
    client.post(address, {"step": "close"})
    contest.refresh_from_db()
    assert contest.status == Contest.Status.JUDGING
    html = client.post(address, {"step": "publish"}, follow=True).content.decode()
    assert "还没有为" in html


def test_sheet_and_judges_stand_once_scoring_has_begun(judging):
    with pytest.raises(ValidationError, match="不再改动"):
        judging.full_clean()


def test_published_rankings_are_linked_beside_the_discussions(judging, member, client):
    assert judging.title not in client.get("/cases/discussions/").content.decode()
    all_scored(judging, member)
    publish_ranking(judging, by=member("lin"))
    assert judging.title in client.get("/cases/discussions/").content.decode()


def test_a_case_that_every_judge_must_leave_alone_stops_the_scoring(contest, member):
    nominate(contest, public_case(case_no="2026Q3-88", author=member("zhou"), street=cast.street()), by=member("lin"))
    with pytest.raises(ValidationError, match="2026Q3-88"):
        close_nominations(contest, by=member("lin"))


def test_a_judge_who_stands_back_is_named_in_the_excel_file(contest, member):
    nominate(contest, public_case(title="本街道案", author=member("mei")), by=member("lin"))
    close_nominations(contest, by=member("lin"))
    rows = list(openpyxl.load_workbook(BytesIO(score_sheet(contest))).active.iter_rows(min_row=2, values_only=True))
    assert [(row[4], row[5]) for row in rows] == [("mei", "回避，不评分")]


def test_a_street_and_a_judge_are_told_where_they_look(contest, member, as_member):
    case = public_case(street=cast.street())
    public_case()
    assert [one.count for one in contests_waiting(member("gao"))] == [1]
    assert [one.count for one in contests_waiting(member("lin"))] == [2]
    nominate(contest, case, by=member("gao"))
    assert contests_waiting(member("gao")) == []
    Contest.objects.update(status=Contest.Status.JUDGING)
    assert [one.count for one in contests_waiting(member("lin"))] == [len(missing_sheets(contest))]
    other = public_case(title="他街道案")
    contest.nominations.create(case=other, nominated_by=member("lin"))
    assert "还有 1 篇未评" in as_member("mei").get("/me/").content.decode()
    assert "十佳评分" not in as_member("chen").get("/me/").content.decode()


def test_the_page_of_a_contest_asks_as_often_for_many_cases_as_for_few(contest, member, at_desk):
    client, address = at_desk("lin"), f"/admin/cases/contests/{contest.pk}/"
    nominate(contest, public_case(), by=member("lin"))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(3):
        nominate(contest, public_case(), by=member("lin"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)
