"""Importing the list of power items: whole or not at all, again without duplicates, row by row."""

import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from kb.importers.power_items import PowerItemResource, import_power_items
from kb.models import PowerItem
from people.importing import read_rows, workbook
from people.models import Unit
from tests.paths import shared

HEAD = ["事项编码", "事项名称", "职权类型", "领域", "赋权部门", "处罚摘要", "核对情况"]
GOOD = [
    "420102C01CF00100",
    "对占道经营的处罚",
    "行政处罚",
    "市容环境",
    "区城市管理执法局",
    "二百元以下罚款",
    "已核原文",
]
OTHER = ["420102C01CF00200", "对出店经营的处罚", "处罚", "市容环境", "区城市管理执法局", "同上", "条款待核"]


def imported(*rows, head=HEAD, dry_run=False):
    sheet = [(line, list(cells)) for line, cells in enumerate([head, *rows], 1)]
    return import_power_items(sheet, filename="清单.xlsx", dry_run=dry_run)


@pytest.mark.django_db
def test_the_real_list_goes_in_and_a_second_import_changes_nothing(tmp_path):
    path = shared("domain", "power_items.tsv")
    rows = read_rows(path.read_bytes(), path.name)
    first = import_power_items(rows, filename=path.name)
    second = import_power_items(rows, filename=path.name)
    assert (first.created, first.problems) == (207, [])
    assert (second.created, second.updated, second.unchanged) == (0, 0, 207)
    assert PowerItem.objects.count() == 207
    assert PowerItem.objects.filter(needs_review=True).count() == 22


@pytest.mark.django_db
def test_a_changed_row_updates_its_item_and_the_report_shows_the_difference():
    imported(GOOD)
    report = imported([*GOOD[:5], "五百元以下罚款", GOOD[6]])
    assert (report.created, report.updated) == (0, 1)
    assert report.changes[0].fields == (("处罚摘要", "二百元以下罚款", "五百元以下罚款"),)
    assert PowerItem.objects.get().penalty_summary == "五百元以下罚款"


@pytest.mark.django_db
def test_a_column_that_the_file_lacks_is_left_alone():
    imported(GOOD)
    PowerItem.objects.update(process="立案\n决定")
    imported([*GOOD[:5], "警告", GOOD[6]])
    assert PowerItem.objects.get().process == "立案\n决定"


@pytest.mark.django_db
def test_one_bad_row_keeps_the_whole_file_out_and_is_named_by_line_and_column():
    report = imported(GOOD, ["", *OTHER[1:]])
    assert [str(problem) for problem in report.problems] == ["第 3 行「事项编码」为空；请填写 16 位编码或删除该行。"]
    assert not report.saved
    assert not PowerItem.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (0, "42010", "第 2 行「事项编码」是“42010”；应为 16 位数字和字母；其他编码请填入「其他编码」。"),
        (1, "", "第 2 行「事项名称」为空；请填写事项名称。"),
        (2, "行政许可", "第 2 行「职权类型」是“行政许可”；请填写行政处罚、行政检查、行政强制之一。"),
        (4, "", "第 2 行「赋权部门」为空；请填写赋权部门。"),
    ],
)
def test_each_mistake_has_its_own_words(column, value, message):
    row = [*GOOD]
    row[column] = value
    assert [str(problem) for problem in imported(row).problems] == [message]


@pytest.mark.django_db
def test_a_code_twice_in_one_file_is_refused():
    report = imported(GOOD, GOOD)
    assert str(report.problems[0]) == "第 3 行「事项编码」与第 2 行重复；请只保留一行。"


@pytest.mark.django_db
def test_a_dry_run_reports_and_saves_nothing():
    report = imported(GOOD, dry_run=True)
    assert report.created == 1
    assert not PowerItem.objects.exists()


@pytest.mark.django_db
def test_same_as_above_is_filled_in_and_said():
    report = imported(GOOD, OTHER)
    assert PowerItem.objects.get(code=OTHER[0]).penalty_summary == "二百元以下罚款"
    assert "第 3 行「处罚摘要」写作“同上”，按上一行填为“二百元以下罚款”。" in map(str, report.warnings)


@pytest.mark.django_db
def test_what_is_not_checked_is_marked():
    imported(GOOD, OTHER)
    assert [item.needs_review for item in PowerItem.objects.all()] == [False, True]


@pytest.mark.django_db
def test_a_second_department_is_not_lost():
    imported([*GOOD[:4], "区城市管理执法局、区应急管理局", *GOOD[5:]])
    item = PowerItem.objects.get()
    assert item.department.name == "区城市管理执法局"
    assert item.boundary == "赋权部门原文：区城市管理执法局、区应急管理局"


@pytest.mark.django_db
def test_a_boundary_that_an_editor_wrote_survives_the_next_import():
    row = [*GOOD[:4], "区城市管理执法局、区应急管理局", *GOOD[5:]]
    imported(row)
    PowerItem.objects.update(boundary="燃气用户由区应急管理局会同检查")
    assert imported(row).unchanged == 1
    assert PowerItem.objects.get().boundary == "燃气用户由区应急管理局会同检查"


@pytest.mark.django_db
def test_a_title_above_the_head_and_full_width_codes_do_not_matter():
    rows = [(1, ["江城区赋权事项清单"]), (3, HEAD), (4, ["４２０１０２Ｃ０１ＣＦ００１００", *GOOD[1:]])]
    assert import_power_items(rows, filename="清单.xls").created == 1
    assert PowerItem.objects.get().code == GOOD[0]


@pytest.mark.django_db
def test_a_file_without_the_needed_columns_is_refused_in_words():
    report = imported(GOOD[:1], head=["事项编码"])
    assert "缺少「事项名称」「职权类型」「领域」「赋权部门」列" in str(report.problems[0])


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_office_is_read(charset, tmp_path):
    path = tmp_path / "清单.csv"
    path.write_text("\n".join(",".join(row) for row in (HEAD, GOOD, OTHER)), encoding=charset)
    call_command("import_power_items", str(path), stdout=io.StringIO())
    assert PowerItem.objects.count() == 2


@pytest.mark.django_db
def test_the_template_can_be_filled_in_and_imported():
    book = openpyxl.load_workbook(io.BytesIO(PowerItemResource.template()))
    assert book.active["A1"].value == "事项编码"
    report = import_power_items(read_rows(PowerItemResource.template(), "模板.xlsx"), filename="模板.xlsx")
    assert (report.created, report.problems) == (1, [])


@pytest.mark.django_db
def test_the_command_prints_json_and_fails_when_something_was_refused(tmp_path):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(workbook(HEAD, [["", *GOOD[1:]]]))
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_power_items", str(path), "--json", stdout=out)
    answer = json.loads(out.getvalue())["files"][0]
    assert answer["saved"] is False
    assert answer["errors"] == ["第 2 行「事项编码」为空；请填写 16 位编码或删除该行。"]


def test_a_formula_in_a_cell_leaves_as_text():
    book = openpyxl.load_workbook(io.BytesIO(workbook(["名称"], [["=1+1"]])))
    assert book.active["A2"].value == "'=1+1"
