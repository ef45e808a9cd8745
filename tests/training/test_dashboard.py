"""The tiles of the dashboard: every number is the length of the list behind it and of its Excel file."""

import datetime as dt
import io

import openpyxl
import pytest
from django.utils import timezone

from people.models import Posting, Unit
from people.roles import Role
from tests import cast
from tests.factories.exams import ExamFactory, QuestionFactory, RegistrationFactory
from tests.factories.kb import StreetAssignmentFactory
from tests.factories.people import OfficerFactory, UnitFactory, UserFactory
from tests.factories.results import sat
from tests.factories.training import MentorFactory, PlanFactory, SessionFactory
from training.models import CoachingLog

TODAY = timezone.localdate()
YEAR = f"since={TODAY.year}-01-01&on={TODAY}"


@pytest.fixture
def year(db):
    """Two coachings, a duty plan that is half done and one that is done, items and streets with gaps."""
    street = cast.street()
    for number, where in enumerate((street, UnitFactory(kind=Unit.Kind.STREET))):
        CoachingLog.objects.create(
            mentor=MentorFactory(), street=where, happened_on=TODAY, gist="笔录", client_key=str(number)
        )
    for held, unit in ((1, street), (2, UnitFactory(kind=Unit.Kind.DEPARTMENT))):
        plan = PlanFactory(unit=unit, year_no=TODAY.year, is_duty=True, session_count=2)
        SessionFactory.create_batch(held, plan=plan, unit=unit, starts_at=timezone.now() - dt.timedelta(minutes=1))
    StreetAssignmentFactory(street=street)


def tiles_of(client, query=YEAR) -> dict:
    sections = client.get(f"/figures/?{query}").context["sections"]
    return {tile.label: tile for _, tiles in sections for tile in tiles}


def rows_in(response) -> int:
    return openpyxl.load_workbook(io.BytesIO(response.content)).active.max_row - 1


def test_each_number_is_the_length_of_its_list_and_of_its_file(year, as_member):
    client = as_member("song")
    counted = {label: tile for label, tile in tiles_of(client).items() if "/figures/" in tile.url}
    numbers = {label: tile.number for label, tile in counted.items() if isinstance(tile.number, int)}
    assert numbers["带教"] == 2 and numbers["培训计划"] == 2 and numbers["未完成的责任计划"] == 1
    assert numbers["没有业务指导员的事项"] == numbers["缺少案例的事项"] == 1
    for label, number in numbers.items():
        url = counted[label].url
        page = client.get(url).context
        assert page["page"].paginator.count == number, label
        assert rows_in(client.get(f"{url}&format=xlsx")) == number, label


def test_a_number_is_that_of_its_day(year, as_member):
    yesterday = TODAY - dt.timedelta(days=1)
    before = tiles_of(as_member("song"), f"since={TODAY.year - 1}-01-01&on={yesterday}")
    assert before["带教"].number == 0 and before["场次"].number == 0
    if yesterday.year == TODAY.year:
        assert before["未完成的责任计划"].number == 2
    assert before["带教"].url == ""


def test_a_street_sees_its_own_and_no_gaps_of_others(year, as_member):
    client = as_member("gao")
    tiles = tiles_of(client)
    assert tiles["带教"].number == 1 and tiles["培训计划"].number == 1
    assert "缺少案例的事项" not in tiles
    assert client.get("/figures/lists/no-case/").status_code == 403


def test_a_department_sees_its_plans_sessions_and_items(year, as_member):
    client = as_member("zhou")
    tiles = tiles_of(client)
    assert tiles["未完成的责任计划"].number == 1 and tiles["场次"].number == 1
    assert tiles["没有业务指导员的事项"].number == 0
    assert "学时完成率" not in tiles and "带教" not in tiles
    assert client.get("/figures/coachings/").status_code == 403


def test_a_street_with_a_reviewer_is_no_gap(db, as_member):
    client, other = as_member("song"), UnitFactory(kind=Unit.Kind.STREET)
    before = tiles_of(client)["没有法制审核员的街道"].number
    UserFactory(username="shen", role=Role.LEGAL_REVIEWER, unit=other)
    assert tiles_of(client)["没有法制审核员的街道"].number == before - 1


def test_who_is_behind_is_listed_by_name(db, as_member):
    officer = OfficerFactory(unit=cast.street(), name="陈一", in_enforcement_post=True)
    Posting.keep_up(officer, TODAY)
    client = as_member("song")
    tile = tiles_of(client)["学时未完成"]
    page = client.get(tile.url)
    assert page.context["page"].paginator.count == tile.number and "陈一" in page.content.decode()


def test_the_published_exam_shows_its_candidates(db, as_member, at_desk):
    exam = ExamFactory(status="closed", results_published_at=timezone.now(), paper__pass_marks=1)
    RegistrationFactory(exam=exam, officer=OfficerFactory())
    sat(exam, [QuestionFactory()], ["B"], officer=OfficerFactory(), marked=True)
    client = at_desk("song")
    tiles = tiles_of(client)
    page = client.get(tiles["最近考试考生"].url)
    assert page.context["page"].paginator.count == tiles["最近考试考生"].number == 2
    assert tiles["最近考试及格率"].number == "100.0%"


def test_a_list_that_does_not_exist(as_member):
    assert as_member("song").get("/figures/lists/nothing/").status_code == 404
