"""Editing cases in the Wagtail admin, in Chinese."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook.models import Case, CasebookIssue
from tests.factories.casebook import CaseFactory, IssueFactory, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(as_member):
    call_command("set_up_roles", verbosity=0)
    return as_member("lin")


def url(model, view: str, *args) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def test_the_list_shows_what_an_editor_decides_by(editor):
    case = CaseFactory(title="某店占道案")
    page = editor.get(url(Case, "list")).content.decode()
    assert case.title in page and case.case_no in page
    assert all(word in page for word in ("编号", "类型", "领域", "审签人", "公开"))


def test_cases_are_found_in_chinese(editor):
    CaseFactory(title="某店占道经营案")
    CaseFactory(title="某工地夜间施工案")
    page = editor.get(url(Case, "list"), {"q": "夜间施工"}).content.decode()
    assert "某工地夜间施工案" in page and "某店占道经营案" not in page


def test_the_form_opens_with_its_four_tabs(editor):
    case = CaseFactory(body=[section("facts", "案情。")])
    page = editor.get(url(Case, "edit", case.pk)).content.decode()
    assert all(tab in page for tab in ("内容", "要素", "依据", "匿名与审签"))


def test_an_empty_form_opens(editor):
    assert editor.get(url(Case, "add")).status_code == 200


def test_the_preview_shows_the_page_of_the_case(editor):
    case = CaseFactory()
    case.save_revision()
    reply = editor.get(
        reverse(Case.snippet_viewset.get_url_name("revisions_view"), args=[case.pk, case.latest_revision_id])
    )
    page = reply.content.decode()
    assert case.title in page and "仅供参照" in page


def test_an_edition_is_edited_with_its_entries(editor):
    issue = IssueFactory()
    assert "篇目" in editor.get(url(CasebookIssue, "edit", issue.pk)).content.decode()


def test_an_officer_does_not_get_in(as_member):
    assert as_member("chen").get(url(Case, "list")).status_code in (302, 403)


def test_the_chooser_lists_cases(editor):
    case = CaseFactory(title="可选的案例")
    chooser = Case.snippet_viewset.chooser_viewset
    assert case.title in editor.get(reverse(chooser.get_url_name("choose"))).json()["html"]
