"""The edition's desk: cases chosen, put in order, published with the text of the day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casebook.models import CasebookIssue
from casebook.quarter.actions import Line, arrange, publish_issue
from tests.factories.casebook import CaseFactory, IssueFactory, public_case

pytestmark = pytest.mark.django_db
DESK = "/admin/cases/quarters/2026Q4/edition/"


@pytest.fixture
def issue():
    return IssueFactory(year_no=2026, quarter_no=4, status=CasebookIssue.Status.EDITING)


def titles(issue):
    return [entry.case.title for entry in issue.entries.all()]


def rows(*cases, **more):
    return {
        "case": [case.pk for case in cases],
        "section": ["" for _ in cases],
        "note": ["" for _ in cases],
        "title": "",
        "preface": "",
        **more,
    }


def test_the_order_sent_is_the_order_kept(issue, at_desk):
    first, second = public_case(title="甲案"), public_case(title="乙案")
    at_desk("lin").post(DESK, rows(second, first, preface="编者按。"))
    issue.refresh_from_db()
    assert titles(issue) == ["乙案", "甲案"]
    assert issue.preface == "编者按。"


def test_a_section_is_the_domain_unless_named(issue, member):
    case, other = public_case(), public_case()
    arrange(issue, [Line(case), Line(other, "疑难案例", "请比较。")], by=member("lin"))
    entries = list(issue.entries.all())
    assert [entry.section for entry in entries] == [case.domain.name, "疑难案例"]
    assert entries[1].editor_note == "请比较。"


@pytest.mark.parametrize(("step", "order"), [("1:up", [1, 0, 2]), ("1:down", [0, 2, 1]), ("0:up", [0, 1, 2])])
def test_buttons_move_a_row_by_one_place(issue, at_desk, step, order):
    cases = [public_case(title=f"案{n}") for n in range(3)]
    number, _, direction = step.partition(":")
    at_desk("lin").post(DESK, rows(*cases, move=f"{cases[int(number)].pk}:{direction}"))
    assert titles(issue) == [f"案{n}" for n in order]


def test_rows_are_dropped_and_added(issue, at_desk):
    kept, dropped, added = public_case(title="留"), public_case(title="去"), public_case(title="来")
    at_desk("lin").post(DESK, rows(kept, dropped, drop=[dropped.pk], add=[added.pk, ""]))
    assert titles(issue) == ["留", "来"]


def test_a_case_stands_once_in_an_edition(issue, at_desk):
    case = public_case()
    answer = at_desk("lin").post(DESK, rows(case, case), follow=True)
    assert "同一案例只能编入一次" in answer.content.decode()
    assert titles(issue) == []


def test_an_unknown_case_is_named(issue, at_desk):
    answer = at_desk("lin").post(DESK, rows(public_case(), add=["99999"]), follow=True)
    assert "没有编号为 99999 的案例" in answer.content.decode()
    assert titles(issue) == []


def test_publishing_keeps_the_revision_of_the_day(issue, member):
    case = public_case()
    arrange(issue, [Line(case)], by=member("lin"))
    publish_issue(issue, by=member("lin"), closed_on=dt.date(2026, 12, 20))
    entry = issue.entries.get()
    assert entry.printed_revision_id == case.live_revision_id
    issue.refresh_from_db()
    assert issue.is_published
    assert issue.closed_on == dt.date(2026, 12, 20)


def test_what_is_not_public_is_named_and_nothing_is_published(issue, member):
    draft = CaseFactory(title="未完成案")
    arrange(issue, [Line(public_case()), Line(draft)], by=member("lin"))
    with pytest.raises(ValidationError, match="未完成案"):
        publish_issue(issue, by=member("lin"))
    issue.refresh_from_db()
    assert not issue.is_published
    assert not issue.entries.exclude(printed_revision=None).exists()


def test_an_empty_edition_is_not_published(issue, member):
    with pytest.raises(ValidationError, match="还没有案例"):
        publish_issue(issue, by=member("lin"))


def test_a_published_edition_is_not_rearranged(issue, member):
    case = public_case()
    arrange(issue, [Line(case)], by=member("lin"))
    publish_issue(issue, by=member("lin"))
    with pytest.raises(ValidationError, match="已经发布"):
        arrange(issue, [], by=member("lin"))
    assert issue.entries.count() == 1


def test_an_officer_arranges_nothing(issue, member):
    with pytest.raises(PermissionDenied):
        arrange(issue, [], by=member("chen"))


def test_the_desk_needs_few_queries(issue, at_desk, member, django_assert_max_num_queries):
    arrange(issue, [Line(public_case()) for _ in range(6)], by=member("lin"))
    client = at_desk("lin")
    client.get(DESK)
    with django_assert_max_num_queries(30):
        html = client.get(DESK).content.decode()
    assert html.count('desk-entry"') == 6
