"""Items and lists in the Wagtail admin, as the bureau, an editor and the others see them."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from kb.models import AdjustmentBatch, AdjustmentLine, InstructorAppointment, PowerItem, StreetAssignment
from people.importing import workbook
from tests.factories.kb import InstructorFactory, PowerItemFactory, StreetAssignmentFactory
from tests.factories.people import OfficerFactory

HEAD = ["事项编码", "事项名称", "职权类型", "领域", "赋权部门"]
ROW = ["420102C01CF00100", "对占道经营的处罚", "行政处罚", "市容环境", "区城市管理执法局"]
LISTS = [
    "items",
    "powersubitem",
    "itemcode",
    "domain",
    "adjustmentbatch",
    "adjustmentline",
    "confirmationletter",
    "streetassignment",
    "instructorappointment",
    "unit",
    "officer",
    "card",
    "cardissuer",
    "mentor",
    "auditentry",
]


@pytest.fixture
def bureau(as_member):
    call_command("set_up_roles", stdout=io.StringIO())
    return as_member("song")


def sheet(*rows):
    return SimpleUploadedFile("清单.xlsx", workbook(HEAD, rows))


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_the_bureau_opens_every_list_and_finds_chinese(bureau, name):
    PowerItemFactory(name="对占道经营的处罚")
    answer = bureau.get(reverse(f"{name}:index"), {"q": "占道"})
    assert answer.status_code == 200


@pytest.mark.django_db
def test_the_list_of_items_finds_by_a_part_of_a_word(bureau):
    PowerItemFactory(name="对占道经营的处罚")
    PowerItemFactory(name="对露天烧烤的处罚")
    page = bureau.get(reverse("items:index"), {"q": "道经"}).content.decode()
    assert "占道经营" in page
    assert "露天烧烤" not in page


@pytest.mark.django_db
def test_the_chooser_finds_by_code_and_by_a_part_of_the_name(bureau):
    item = PowerItemFactory(name="对占道经营的处罚", code="420102C01CF01700")
    PowerItemFactory(name="对露天烧烤的处罚")
    for asked in ("道经", "CF017"):
        page = bureau.get(reverse("item_chooser:choose_results"), {"q": asked}).content.decode()
        assert item.name in page
        assert "露天烧烤" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "allowed"), [("lin", True), ("wu", False)])
def test_an_editor_changes_an_item_and_a_reviewer_only_reads(as_member, who, allowed):
    call_command("set_up_roles", stdout=io.StringIO())
    item = PowerItemFactory()
    client = as_member(who)
    assert client.get(reverse("items:index")).status_code == 200
    assert (client.get(reverse("items:edit", args=[item.pk])).status_code == 200) is allowed


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["lin", "wu"])
def test_only_the_bureau_imports(as_member, who):
    call_command("set_up_roles", stdout=io.StringIO())
    answer = as_member(who).post(reverse("kb_import", args=["items"]), {"file": sheet(ROW)})
    assert answer.status_code == 302
    assert not PowerItem.objects.exists()


@pytest.mark.django_db
def test_an_upload_is_reported_first_and_saved_when_confirmed(bureau):
    address = reverse("kb_import", args=["items"])
    page = bureau.post(address, {"file": sheet(ROW)}).content.decode()
    assert "将新增 1 条" in page
    assert not PowerItem.objects.exists()
    bureau.post(address, {"confirm": "1"})
    assert PowerItem.objects.get().name == "对占道经营的处罚"


@pytest.mark.django_db
def test_an_upload_with_a_mistake_cannot_be_confirmed(bureau):
    address = reverse("kb_import", args=["items"])
    page = bureau.post(address, {"file": sheet(["", *ROW[1:]])}).content.decode()
    assert "第 2 行「事项编码」为空；请填写 16 位编码或删除该行。" in page
    bureau.post(address, {"confirm": "1"})
    assert not PowerItem.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["items", "units", "officers", "instructors", "letters", "batches"])
def test_every_list_has_a_page_and_a_template(bureau, slug):
    assert bureau.get(reverse("kb_import", args=[slug])).status_code == 200
    answer = bureau.get(reverse("kb_import_template", args=[slug]))
    assert answer.content[:2] == b"PK"


@pytest.mark.django_db
def test_appointing_in_the_admin_ends_the_former_term(bureau):
    former = InstructorFactory(valid_from=dt.date(2021, 9, 1))
    data = {"item": former.item.pk, "officer": OfficerFactory().pk, "street": "", "valid_from": "2026-09-01"}
    bureau.post(reverse("instructorappointment:add"), data)
    former.refresh_from_db()
    assert former.valid_to == dt.date(2026, 9, 1)
    assert InstructorAppointment.objects.filter(valid_to__isnull=True).count() == 1


@pytest.mark.django_db
def test_an_appointment_before_the_present_one_is_refused_in_words(bureau):
    former = InstructorFactory(valid_from=dt.date(2021, 9, 1))
    data = {"item": former.item.pk, "officer": OfficerFactory().pk, "street": "", "valid_from": "2020-01-01"}
    page = bureau.post(reverse("instructorappointment:add"), data).content.decode()
    assert "新的起始日期应晚于这一天" in page
    assert InstructorAppointment.objects.count() == 1


@pytest.mark.django_db
def test_taking_an_item_back_from_one_street_takes_effect_at_once(bureau):
    held = StreetAssignmentFactory()
    other = StreetAssignmentFactory(item=held.item)
    batch = AdjustmentBatch.objects.create(
        doc_number="江政发〔2026〕9号", decided_on=dt.date(2026, 9, 1), kind="take_back"
    )
    data = {"batch": batch.pk, "item": held.item.pk, "action": "take_back", "street": held.street.pk, "note": ""}
    bureau.post(reverse("adjustmentline:add"), data)
    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.valid_to, held.end_batch, other.valid_to) == (batch.decided_on, batch, None)
    line = AdjustmentLine.objects.get()
    assert bureau.get(reverse("adjustmentline:edit", args=[line.pk])).status_code == 302
    assert StreetAssignment.objects.count() == 2


@pytest.mark.django_db
def test_changing_the_basis_in_the_admin_links_it_again(bureau):
    item = PowerItemFactory(short_name="占道经营")
    form = bureau.get(reverse("items:edit", args=[item.pk])).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data["basis_text"] = "《中华人民共和国城乡规划法》第六十四条"
    answer = bureau.post(reverse("items:edit", args=[item.pk]), {k: v for k, v in data.items() if v is not False})
    assert answer.status_code == 302
    assert item.citations.get().key == "64"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["items", "streetassignment", "unit", "officer", "auditentry"])
def test_a_list_leaves_as_excel(bureau, name):
    StreetAssignmentFactory()
    answer = bureau.get(reverse(f"{name}:index"), {"export": "xlsx"})
    assert b"".join(answer)[:2] == b"PK"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["confirmationletter", "streetassignment", "adjustmentline", "instructorappointment"])
def test_only_streets_are_offered_as_streets(bureau, name):
    item = PowerItemFactory()
    street = StreetAssignmentFactory(item=item).street
    form = bureau.get(reverse(f"{name}:add")).context["form"]
    assert street in form.fields["street"].queryset
    assert item.department not in form.fields["street"].queryset
