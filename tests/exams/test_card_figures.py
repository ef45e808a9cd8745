"""持证率 and what is due: number, names and Excel are the same rows; a street sees its own people.

Handbook §7 no. 10 and §5.5 nos. 1 and 10.
"""

import datetime as dt
import io
import random

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from exams.cards import showing
from exams.models import Exam
from people.actions.cards import renew_card, revoke_card, suspend_card
from people.cards import SOON, coverage, posts
from people.models import Card, Officer, Posting
from tests import cast
from tests.factories.exams import ExamFactory, RegistrationFactory
from tests.factories.people import CardFactory, OfficerFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def ahead(days):
    return TODAY() + dt.timedelta(days=days)


def holder(unit, **card):
    officer = OfficerFactory(unit=unit, in_enforcement_post=True)
    return CardFactory(officer=officer, **({"valid_until": ahead(500)} | card))


def without(unit):
    return OfficerFactory(unit=unit, in_enforcement_post=True)


def sheet(client, address, **query):
    reply = client.get(address, query | {"format": "xlsx"})
    assert reply.status_code == 200
    head, *rows = openpyxl.load_workbook(io.BytesIO(reply.content)).active.iter_rows(values_only=True)
    return head, rows


def page_names(client, address, **query):
    """The staff numbers on all pages of a list."""
    found, number = [], 1
    while True:
        page = client.get(address, query | {"page": number})
        found += [row[1] for row in page.context["table"]["rows"]]
        if not page.context["page"].has_next():
            return found
        number += 1


def moved(officer, unit, on):
    officer.unit = unit
    Officer.objects.bulk_update([officer], ["unit"])
    Posting.keep_up(officer, on)


@pytest.fixture
def district():
    """Three streets in which people move, are suspended, renewed, revoked and leave, by a fixed chance."""
    chance = random.Random(20261120)
    streets = [UnitFactory(name=f"{name}街道") for name in "甲乙丙"]
    for number in range(24):
        card = holder(chance.choice(streets), valid_until=ahead(chance.randint(-200, 400)), card_no=f"JC{number:03}")
        on = ahead(chance.randint(-150, 60))
        try:
            deed = chance.choice(["move", "suspend", "renew", "revoke", "nothing"])
            if deed == "move":
                moved(card.officer, chance.choice(streets), on)
            elif deed == "suspend":
                suspend_card(card, on, "考核", by=None)
            elif deed == "renew":
                renew_card(card, card_no=f"{card}N", issued_on=on, by=None)
            elif deed == "revoke":
                revoke_card(card, on, "调离", by=None)
        except ValidationError:
            continue
    for _ in range(6):
        without(chance.choice(streets))
    return streets


@pytest.mark.parametrize("days", [-120, 0, 90])
def test_each_number_opens_its_names_and_excel_has_exactly_these_rows(as_member, district, days):
    """As of days in the past and to come, with people who moved and cards that were suspended and renewed."""
    client, on = as_member("song"), ahead(days)
    found = coverage(on)
    _, rows = sheet(client, "/figures/cards/", on=on.isoformat())
    assert [row[:4] for row in rows] == [
        *((r.unit.name, r.posts, r.holders, r.without) for r in found.rows),
        ("合计", found.total.posts, found.total.holders, found.total.without),
    ]
    for row in (*found.rows, found.total):
        unit = {"unit": row.unit.pk} if row.unit else {}
        for have, number in (("", row.posts), ("held", row.holders), ("without", row.without)):
            query = {"on": on.isoformat(), "have": have} | unit
            names = page_names(client, "/figures/cards/names/", **query)
            _, exported = sheet(client, "/figures/cards/names/", **query)
            known = posts(on, {row.unit.pk} if row.unit else None)
            known = known if not have else known.filter(holds=have == "held")
            assert len(names) == number
            assert names == [line[1] for line in exported]
            assert sorted(names) == sorted(known.values_list("officer__staff_no", flat=True))


def test_names_run_over_pages_and_excel_has_them_all(as_member):
    street = UnitFactory()
    people = [without(street) for _ in range(53)]
    client = as_member("song")
    assert len(page_names(client, "/figures/cards/names/")) == len(people)
    assert len(sheet(client, "/figures/cards/names/")[1]) == len(people)


def test_the_page_asks_the_database_as_often_for_many_as_for_few(as_member, django_assert_num_queries):
    client = as_member("song")
    client.get("/figures/cards/")

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get("/figures/cards/")
            client.get("/figures/cards/names/")
        return len(queries)

    holder(UnitFactory())
    few = count()
    for _ in range(9):
        holder(UnitFactory()), without(UnitFactory())
    assert count() == few <= 44


@pytest.mark.parametrize("said", ["2026-02-30", "gestern", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_said_and_todays_figures_are_shown(as_member, said):
    page = as_member("song").get("/figures/cards/", {"on": said})
    assert page.context["coverage"].on == TODAY()
    assert f"“{said}”不是可用的日期" in page.content.decode()


def test_lowest_first_where_asked_for(as_member):
    full, none, empty = UnitFactory(name="甲"), UnitFactory(name="乙"), UnitFactory(name="丙")
    holder(full), without(none)
    client = as_member("song")
    _, rows = sheet(client, "/figures/cards/", sort="rate")
    assert [row[0] for row in rows if row[0] in "甲乙丙"] == ["乙", "甲", "丙"]
    assert empty.name == "丙"


# --- a street sees its own ------------------------------------------------------------------------------------------


@pytest.fixture
def two_streets():
    own, other = cast.street(), UnitFactory(name="沧澜街道办事处")
    for street in (own, other):
        holder(street, valid_until=ahead(20)), without(street)
        left = holder(street).officer
        left.is_active = False
        left.save()
    return own, other


DUE = ("expiring", "unregistered", "without", "returning")
LISTS = ["/figures/cards/", "/figures/cards/names/", *(f"/figures/cards/{name}/" for name in DUE)]


@pytest.mark.parametrize("address", LISTS)
def test_a_streets_administrator_sees_the_own_street_only(as_member, two_streets, address):
    own, other = two_streets
    client = as_member("gao")
    _, rows = sheet(client, address)
    told = str(rows)
    assert own.name in told or own.label in told
    assert other.name not in told
    page = client.get(address).content.decode()
    assert other.name not in page
    assert client.get(address, {"unit": other.pk}).status_code == 404
    assert client.get(address, {"unit": other.pk, "format": "xlsx"}).status_code == 404


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("who", ["chen", "lin", "mei", "wu", "zhou"])
def test_others_see_nobodys_cards(as_member, who, address):
    assert as_member(who).get(address).status_code == 403


def test_a_street_administrator_without_a_street_sees_nobody(client, two_streets):
    from people.roles import Role
    from tests.factories.people import UserFactory

    client.force_login(UserFactory(role=Role.STREET_ADMIN))
    assert client.get("/figures/cards/").status_code == 403


@pytest.mark.parametrize("query", [{"unit": "x"}, {"unit": "99999999"}, {"have": "all"}])
def test_an_address_that_means_nothing_is_not_found(as_member, query):
    assert as_member("song").get("/figures/cards/names/", query).status_code == 404


# --- what is due ----------------------------------------------------------------------------------------------------


def listed(client, name, **query):
    return {row[1] for row in sheet(client, f"/figures/cards/{name}/", **query)[1]}


def test_cards_that_run_out_within_the_days_chosen(as_member):
    street = UnitFactory()
    cards = {days: holder(street, valid_until=ahead(days)) for days in (0, 30, 31, 90, 91)}
    client = as_member("song")
    for chosen in (30, 90):
        expected = {card.officer.staff_no for days, card in cards.items() if days <= chosen}
        assert listed(client, "expiring", days=chosen) == expected
    assert listed(client, "expiring", days="viele") == listed(client, "expiring", days=SOON)
    assert len(listed(client, "expiring", days=91, unit=street.pk)) == 5


def test_who_should_be_examined_and_is_on_no_list(as_member):
    """Entitled, in need, and on the list of no certification exam still to come; auxiliary staff are not asked."""
    street = UnitFactory()
    lasting, ending, registered = holder(street), holder(street, valid_until=ahead(90)), without(street)
    mock, past, closed = without(street), without(street), without(street)
    OfficerFactory(unit=street, in_enforcement_post=True, is_auxiliary=True), OfficerFactory(unit=street)
    certification = {"purpose": Exam.Purpose.CERTIFICATION}
    over = {"opens_at": timezone.now() - dt.timedelta(days=2), "closes_at": timezone.now() - dt.timedelta(days=1)}
    RegistrationFactory(officer=registered, exam=ExamFactory(**certification))
    RegistrationFactory(officer=mock, exam=ExamFactory())
    RegistrationFactory(officer=past, exam=ExamFactory(**certification, **over))
    RegistrationFactory(officer=closed, exam=ExamFactory(**certification, status=Exam.Status.CLOSED))
    expected = {officer.staff_no for officer in (ending.officer, mock, past, closed)}
    assert listed(as_member("song"), "unregistered") == expected
    assert lasting.officer.staff_no not in expected


def test_who_stands_without_and_why(as_member):
    street = UnitFactory()
    suspend_card(holder(street).officer.cards.get(), TODAY(), "考核", by=None)
    holder(street, valid_until=ahead(-1)), without(street), holder(street)
    _, rows = sheet(as_member("song"), "/figures/cards/without/")
    assert sorted(row[-1] for row in rows) == ["已过期", "暂扣", "未领证"]


def test_a_valid_card_of_somebody_who_left_is_to_be_handed_in(as_member):
    card = holder(UnitFactory())
    card.officer.is_active = False
    card.officer.save()
    assert listed(as_member("song"), "returning") == {card.officer.staff_no}
    revoke_card(card, TODAY(), "退休", by=None)
    assert listed(as_member("song"), "returning") == set()


def test_the_numbers_on_the_tabs_are_those_of_the_lists(as_member, two_streets):
    client = as_member("song")
    tabs = client.get("/figures/cards/").context["tabs"][1:]
    assert [tab["count"] for tab in tabs] == [len(sheet(client, tab["url"])[1]) for tab in tabs]


# --- where it shows -------------------------------------------------------------------------------------------------


def test_the_admins_home_page_says_what_waits(member, two_streets):
    bureau = {entry.label: entry.count for entry in showing.waiting_for(member("song"))}
    street = {entry.label: entry.count for entry in showing.waiting_for(member("gao"))}
    assert bureau == {
        "30 天内到期的执法证": 2, "90 天内到期的执法证": 2, "应考未报": 4, "无证在岗": 2, "应收回": 2,
    }  # fmt: skip
    assert {label: 2 * count for label, count in street.items()} == bureau
    assert showing.waiting_for(member("lin")) == []


def test_the_desk_of_the_bureau_leads_to_the_figures(as_member, two_streets):
    page = as_member("song").get("/me/").content.decode()
    assert "50.0%" in page
    assert "/figures/cards/unregistered/" in page
    assert "持证情况" not in as_member("chen").get("/me/").content.decode()


@pytest.mark.parametrize(
    ("days", "told", "tone"),
    [
        (91, "", ""),
        (90, "还有 90 天到期", "warn"),
        (30, "还有 30 天到期", "seal"),
        (0, "今天到期", "seal"),
        (-1, "到期，换发前", "seal"),
    ],
)
def test_an_officer_is_reminded_of_the_own_card(as_member, member, days, told, tone):
    officer = OfficerFactory(user=member("chen"), in_enforcement_post=True)
    CardFactory(officer=officer, card_no="JC001", valid_until=ahead(days))
    page = as_member("chen").get("/me/").content.decode()
    assert "JC001" in page
    assert (told in page and f"notice--{tone}" in page) if told else "notice--" not in page


def test_the_own_cards_chain_is_on_the_desk_and_a_renewal_ends_the_reminder(as_member, member):
    officer = OfficerFactory(user=member("chen"), in_enforcement_post=True)
    old = CardFactory(officer=officer, card_no="JC001", valid_until=ahead(20))
    renew_card(old, card_no="JC002", issued_on=ahead(10), by=None)
    page = as_member("chen").get("/me/").content.decode()
    assert "JC002" in page
    assert "换发记录（1）" in page
    assert "notice--" not in page


def test_issuing_a_card_warns_where_no_pass_is_known():
    officer = without(UnitFactory())
    assert "没有" in showing.no_pass_known(officer, TODAY())
    registration = RegistrationFactory(officer=officer, exam=ExamFactory(purpose=Exam.Purpose.CERTIFICATION))
    registration.sittings.create(seed=1, state="handed_in", is_marked=True, score=70, full_marks=100, pass_marks=60)
    assert showing.no_pass_known(officer, TODAY()) == ""


def test_no_card_is_counted_twice(as_member):
    """Two valid cards of one person are one holder."""
    card = holder(UnitFactory())
    CardFactory(officer=card.officer, field="执法监督", valid_until=ahead(500))
    assert Card.objects.valid_on(TODAY()).count() == 2
    assert coverage(TODAY()).total.holders == 1
