"""Editing cases in the Wagtail admin, in Chinese."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook import actions
from casebook.models import Case, CasebookIssue, Stage
from casebook.models.workflow import stage_of
from casebook.review.checklist import CHECKLIST
from tests import cast
from tests.factories.casebook import CaseFactory, IssueFactory, in_review, section
from tests.factories.kb import DomainFactory
from tests.forms import case_form, form_data

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
    assert all(tab in page for tab in ("内容", "要素", "依据", "审核与发布"))


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


def step(case: Case, name: str) -> str:
    return reverse("casebook_step", args=[case.pk, name])


def all_fine() -> dict[str, str]:
    return {line.code: "fine" for line in CHECKLIST}


def test_three_people_take_a_case_to_the_public_in_the_admin(editor, client):
    case = CaseFactory()
    for name in ("confirm", "submit"):
        assert step(case, name) in editor.get(url(Case, "edit", case.pk)).content.decode()
        editor.post(step(case, name))
    client.force_login(cast.member("wu"))
    assert step(case, "sign") in client.get(reverse("casebook_review", args=[case.pk])).content.decode()
    client.post(reverse("casebook_checks", args=[case.pk]), all_fine())
    client.post(step(case, "sign"))
    client.force_login(cast.member("song"))
    client.post(step(case, "publish"))
    assert Case.objects.published().get() == case


def test_a_step_asks_before_it_acts(editor):
    case = CaseFactory()
    page = editor.get(step(case, "confirm")).content.decode()
    case.refresh_from_db()
    assert "没有自然人姓名" in page and case.anonymised_by is None


def test_a_trainer_may_not_sign(editor):
    case = in_review()
    reply = editor.post(step(case, "sign"), follow=True)
    case.refresh_from_db()
    assert "不能审签" in reply.content.decode() and case.signed_by is None


def test_a_step_refused_says_why_and_keeps_what_was_written(editor, client):
    case = in_review()
    client.force_login(cast.member("wu"))
    reply = client.post(step(case, "sign"), {"text": "拟同意"})
    page = reply.content.decode()
    assert reply.status_code == 422 and "审核清单还有 22 项" in page and "拟同意" in page


def test_the_form_saves_and_hands_in_at_once(editor):
    case = actions.confirm_anonymised(CaseFactory(), by=cast.member("lin"))
    sent = case_form(editor.get(url(Case, "edit", case.pk)), case)
    editor.post(url(Case, "edit", case.pk), {**sent, "action-submit": "1"})
    assert stage_of(Case.objects.get(pk=case.pk)) == Stage.LEGAL


def test_the_form_says_why_it_did_not_hand_in(editor):
    case = CaseFactory()
    case.save_revision()
    sent = case_form(editor.get(url(Case, "edit", case.pk)), case)
    reply = editor.post(url(Case, "edit", case.pk), {**sent, "action-submit": "1"}, follow=True)
    assert "内容已保存，但没有送审" in reply.content.decode()


def test_who_begins_a_case_is_its_author(editor):
    sent = form_data(editor.get(url(Case, "add")))
    sent |= {"title": "某店占道案", "case_no": "2026Q4-77", "domain": str(DomainFactory().pk), "body-count": "0"}
    editor.post(url(Case, "add"), sent)
    assert Case.objects.get(case_no="2026Q4-77").author == cast.member("lin")


def test_a_new_case_gets_its_address_from_its_number():
    case = CaseFactory.build(case_no="2026Q3-09", slug="", domain=None)
    case.clean()
    assert case.slug == "2026q3-09"
