"""Questions in Excel and CSV: two shapes, many headings, and what Excel has done to the cells (complaints 42, 44)."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from exams.content import Kind
from exams.exchange import sheets
from exams.exchange.values import Reading, UnreadableFile

HEAD = ["题型", "题干", "选项A", "选项B", "选项C", "答案", "解析", "领域", "难度"]
ROW = ["单选", "期限是（　）。", "三日", "五日", "七日", "B", "法定。", "通用程序", 2]
OPTION_HEAD = ["题号", "题型", "题干", "选项", "是否正确", "答案", "解析"]


def book(head: list, *rows: list, change: Callable | None = None) -> Reading:
    workbook = openpyxl.Workbook()
    for row in (head, *rows):
        workbook.active.append(row)
    if change:
        change(workbook.active)
    stream = io.BytesIO()
    workbook.save(stream)
    return sheets.read(stream.getvalue(), "题库.xlsx")


def faults(reading: Reading) -> list[str]:
    return [*(str(one) for question in reading.questions for one in question.problems), *map(str, reading.problems)]


def test_a_row_is_a_question():
    (question,) = book(HEAD, ROW).questions
    part = question.content.parts[0]
    assert (question.line, question.domain, question.difficulty, question.problems) == (2, "通用程序", 2, ())
    assert (part.kind, part.options, part.key) == (Kind.SINGLE, ("三日", "五日", "七日"), "B")


def test_headings_are_known_by_many_names_in_any_order_below_a_title():
    reading = book(
        ["执法考试题库"], [], ["正确答案", "试题内容", "A选项", "B选项", "题目类型", "备注"],
        ["√", "应当亮证。", "", "", "判断题", "x"], ["AB", "应当告知的有（　）", "事实", "理由", "多项选择题", ""],
    )  # fmt: skip
    assert [one.content.kind for one in reading.questions] == [Kind.JUDGE, Kind.MULTIPLE]
    assert [one.line for one in reading.questions] == [4, 5]
    assert "表头「备注」不是本表的列，未导入。" in str(reading.remarks[0])


@pytest.mark.parametrize("cell", ["A.三日\nB.五日", "三日\n五日", "三日|五日", "A.三日 B.五日"])
def test_options_may_stand_in_one_cell(cell):
    (question,) = book(["题干", "选项", "答案"], ["期限（　）", cell, "B"]).questions
    assert question.content.parts[0].options == ("三日", "五日")


def test_a_row_may_be_an_option_with_the_questions_cells_merged():
    def merge(sheet) -> None:
        for letter in "ABC":
            sheet.merge_cells(f"{letter}2:{letter}4")

    reading = book(
        OPTION_HEAD, [1, "多选", "应当告知的有（　）", "事实", "是"], [None, None, None, "心情", "否"],
        [None, None, None, "理由", "√"], [2, "判断", "应当亮证。", "", "", "对"], change=merge,
    )  # fmt: skip
    first, second = reading.questions
    assert faults(reading) == []
    assert (first.content.parts[0].options, first.content.parts[0].key) == (("事实", "心情", "理由"), "AC")
    assert second.content.parts[0].key == "T"


def test_the_columns_of_another_system_are_understood():
    """One row an option with the headings of yf-exam."""
    head = ["题目序号", "题目类型", "题目内容", "整体解析", "所属题库", "是否正确项", "选项内容", "选项解析"]
    rows = [
        ["1", "单选题", "期限（　）", "法定。", "库", "0", "三日", "太短"],
        ["1", "单选题", "期限（　）", "法定。", "库", "1", "五日", ""],
    ]
    reading = book(head, *rows)
    part = reading.questions[0].content.parts[0]
    assert (part.key, part.explanation) == ("B", "法定。\nA：太短")
    assert "所属题库" in str(reading.remarks[0])


def test_a_case_is_a_row_followed_by_its_parts():
    head = ["题型", "小题", "题干", "选项A", "选项B", "答案"]
    rows = [
        ["案例", "", "某店占道。"],
        ["单选", "1", "先（　）", "亮证", "罚款", "A"],
        ["判断", "2", "可以一人执法。", "", "", "错"],
    ]
    reading = book(head, *rows, ["判断", "", "应当亮证。", "", "", "对"])
    assert [len(one.content.parts) for one in reading.questions] == [2, 1]
    assert faults(reading) == []


def percent(sheet) -> None:
    sheet["C2"], sheet["C2"].number_format = 0.5, "0%"


def as_date(sheet) -> None:
    sheet["C2"] = dt.date(2026, 3, 5)


def as_time(sheet) -> None:
    sheet["C2"] = dt.time(22, 0)


def formula(sheet) -> None:
    sheet["C2"] = '="三"&"日"'


def error(sheet) -> None:
    sheet["C2"] = "#REF!"


def merged(sheet) -> None:
    sheet.merge_cells("B2:B3")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (percent, "第 2 行「选项A」是数字 0.5（显示格式 0%），与看到的不同；请把单元格设为“文本”后重填。"),
        (as_date, "第 2 行「选项A」被 Excel 变成了日期或时间 2026-03-05 00:00:00，原来的文字已经丢失"),
        (as_time, "第 2 行「选项A」被 Excel 变成了日期或时间 22:00:00，原来的文字已经丢失"),
        (formula, "第 2 行「选项A」是没有结果的公式"),
        (error, "第 2 行「选项A」是错误值 #REF!；请改正。"),
        (merged, "第 2 行「题干」单元格 B2:B3 合并了；请取消合并，逐格填写。"),
    ],
)
def test_what_excel_has_changed_is_named_with_its_cell(change, said):
    found = faults(book(HEAD, ROW, ["判断", "乙。", "", "", "", "对", "", "通用程序", 1], change=change))
    assert any(one.startswith(said) for one in found), found


def test_numbers_that_are_numbers_are_read_as_they_look():
    """Complaint 41: text put in an integer column, and the other way round."""
    (question,) = book(HEAD, ["单选", "几日（　）", 3, 5.0, 7.5, "B", "", "通用程序", 3.0]).questions
    assert (question.content.parts[0].options, question.difficulty) == (("3", "5", "7.5"), 3)


def test_hidden_rows_hidden_columns_and_other_sheets_are_mentioned():
    def hide(sheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["G"].hidden = True
        sheet.parent.create_sheet("第二页")["A1"] = "题干"

    reading = book(HEAD, ROW, ["判断", "乙。", "", "", "", "对", "", "通用程序", 1], change=hide)
    said = [str(one) for one in reading.remarks]
    assert len(reading.questions) == 2
    assert "第 3 行是隐藏行，也一并导入；不要导入的请删除。" in said
    assert "「解析」是隐藏列，也一并导入。" in said
    assert "只读取第一张工作表；工作表“第二页”没有导入。" in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            ["连线", "题", "一", "二", "", "A"],
            "第 2 行不认识的题型“连线”；请写单选、多选、判断、填空、简答、改错、案例之一。",
        ),
        (["单选", "题", "一", "二", "", ""], "第 2 行没有答案；请填写正确选项的字母。"),
        (["单选", "题", "一", "二", "", "C"], "第 2 行答案“C”中的 C 没有对应的选项。"),
        (["单选", "题", "一", "一", "", "A"], "第 2 行有两个相同的选项；请改写其中一个。"),
        (["单选", "题", "一", "", "三", "A"], "第 2 行有空白的选项；请填写或删除。"),
        (["单选", "", "一", "二", "", "A"], "第 2 行题干为空；请填写题干。"),
        (["判断", "题", "", "", "", "也许"], "第 2 行答案“也许”看不出对错；判断题的答案请填写“对”或“错”。"),
        (["判断", "题", "", "", "", "对", "", "", "九"], "第 2 行「难度」是“九”；请填写 1（容易）至 5（困难）。"),
    ],
)
def test_each_fault_is_named_with_its_row(row, said):
    """Complaint 43."""
    assert said in faults(book(HEAD, row))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[1, "单选", "甲", "一", "也许"], [None, None, None, "二", "是"]],
         "第 2 行「是否正确」是“也许”；请填写“是”或“否”。"),
        ([[1, "单选", "甲", "一", "是"], [1, "单选", "乙", "二", "否"]],
         "第 3 行「题干」与本题第一行不同；同一题的题干只写一次。"),
        ([[1, "判断", "甲", "", "", "对"], [2, "判断", "乙", "", "", "错"], [1, "判断", "丙", "", "", "错"]],
         "第 4 行「题号」1 在第 2 行已经出现；同一题的各行请放在一起。"),
        ([["", "判断", "甲", "", "", "对"]], "第 2 行「题号」为空；请给每一题编一个题号。"),
    ],
)  # fmt: skip
def test_faults_of_the_second_shape_are_named_with_their_row(rows, said):
    assert said in faults(book(OPTION_HEAD, *rows))


def test_a_csv_in_gbk_is_read():
    text = "题型,题干,答案\n判断,应当出示执法证件。,对\n"
    (question,) = sheets.read(text.encode("gbk"), "题.csv").questions
    assert question.content.parts[0].stem == "应当出示执法证件。"


def test_a_table_of_something_else_is_refused_with_the_columns_it_lacks():
    with pytest.raises(UnreadableFile, match="缺少「题干」「答案」列"):
        book(["姓名", "单位"], ["张某", "某街道"])


def test_an_old_workbook_is_looked_at_as_well():
    """The file was written with xlwt: a hidden row, a date for `3-5`, a merged cell, a second sheet."""
    path = Path(__file__).parent / "data" / "old_workbook.xls"
    reading = sheets.read(path.read_bytes(), path.name)
    assert [one.content.parts[0].key for one in reading.questions] == ["B", "T", "B", "F"]
    assert [one.difficulty for one in reading.questions] == [2, 1, 3, 2]
    (date, merged_cells) = map(str, reading.problems)
    assert date.startswith("第 4 行「选项A」被 Excel 变成了日期或时间 2026-03-05")
    assert merged_cells == "第 5 行「难度」单元格 G5:G6 合并了；请取消合并，逐格填写。"
    said = [str(one) for one in reading.remarks]
    assert "第 3 行是隐藏行，也一并导入；不要导入的请删除。" in said
    assert "只读取第一张工作表；工作表“说明”没有导入。" in said
