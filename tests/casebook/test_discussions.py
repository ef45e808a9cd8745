"""案例讲评: from an edition or from cases to a page with questions, and a place for trainings and exams."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.safestring import mark_safe

from casebook.models import Case, CasebookIssue, Discussion
from casebook.quarter.actions import Line, arrange, publish_issue
from casebook.teaching.actions import begin_discussion, discuss_issue
from content.panels import register, unregister
from tests.factories.casebook import CaseFactory, IssueFactory, public_case, section

pytestmark = pytest.mark.django_db
QUESTIONS = [section("questions", "1. 谁来举证？\n2. 如何裁量？")]


@pytest.fixture
def discussion(member):
    case = public_case(title="甲案", body=[section("facts", "某店占道。"), *QUESTIONS])
    made = begin_discussion("十一月讲评", [case, public_case(title="乙案")], by=member("lin"))
    Discussion.objects.filter(pk=made.pk).update(is_open=True)
    return made


def test_the_questions_are_those_of_the_case(discussion, client):
    html = client.get(discussion.get_absolute_url()).content.decode()
    assert "谁来举证？" in html and "如何裁量？" in html
    assert html.index("甲案") < html.index("乙案")


def test_questions_of_the_discussion_come_first(discussion, client):
    discussion.discussion_cases.filter(case__title="甲案").update(questions="- 换作是你，先做什么？")
    html = client.get(discussion.get_absolute_url()).content.decode()
    assert "换作是你，先做什么？" in html
    assert "谁来举证？" not in html


def test_a_discussion_not_yet_open_is_for_its_editors(discussion, client, as_member):
    Discussion.objects.update(is_open=False)
    assert client.get(discussion.get_absolute_url()).status_code == 404
    assert as_member("chen").get(discussion.get_absolute_url()).status_code == 404
    assert as_member("lin").get(discussion.get_absolute_url()).status_code == 200


def test_the_list_shows_open_ones(discussion, client):
    assert "十一月讲评" in client.get("/cases/discussions/").content.decode()
    Discussion.objects.update(is_open=False)
    assert "十一月讲评" not in client.get("/cases/discussions/").content.decode()


def test_only_public_cases_are_discussed(member):
    with pytest.raises(ValidationError, match="没有公开"):
        begin_discussion("讲评", [CaseFactory()], by=member("lin"))
    with pytest.raises(ValidationError, match="至少要有一篇"):
        begin_discussion("讲评", [], by=member("lin"))
    with pytest.raises(PermissionDenied):
        begin_discussion("讲评", [public_case()], by=member("chen"))


def test_a_case_taken_down_leaves_the_page(discussion, client):
    Case.objects.filter(title="甲案").update(withdrawn_at="2026-11-01T00:00:00Z")
    html = client.get(discussion.get_absolute_url()).content.decode()
    assert "该案例已撤下" in html
    assert "谁来举证" not in html and "甲案" not in html


def test_an_edition_becomes_a_discussion_in_its_order(member, at_desk):
    issue = IssueFactory(year_no=2026, quarter_no=4, status=CasebookIssue.Status.EDITING)
    first, second = public_case(title="先"), public_case(title="后")
    arrange(issue, [Line(second), Line(first)], by=member("lin"))
    publish_issue(issue, by=member("lin"))
    answer = at_desk("lin").post("/admin/cases/quarters/2026Q4/discussion/")
    made = Discussion.objects.get()
    assert str(made.pk) in answer.url
    assert [row.case.title for row in made.discussion_cases.all()] == ["后", "先"]
    assert discuss_issue(issue, by=member("lin")).slug != made.slug


def test_upper_apps_show_themselves_on_the_page(discussion, client):
    def quiz(request, subject):
        return mark_safe(f"<p>五题小测：{subject.title}</p>")  # noqa: S308

    register("discussion", quiz)
    try:
        assert "五题小测：十一月讲评" in client.get(discussion.get_absolute_url()).content.decode()
    finally:
        unregister("discussion", quiz)


def test_the_page_needs_few_queries(member, client, django_assert_max_num_queries):
    cases = [public_case(body=[section("facts", "某店占道。"), *QUESTIONS]) for _ in range(8)]
    made = begin_discussion("讲评", cases, by=member("lin"))
    Discussion.objects.update(is_open=True)
    client.get(made.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(made.get_absolute_url())
