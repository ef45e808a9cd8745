"""The page of findings: who opens it, what it does without scripts, how it answers mistakes."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook.models import Case
from tests import cast
from tests.factories.casebook import CaseFactory, section

pytestmark = pytest.mark.django_db

TEXT = "2026年3月15日，执法人员检查老李烧烤店，店主王建国在场。王建国称净化器跳闸，旁边有15岁学徒。"


@pytest.fixture
def case() -> Case:
    call_command("set_up_roles", verbosity=0)
    made = CaseFactory(title="王建国排放油烟案", body=[section("facts", TEXT)], street=cast.street())
    made.save_revision()
    return made


@pytest.fixture
def editor(client):
    client.force_login(cast.member("lin"))
    return client


def address(case: Case) -> str:
    return reverse("casebook_findings", args=[case.pk])


def send(editor, case: Case, **data):
    return editor.post(address(case), data, follow=True).content.decode()


def decisions(case: Case) -> dict[str, str]:
    latest = Case.objects.get(pk=case.pk).get_latest_revision_as_object()
    return {row.original: row.decision for row in latest.replacements.all()}


def test_every_occurrence_is_marked_in_its_place_and_listed_once(case, editor):
    page = editor.get(address(case)).content.decode()
    assert page.count('class="finding kind-person is-open"') == 3
    assert page.count('id="f-1"') == 1
    assert "自然人姓名 · 3 处" in page.replace("<small>", "").replace("</small>", "")


def test_a_finding_is_accepted_rewritten_dismissed_and_taken_back(case, editor):
    send(editor, case, verb="accepted", original="王建国")
    send(editor, case, verb="edited", original="老李烧烤店", shown="某餐饮店")
    send(editor, case, verb="dismissed", original="2026年3月15日", reason="法律施行的日期")
    assert decisions(case) == {"王建国": "accepted", "老李烧烤店": "edited", "2026年3月15日": "dismissed"}
    page = send(editor, case, verb="open", original="王建国")
    assert decisions(case)["王建国"] == "open"
    assert "→某餐饮店" in page


def test_a_refused_decision_says_why_and_keeps_what_was_typed(case, editor):
    page = send(editor, case, verb="edited", original="王建国", shown="店主王建国")
    assert "替换后的文字里还有原文" in page
    assert 'value="店主王建国"' in page
    assert "王建国" not in decisions(case)


def test_all_certain_findings_are_accepted_at_once_but_no_clue_to_a_minor(case, editor):
    send(editor, case, verb="sure")
    assert decisions(case) == dict.fromkeys(["王建国", "老李烧烤店", "2026年3月15日"], "accepted")
    assert "<b>1</b> 项待处理" in editor.get(address(case)).content.decode()


def test_words_that_the_scan_missed_are_added(case, editor):
    assert "没有这段文字" in send(editor, case, verb="add", original="不在文中", shown="某", kind="other")
    send(editor, case, verb="add", original="净化器", shown="设备", kind="other")
    assert decisions(case)["净化器"] == "edited"


def test_the_list_is_filtered_by_kind_and_by_what_is_open(case, editor):
    send(editor, case, verb="accepted", original="王建国")
    persons = editor.get(address(case) + "?kind=person").content.decode()
    assert persons.count('class="findings-entry') == 1
    still = editor.get(address(case) + "?only=open").content.decode()
    assert still.count('class="findings-entry is-open"') == still.count('class="findings-entry')


def test_the_result_stands_beside_the_original(case, editor):
    send(editor, case, verb="sure")
    page = editor.get(address(case) + "?view=result").content.decode()
    assert "店主王某在场。王某称净化器跳闸" in page


def test_a_streets_editor_works_on_the_own_streets_cases_only(case, client):
    client.force_login(cast.member("gao"))
    other = CaseFactory(body=[section("facts", TEXT)])
    other.save_revision()
    assert client.get(address(case)).status_code == 200
    assert client.get(address(other)).status_code in (302, 403)
    client.post(address(other), {"verb": "sure"})
    assert decisions(other) == {}


def test_who_reviews_may_read_the_page_and_changes_nothing(case, client):
    client.force_login(cast.member("wu"))
    assert "全部接受确定的" not in client.get(address(case)).content.decode()
    client.post(address(case), {"verb": "sure"})
    assert decisions(case) == {}


def test_the_page_needs_few_queries_however_much_is_found(case, editor, django_assert_max_num_queries):
    editor.get(address(case))
    send(editor, case, verb="sure")
    with django_assert_max_num_queries(30):
        editor.get(address(case))
