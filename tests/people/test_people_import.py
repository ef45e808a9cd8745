"""Streets, departments and people from Excel; the bureau's lists of who is who."""

import io

import openpyxl
import pytest
import xlrd

from people.importers import OfficerResource, UnitResource
from people.importing import UnreadableSheet, read_rows, run, workbook
from people.models import Officer, Unit
from tests.factories.people import OfficerFactory, UnitFactory

UNIT_HEAD = ["名称", "简称", "类别", "上级", "排序"]
OFFICER_HEAD = ["人员编号", "姓名", "单位", "在执法岗位", "在岗"]


def units(*rows, head=UNIT_HEAD, **options):
    sheet = [(line, list(row)) for line, row in enumerate([head, *rows], 1)]
    return run(UnitResource(), sheet, filename="单位.xlsx", **options)


def officers(*rows, **options):
    sheet = [(line, list(row)) for line, row in enumerate([OFFICER_HEAD, *rows], 1)]
    return run(OfficerResource(), sheet, filename="人员.xlsx", **options)


@pytest.mark.django_db
def test_a_unit_may_stand_under_one_of_the_same_file():
    report = units(["江城区", "", "区", "", "1"], ["滨江街道办事处", "滨江街", "街道", "江城区", "2"])
    assert report.created == 2
    assert Unit.objects.get(short_name="滨江街").parent.name == "江城区"


@pytest.mark.django_db
def test_units_imported_again_are_updated_not_doubled():
    units(["滨江街道办事处", "滨江街", "街道", "", "1"])
    report = units(["滨江街道办事处", "滨江", "街道", "", "1"])
    assert (report.created, report.updated) == (0, 1)
    assert Unit.objects.get().short_name == "滨江"


@pytest.mark.django_db
def test_mistakes_are_named_and_nothing_is_kept():
    report = units(["甲街道", "", "街道", "", "一"], ["", "", "镇政府", "无此单位", ""])
    assert [str(problem).split("；")[0] for problem in report.problems] == [
        "第 2 行「排序」是“一”",
        "第 3 行「名称」为空",
        "第 3 行「类别」是“镇政府”",
        "第 3 行「上级」是“无此单位”，没有这样的单位",
    ]
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_people_belong_to_a_unit_by_any_of_its_names_and_are_in_post_by_default():
    street = UnitFactory(name="滨江街道办事处", short_name="滨江街")
    assert officers(["ｓ00１", "陈某", "滨江街", "是", ""]).created == 1
    officer = Officer.objects.get()
    assert (officer.staff_no, officer.unit, officer.in_enforcement_post, officer.is_active) == (
        "S001",
        street,
        True,
        True,
    )


@pytest.mark.django_db
def test_neither_yes_nor_no_is_asked_again():
    UnitFactory(name="滨江街道办事处")
    report = officers(["S1", "陈某", "滨江街道办事处", "也许", "是"])
    assert str(report.problems[0]) == "第 2 行「在执法岗位」是“也许”；请填写“是”或“否”。"


@pytest.mark.django_db
def test_a_person_who_moved_keeps_the_number_and_the_report_shows_both_units():
    officer, target = OfficerFactory(staff_no="S1"), UnitFactory()
    report = officers(["S1", officer.name, target.name, "否", "是"])
    assert report.changes[0].fields == (("单位", officer.unit.name, target.name),)
    assert Officer.objects.get().unit == target


@pytest.mark.parametrize("name", ["清单.pdf", "清单", "清单.docx"])
def test_another_kind_of_file_is_refused_in_words(name):
    with pytest.raises(UnreadableSheet, match=r"请使用 \.xlsx"):
        read_rows(b"x", name)


@pytest.mark.parametrize("name", ["清单.xlsx", "清单.xls"])
def test_a_broken_workbook_is_refused_in_words(name):
    with pytest.raises(UnreadableSheet, match="不是可读的 Excel 文件"):
        read_rows(b"not a workbook", name)


def test_an_empty_sheet_is_refused_in_words():
    with pytest.raises(UnreadableSheet, match="没有内容"):
        read_rows(workbook([], []), "空.xlsx")


def test_dates_and_whole_numbers_come_as_people_write_them():
    book = openpyxl.Workbook()
    book.active.append(["日期", "号", "空"])
    book.active.append([__import__("datetime").datetime(2026, 9, 1), 12.0, None])
    stream = io.BytesIO()
    book.save(stream)
    assert read_rows(stream.getvalue(), "a.xlsx")[1] == (2, ["2026-09-01", "12", ""])


def test_an_old_workbook_is_read_too(monkeypatch):
    # xlrd reads but nothing pinned here writes .xls: a sheet of its own kind stands in for the file
    cells = [[xlrd.sheet.Cell(xlrd.XL_CELL_TEXT, "日期"), xlrd.sheet.Cell(xlrd.XL_CELL_TEXT, "号")]]
    cells.append([xlrd.sheet.Cell(xlrd.XL_CELL_DATE, 46266.0), xlrd.sheet.Cell(xlrd.XL_CELL_NUMBER, 7.0)])

    class Sheet:
        nrows = 2

        def row(self, i):
            return cells[i]

    class Book:
        datemode = 0

        def sheet_by_index(self, i):
            return Sheet()

    monkeypatch.setattr(xlrd, "open_workbook", lambda file_contents: Book())
    assert read_rows(b"", "旧.xls") == [(1, ["日期", "号"]), (2, ["2026-09-01", "7"])]


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_file_is_read_whatever_its_encoding_and_delimiter(charset, delimiter):
    text = "\r\n".join(
        delimiter.join(row) for row in (["名称", "类别"], ["滨江街道办事处", "街道"], ["沧澜街道办事处", "街道"])
    )
    rows = read_rows(text.encode(charset), "单位.csv")
    assert rows[1] == (2, ["滨江街道办事处", "街道"])
