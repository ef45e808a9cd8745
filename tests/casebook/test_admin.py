"""Editing cases in the Wagtail admin, in Chinese."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook.models import Case, CasebookIssue
from tests import cast
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


def test_the_chooser_finds_cases_in_chinese(editor):
    CaseFactory(title="某店超标排放油烟案")
    CaseFactory(title="某工地夜间施工案")
    chooser = Case.snippet_viewset.chooser_viewset
    html = editor.get(reverse(chooser.get_url_name("choose_results")), {"q": "夜间 施工"}).content.decode()
    assert "某工地夜间施工案" in html and "某店超标排放油烟案" not in html
    assert "某店超标排放油烟案" in editor.get(reverse(chooser.get_url_name("choose"))).json()["html"]


def test_three_people_take_a_case_to_the_public_in_the_admin(editor, client):
    case = CaseFactory()
    editor.post(reverse("casebook_step", args=[case.pk, "confirm"]))
    client.force_login(cast.member("wu"))
    page = client.get(url(Case, "edit", case.pk)).content.decode()
    assert reverse("casebook_step", args=[case.pk, "sign"]) in page
    client.post(reverse("casebook_step", args=[case.pk, "sign"]))
    client.post(reverse("casebook_step", args=[case.pk, "publish"]))
    assert Case.objects.published().get() == case


def test_a_step_asks_before_it_acts(editor):
    case = CaseFactory()
    page = editor.get(reverse("casebook_step", args=[case.pk, "confirm"])).content.decode()
    case.refresh_from_db()
    assert "没有自然人姓名" in page and case.anonymised_by is None


def test_a_trainer_may_not_sign(editor):
    case = CaseFactory(anonymised_by=cast.member("song"))
    reply = editor.post(reverse("casebook_step", args=[case.pk, "sign"]))
    case.refresh_from_db()
    assert reply.status_code in (302, 403) and case.signed_by is None


def test_a_new_case_gets_its_address_from_its_number():
    case = CaseFactory.build(case_no="2026Q3-09", slug="", domain=None)
    case.clean()
    assert case.slug == "2026q3-09"
