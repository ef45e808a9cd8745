"""The public look-up of a card tells name, unit, number and status, and nothing else: handbook §7 no. 12."""

import datetime as dt

import pytest
from django.utils import timezone

from people.actions.cards import renew_card, suspend_card
from people.models import RequestCount
from tests.factories.people import CardFactory, CardIssuerFactory, OfficerFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
# everything that the records know of the person, each recognisable wherever it came out
SECRETS = {
    "phone": "010-5550-7731",
    "staff_no": "ZX-88231",
    "post": "巡查二组组长",
    "pk": 912345678,
}


def holder(name="陈某某", unit="滨江街道办事处", **card):
    officer = OfficerFactory(name=name, unit=UnitFactory(name=unit), in_enforcement_post=True)
    return CardFactory(officer=officer, **card)


def ask(client, words):
    return client.post("/cards/", {"q": words})


def answers(client, words):
    return [(a.name, a.unit, a.card_no, a.status) for a in ask(client, words).context["answers"] or ()]


@pytest.mark.parametrize("words", ["陈某某", " 陈 某某 ", "JC001", "jc 001", "ＪＣ００１"])
def test_a_card_is_found_by_exact_name_or_number(client, words):
    holder(card_no="JC001", valid_until=timezone.localdate())
    assert answers(client, words) == [("陈某某", "滨江街道办事处", "JC001", "有效")]


@pytest.mark.parametrize("words", ["陈某", "某某", "陈", "JC00", "%", "_", "JC001%", "' or 1=1", "滨江街道办事处"])
def test_parts_of_names_and_numbers_find_nothing_and_the_page_says_what_to_check(client, words):
    holder(card_no="JC001")
    reply = ask(client, words)
    assert reply.context["answers"] == []
    assert "没有查到" in reply.content.decode()
    assert "姓名须写全名" in reply.content.decode()
    assert "JC001<" not in reply.content.decode()


def test_the_dot_in_a_name_may_be_typed_with_any_keyboard(client):
    holder("买买提·某某", card_no="JC001")
    for dot in "·•・.":
        assert answers(client, f"买买提{dot}某某")[0][2] == "JC001"


def test_all_people_of_one_name_are_listed(client):
    holder(card_no="JC001"), holder(card_no="JC002", unit="沧澜街道办事处")
    assert [answer[1] for answer in answers(client, "陈某某")] == ["滨江街道办事处", "沧澜街道办事处"]


def test_a_name_shows_the_card_in_use_and_a_number_the_card_asked_for(client):
    old = holder(card_no="JC001")
    renew_card(old, card_no="JC002", issued_on=timezone.localdate(), by=None)
    assert [answer[2:] for answer in answers(client, "陈某某")] == [("JC002", "有效")]
    assert [answer[2:] for answer in answers(client, "JC001")] == [("JC001", "已换发")]


def test_the_status_is_that_of_today(client):
    card = holder(card_no="JC001")
    suspend_card(card, timezone.localdate(), "年度考核不合格", by=None)
    assert answers(client, "JC001")[0][3] == "暂扣"
    assert "年度考核不合格" not in ask(client, "JC001").content.decode()


def test_nothing_else_of_the_person_is_anywhere_in_the_answer(client):
    officer = OfficerFactory(
        id=SECRETS["pk"],
        name="陈某某",
        user=UserFactory(username="chenmm-account"),
        in_enforcement_post=True,
        joined_on=dt.date(2013, 4, 17),
        unit=UnitFactory(name="滨江街道办事处", phone="010-5550-4410", code="JC-77", address="滨江路 88 号"),
        **{name: value for name, value in SECRETS.items() if name != "pk"},
    )
    CardFactory(
        id=812345679,
        officer=officer,
        card_no="JC001",
        field="市容环境类",
        issuer=CardIssuerFactory(name="江城区某发证机关"),
        issued_on=dt.date(2024, 3, 9),
        valid_until=dt.date(2031, 8, 23),
    )
    reply = ask(client, "陈某某")
    page = reply.content.decode() + str(reply.headers)
    assert "JC001" in page
    hidden = [*SECRETS.values(), 812345679, "chenmm-account", "市容环境类", "江城区某发证机关", "JC-77", "滨江路"]
    hidden += ["010-5550-4410", "2013-04-17", "2024", "2031", "3月9日", "8月23日", "2013"]
    assert not [secret for secret in hidden if str(secret) in page]


def test_the_question_is_posted_never_put_into_an_address(client):
    """Names in addresses would stay in logs and histories; a question in the address is not answered."""
    holder(card_no="JC001")
    page = client.get("/cards/", {"q": "陈某某"})
    assert page.context["answers"] is None
    assert 'method="post"' in page.content.decode()
    assert "no-store" in ask(client, "陈某某")["Cache-Control"]


def test_an_empty_or_endless_question_is_answered_in_words(client):
    assert "请填写姓名或证号" in ask(client, "  ").content.decode()
    assert "不超过 60 个字" in ask(client, "长" * 61).content.decode()


def test_one_address_asks_twenty_times_a_minute(client, monkeypatch):
    moment = timezone.now().replace(second=10)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    codes = [ask(client, "陈某某").status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]
    refused = ask(client, "陈某某")
    assert refused["Retry-After"] == "50"
    assert "50 秒后" in refused.content.decode()
    assert client.get("/cards/").status_code == 200
    assert client.post("/cards/", {"q": "陈某某"}, REMOTE_ADDR="10.9.9.9").status_code == 200
    assert "陈某某" not in str(list(RequestCount.objects.values()))


def test_few_queries_however_many_share_a_name(client, django_assert_max_num_queries):
    for number in range(12):
        holder(card_no=f"JC{number}", unit=f"第{number}街")
    client.get("/cards/")
    with django_assert_max_num_queries(12):
        assert len(answers(client, "陈某某")) == 12


def test_every_page_leads_to_the_look_up(client):
    from content.site import ensure_site

    ensure_site()
    assert 'href="/cards/"' in client.get("/").content.decode()
