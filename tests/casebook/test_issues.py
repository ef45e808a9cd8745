"""Editions: public cases in the printed order, each with the revision that was printed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casebook import actions
from casebook.models import CasebookIssue, IssueEntry
from tests.factories.casebook import CaseFactory, made_public, public_case, section

pytestmark = pytest.mark.django_db


def test_an_edition_keeps_the_order_and_the_printed_revision(member):
    second, first = public_case(), public_case()
    issue = actions.compile_issue(2026, 3, [first, second], by=member("lin"), title="第三期")
    entries = list(issue.entries.all())
    assert [entry.case for entry in entries] == [first, second]
    assert [entry.printed_revision for entry in entries] == [first.live_revision, second.live_revision]


def test_a_later_change_of_a_case_leaves_the_printed_revision(member):
    case = public_case()
    actions.compile_issue(2026, 3, [case], by=member("lin"))
    printed = case.live_revision_id
    draft = case.get_latest_revision_as_object()
    draft.body = [section("facts", "修订后的案情。")]
    draft.save_revision()
    assert made_public(case).live_revision_id != printed
    assert IssueEntry.objects.get().printed_revision_id == printed


def test_a_published_edition_is_not_compiled_again(member):
    case = public_case()
    actions.compile_issue(2026, 3, [case], by=member("lin"))
    with pytest.raises(ValidationError, match="已经发布"):
        actions.compile_issue(2026, 3, [case, public_case()], by=member("lin"))
    assert CasebookIssue.objects.count() == IssueEntry.objects.count() == 1


def test_what_is_not_public_is_refused_by_name(member):
    draft = CaseFactory()
    with pytest.raises(ValidationError, match=draft.title):
        actions.compile_issue(2026, 3, [draft], by=member("lin"))


def test_an_officer_compiles_nothing(member):
    with pytest.raises(PermissionDenied):
        actions.compile_issue(2026, 3, [], by=member("chen"))


def test_the_contents_list_the_cases_by_section(client, member):
    case = public_case()
    issue = actions.compile_issue(2026, 3, [case], by=member("lin"), preface="本期编者按。")
    page = client.get(issue.get_absolute_url()).content.decode()
    assert issue.get_absolute_url() == "/cases/issues/2026Q3/"
    assert case.title in page and case.domain.name in page and "本期编者按" in page


def test_a_case_taken_down_later_leaves_a_gap_that_says_so(client, member):
    case = public_case()
    issue = actions.compile_issue(2026, 3, [case], by=member("lin"))
    case.unpublish()
    page = client.get(issue.get_absolute_url()).content.decode()
    assert case.title not in page and "第 1 篇已撤下" in page


@pytest.mark.parametrize("code", ["2026Q3", "2026Q9", "x"])
def test_an_edition_that_is_not_published_is_not_found(client, code):
    CasebookIssue.objects.create(year_no=2026, quarter_no=3)
    assert client.get(f"/cases/issues/{code}/").status_code == 404
