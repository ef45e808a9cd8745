"""Two people edit one case at once: nobody's text is lost, and nobody's is overwritten unseen."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook.models import Case
from tests import cast
from tests.factories.casebook import CaseFactory, section
from tests.forms import case_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    call_command("set_up_roles", verbosity=0)
    case = CaseFactory(
        street=cast.street(), body=[section("facts", "原来的案情。", "a"), section("value", "原来的意义。", "b")]
    )
    case.save_revision(user=cast.member("lin"))
    return case


def edit_url(case: Case) -> str:
    return reverse(Case.snippet_viewset.get_url_name("edit"), args=[case.pk])


def opened(client, name: str, case: Case) -> dict[str, str]:
    client.force_login(cast.member(name))
    return case_form(client.get(edit_url(case)), Case.objects.get(pk=case.pk))


def save(client, name: str, case: Case, form: dict[str, str], **headers):
    client.force_login(cast.member(name))
    return client.post(edit_url(case), form, **headers)


@pytest.fixture
def conflict(client, case):
    """Lin and Gao open the form; Lin saves first, then Gao. Gives the reply to Gao."""
    gao, lin = opened(client, "gao", case), opened(client, "lin", case)
    save(client, "lin", case, lin | {"title": "林改的标题案", "body-0-value-text": "林改的案情。"})
    return save(client, "gao", case, gao | {"body-0-value-text": "高改的案情。", "body-1-value-text": "高改的意义。"})


def latest(case: Case) -> Case:
    return Case.objects.get(pk=case.pk).get_latest_revision_as_object()


def texts(case: Case) -> list[str]:
    return [part.text for part in case.sections()]


def test_the_first_save_stays_and_the_second_is_kept_beside_it(case, conflict):
    assert latest(case).title == "林改的标题案" and texts(latest(case)) == ["林改的案情。", "原来的意义。"]
    kept = case.revisions.order_by("pk").last()
    assert kept.user == cast.member("gao") and texts(kept.as_object()) == ["高改的案情。", "高改的意义。"]


def test_the_second_person_sees_both_texts_and_what_both_changed(client, case, conflict):
    page = client.get(conflict.url).content.decode()
    assert conflict.status_code == 302 and "没有丢失" in page and "两人都改了" in page
    differ = client.get(conflict.url).context["differences"]
    assert {(one.theirs, one.mine) for one in differ} >= {
        ("林改的案情。", "高改的案情。"),
        ("原来的意义。", "高改的意义。"),
    }
    assert {one.label: one.part.preferred for one in differ} == {"标题": "theirs", "基本案情": "", "典型意义": "mine"}


def merge(client, conflict, **choices):
    context = client.get(conflict.url).context
    chosen = {one.part.name: one.part.preferred for one in context["differences"] if one.part.preferred}
    return client.post(conflict.url, {"theirs": context["theirs"].pk} | chosen | choices, follow=True)


def test_the_texts_are_put_together_as_chosen(client, case, conflict):
    reply = merge(client, conflict, **{"block:a": "both"})
    assert "已合并两人的修改" in reply.content.decode()
    assert latest(case).title == "林改的标题案"
    assert texts(latest(case)) == ["林改的案情。", "高改的案情。", "高改的意义。"]


def test_what_both_changed_must_be_chosen(client, case, conflict):
    reply = merge(client, conflict)
    assert reply.status_code == 409 and "还没有选择：基本案情" in reply.content.decode()
    assert latest(case).title == "林改的标题案"


def test_a_third_save_in_between_is_shown_before_anything_is_merged(client, case, conflict):
    stale = client.get(conflict.url).context["theirs"].pk
    third = opened(client, "lin", case)
    save(client, "lin", case, third | {"outcome": "罚款三百元"})
    client.force_login(cast.member("gao"))
    reply = client.post(conflict.url, {"theirs": stale, "block:a": "mine", "block:b": "mine", "title": "theirs"})
    assert reply.status_code == 409 and "又有新的保存" in reply.content.decode()
    assert latest(case).outcome == "罚款三百元"


def test_an_autosave_never_overwrites_another_person_s_save(client, case):
    gao, lin = opened(client, "gao", case), opened(client, "lin", case)
    save(client, "lin", case, lin | {"title": "林改的标题案"})
    reply = save(client, "gao", case, gao | {"title": "高改的标题案"}, headers={"accept": "application/json"})
    assert reply.status_code == 400 and reply.json()["error_code"] == "invalid_revision"
    assert latest(case).title == "林改的标题案"


def test_who_is_alone_saves_again_and_again(client, case):
    for title in ("第一次案", "第二次案"):
        reply = save(client, "lin", case, opened(client, "lin", case) | {"title": title})
        assert "merge" not in reply.url
    assert latest(case).title == "第二次案"


def test_a_stranger_to_the_case_does_not_see_the_texts(client, case, conflict):
    client.force_login(cast.member("chen"))
    assert client.get(conflict.url).status_code in (302, 403)
