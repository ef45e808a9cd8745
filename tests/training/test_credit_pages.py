"""The pages of hours: the own year, who is behind by unit, and nobody else's for those who keep no records."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from django.utils import timezone

from content.site import ensure_site
from tests import cast
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import AttendanceFactory, SessionFactory
from training.actions.credits import credit_session, revoke
from training.models import CreditEntry

TODAY = timezone.localdate()


@pytest.fixture
def people(member):
    """Chen of the cast with three hours, a colleague with none, somebody of another street."""
    chen = OfficerFactory(user=member("chen"), unit=cast.street(), name="陈一", in_enforcement_post=True)
    other = OfficerFactory(unit=cast.street(), name="林二", in_enforcement_post=True)
    OfficerFactory(unit=UnitFactory(), name="吴三", in_enforcement_post=True)
    OfficerFactory(unit=cast.street(), name="协管员")
    noon = timezone.make_aware(dt.datetime(TODAY.year, 1, 2, 12))
    session = SessionFactory(starts_at=noon, hours=Decimal(3), status="closed", title="普通程序")
    AttendanceFactory(session=session, officer=chen)
    credit_session(session)
    return chen, other


def test_the_own_year_shows_what_counts_and_what_is_missing(people, as_member):
    ensure_site()
    page = as_member("chen").get("/me/hours/").content.decode()
    assert "普通程序" in page and "还差" in page
    assert "学时 3/60" in as_member("chen").get("/").content.decode()
    assert "本年学时" in as_member("chen").get("/me/").content.decode()


def test_a_revoked_entry_stays_and_says_why(people, as_member, member):
    revoke(CreditEntry.objects.get(), "重复登记", by=member("song"))
    page = as_member("chen").get("/me/hours/").content.decode()
    assert "已撤销：重复登记" in page and '计入 <b class="num">0</b>' in page


def test_the_bureau_revokes_on_the_page_and_nobody_else(people, as_member):
    entry = CreditEntry.objects.get()
    address = f"/figures/hours/entries/{entry.pk}/revoke/"
    assert as_member("lin").post(address, {"reason": "重复"}).status_code == 403
    assert as_member("song").post(address, {"reason": "重复"}).status_code == 302
    assert not CreditEntry.objects.standing().exists()


def test_who_is_behind_by_unit_opens_the_names_and_the_file_has_the_same(people, as_member):
    client = as_member("song")
    rows = client.get("/figures/hours/").context["table"]["rows"]
    assert rows[0][0]["text"] == "滨江街" and rows[0][1:4] == [2, 0, 2]
    assert rows[-1][:4] == ["合计", 3, 0, 3]
    names = client.get(f"/figures/hours/?unit={cast.street().pk}").context["table"]["rows"]
    assert [row[0]["text"] for row in names] == ["陈一", "林二"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/figures/hours/?format=xlsx").content)).active
    assert sheet.max_row == 1 + 3


def test_a_street_sees_its_own_people_whatever_it_asks_for(people, as_member):
    page = as_member("gao").get("/figures/hours/?unit=999999").content.decode()
    assert "陈一" in page and "吴三" not in page


def test_nobody_reads_the_hours_of_others(people, as_member):
    chen, other = people
    assert as_member("chen").get(f"/figures/hours/{chen.pk}/").status_code == 200
    assert as_member("chen").get(f"/figures/hours/{other.pk}/").status_code == 404
    assert as_member("gao").get(f"/figures/hours/{other.pk}/").status_code == 200


def test_the_certificate_names_every_entry_and_is_the_same_twice(people, as_member, fonts):
    client, chen = as_member("chen"), people[0]
    address = f"/figures/hours/{chen.pk}/{TODAY.year}.pdf"
    first, second = client.get(address).content, client.get(address).content
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(first)).pages)
    assert first == second
    assert "年度学时证明" in text and "普通程序" in text and "陈一" in text


def test_lists_ask_few_queries_however_many_people(people, as_member, django_assert_max_num_queries):
    for _ in range(5):
        OfficerFactory(unit=cast.street(), in_enforcement_post=True)
    client = as_member("song")
    client.get("/figures/hours/")
    with django_assert_max_num_queries(14):
        client.get(f"/figures/hours/?unit={cast.street().pk}")
