"""Forms in the Wagtail admin: the list, one form with its fields, a new version, the uploaded lists."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kb.models import Citation, FormTemplate
from tests.factories.kb import FormTemplateFactory, RegulationFactory, RegulationVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_roles")]


def posted(form, **changed):
    """What the browser sends for a form whose fields are left as they are."""
    data = {
        "name": form.name,
        "code": form.code,
        "aliases": "",
        "stage": form.stage,
        "sort_order": "10",
        "in_ordinary": "on",
        "version_label": form.version_label,
        "valid_from": form.valid_from.isoformat(),
        "valid_to": "",
        "purpose": form.purpose,
        "occasion": "",
        "basis_text": form.basis_text,
        "mistakes": "",
        "wording": form.wording,
        "number_pattern": "",
        "example_number": "",
        "example_note": "",
        "verification": "",
    }
    rows = list(form.form_fields.all())
    data |= {"form_fields-TOTAL_FORMS": len(rows), "form_fields-INITIAL_FORMS": len(rows)}
    data |= {"form_fields-MIN_NUM_FORMS": 0, "form_fields-MAX_NUM_FORMS": 1000}
    for position, row in enumerate(rows):
        given = {"id": row.pk, "name": row.name, "kind": row.kind, "is_required": "on", "options": "", "hint": ""}
        given |= {"example": row.example, "ORDER": position + 1, "DELETE": ""}
        data |= {f"form_fields-{position}-{name}": value for name, value in given.items()}
    return data | changed


def test_the_list_finds_by_a_part_of_the_name_and_shows_the_versions(as_member):
    FormTemplateFactory(name="询问笔录")
    FormTemplateFactory(name="送达回证")
    page = as_member("lin").get(reverse("form-templates:index"), {"q": "问笔"}).content.decode()
    assert "询问笔录" in page
    assert "送达回证" not in page
    assert "另立新版本" in page


def test_saving_links_the_basis_and_keeps_the_fields(as_member):
    RegulationVersionFactory(regulation=RegulationFactory(title="江城区办法"), articles={"3": ["应当记录。"]})
    form = FormTemplateFactory(form_fields=[("地点", "line"), ("内容", "passage")])
    url = reverse("form-templates:edit", args=[form.pk])
    client = as_member("wu")
    assert client.get(url).status_code == 200
    answer = client.post(url, posted(form, basis_text="《江城区办法》第三条", purpose="新的用途。"))
    assert answer.status_code == 302
    form.refresh_from_db()
    assert form.purpose == "新的用途。"
    assert Citation.objects.of_source(form).get().status == "resolved"
    assert [field.name for field in form.form_fields.all()] == ["地点", "内容"]


def test_a_blank_without_a_field_is_refused_with_its_name(as_member):
    form = FormTemplateFactory(form_fields=[("地点", "line")])
    url = reverse("form-templates:edit", args=[form.pk])
    page = as_member("lin").post(url, posted(form, wording="在【地点】查获【物品】。")).content.decode()
    assert "没有名为「物品」的栏目" in page
    assert as_member("lin").post(url, posted(form, wording="在【地点】查获。")).status_code == 302


def test_an_upload_of_another_kind_is_refused(as_member):
    form = FormTemplateFactory()
    url = reverse("form-templates:edit", args=[form.pk])
    wrong = SimpleUploadedFile("笔录.exe", b"MZ")
    as_member("lin").post(url, posted(form, upload=wrong))
    assert not FormTemplate.objects.get().upload


def test_a_new_version_is_begun_from_the_list(as_member):
    form = FormTemplateFactory(form_fields=[("地点", "line")])
    url = reverse("form-templates:version", args=[form.pk])
    client = as_member("lin")
    assert "旧版本在新版本启用之日停用" in client.get(url).content.decode()
    early = client.post(url, {"version_label": "2027年版", "valid_from": "2025-01-01"})
    assert "新版本的启用日期应当更晚" in early.content.decode()
    answer = client.post(url, {"version_label": "2027年版", "valid_from": "2027-01-01"})
    new = FormTemplate.objects.get(version_label="2027年版")
    assert answer.url == reverse("form-templates:edit", args=[new.pk])
    form.refresh_from_db()
    assert form.valid_to == dt.date(2027, 1, 1)


@pytest.mark.parametrize("name", ["chen", "gao", "mei", "zhou"])
def test_nobody_else_gets_in(as_member, name):
    form = FormTemplateFactory()
    client = as_member(name)
    for url in (reverse("form-templates:index"), reverse("form-templates:version", args=[form.pk])):
        assert client.get(url).status_code != 200
