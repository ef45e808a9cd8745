"""Forms from two lists: whole or not at all, again without duplicates, fields in their order."""

import pytest

from kb.importers.forms import FormFieldResource, FormResource, import_form_fields, import_forms
from kb.models import Citation, FormField, FormTemplate
from people.importing import read_rows
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
HEAD = ["文书编码", "文书名称", "办案阶段", "版本", "启用日期", "用途", "普通程序", "使用顺序", "法律依据"]
INQUIRY = ["WS202", "询问笔录", "调查取证", "2026年版", "2026-01-01", "记录询问。", "是", "30", "《江城区办法》第三条"]
OLD = ["WS202", "询问笔录", "调查取证", "2021年版", "2021-09-01", "记录询问。", "是", "30", ""]
FIELD_HEAD = ["文书编码", "栏目", "形式", "必填", "填写提示", "选项"]
PLACE = ["WS202", "询问地点", "填写", "是", "写到门牌号", ""]
SIGNED = ["WS202", "询问人签名", "签名盖章", "是", "两人", ""]


def forms(*rows, head=HEAD, **more):
    return import_forms(list(enumerate([head, *map(list, rows)], 1)), filename="文书.xlsx", **more)


def fields(*rows, head=FIELD_HEAD, **more):
    return import_form_fields(list(enumerate([head, *map(list, rows)], 1)), filename="栏目.xlsx", **more)


def test_a_list_goes_in_with_its_basis_linked_and_again_without_change():
    RegulationVersionFactory(regulation=RegulationFactory(title="江城区办法"), articles={"3": ["应当记录。"]})
    assert (forms(INQUIRY).created, forms(INQUIRY).unchanged) == (1, 1)
    form = FormTemplate.objects.get()
    assert (form.stage, form.in_ordinary, form.in_simple, form.sort_order) == ("evidence", True, False, 30)
    assert Citation.objects.of_source(form).get().key == "3"


def test_versions_of_one_form_are_rows_and_meet_without_a_gap():
    assert forms(INQUIRY, OLD).created == 2
    ends = dict(FormTemplate.objects.values_list("version_label", "valid_to"))
    assert str(ends["2021年版"]) == "2026-01-01"
    assert ends["2026年版"] is None
    assert forms(INQUIRY, OLD).unchanged == 2


def test_a_row_with_a_mistake_keeps_the_whole_file_out_and_is_explained():
    report = forms(INQUIRY, ["WS203", "通知书", "不知道", "2026年版", "昨天", "用途", "是", "1", ""])
    assert not FormTemplate.objects.exists()
    assert "昨天" in str(report.problems[0])
    assert report.problems[0].line == 3


def test_a_dry_run_saves_nothing():
    assert forms(INQUIRY, dry_run=True).created == 1
    assert not FormTemplate.objects.exists()


def test_fields_keep_the_order_of_the_list_and_what_is_gone_from_it_goes():
    forms(INQUIRY)
    assert fields(SIGNED, PLACE).created == 2
    assert [field.name for field in FormField.objects.all()] == ["询问人签名", "询问地点"]
    fields(PLACE, SIGNED)
    assert [field.name for field in FormField.objects.all()] == ["询问地点", "询问人签名"]
    assert fields(PLACE, SIGNED).unchanged == 2
    fields(PLACE)
    assert FormField.objects.get().kind == "line"


def test_fields_belong_to_the_latest_version_unless_the_list_names_a_day():
    forms(INQUIRY, OLD)
    fields(PLACE)
    fields([*PLACE, "2021-09-01"], head=[*FIELD_HEAD, "启用日期"])
    assert set(FormField.objects.values_list("template__version_label", flat=True)) == {"2026年版", "2021年版"}


def test_fields_of_an_unknown_form_are_refused():
    assert "没有这样的文书" in str(fields(PLACE).problems[0])


@pytest.mark.parametrize("resource", [FormResource, FormFieldResource])
def test_the_template_of_the_list_can_be_read_back(resource):
    head = read_rows(resource.template(), "模板.xlsx")[0][1]
    assert set(resource.needed) <= set(head)
