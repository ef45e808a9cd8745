"""Question banks as people type them: every line is part of a question, or is reported with its number."""

import pytest

from exams.content import Content, Kind
from exams.exchange import plain_text
from exams.exchange.values import Reading


def read(text: str) -> Reading:
    return plain_text.read(text.encode(), "题.txt")


def only(text: str) -> Content:
    (question,) = read(text).questions
    assert question.problems == ()
    assert question.content is not None
    return question.content


def faults(text: str) -> list[str]:
    reading = read(text)
    return [*(str(one) for question in reading.questions for one in question.problems), *map(str, reading.problems)]


CHOICE = ("三日", "五日", "七日", "十日")


@pytest.mark.parametrize(
    "text",
    [
        "1. 期限是（　）。 A.三日 B.五日 C.七日 D.十日 答案:B 解析:法定。",
        "1、期限是（　）。\nA、三日  B、五日  C、七日  D、十日\n正确答案：B\n【解析】法定。",
        "１．期限是（　）。\nＡ．三日\nＢ．五日\nＣ．七日\nＤ．十日\n答案：Ｂ\n解析：法定。",
        "第1题 期限是（　）。\n(A) 三日 (B) 五日\n(C) 七日 (D) 十日\n【答案】B\n答案解析：法定。",
        "1. 期限是（B）。\na. 三日\nb. 五日\nc. 七日\nd. 十日\n解析：法定。",
        "1. 期限是（　）。\nA 三日\nB 五日\nC 七日\nD 十日\n答案 B\n解析：法定。",
        "1. 期限是（　）。\nA.三日；B.五日；C.七日；D.十日\n参考答案：b；解析：法定。",
        "【单选题】期限是（　）。\nA：三日\nB：五日\nC：七日\nD：十日\n答案：（B）\n试题解析：法定。",
        "1. 期限是（　）。\nA.三日\tB.五日\nC.七日\tD.十日\n解析：法定。\n参考答案\n1. B",
        "一、单项选择题（每题1分，共1分）\n1.期限是（　）。\nA.三日B.五日C.七日D.十日\n答案：B\n解析：法定。",
    ],
)
def test_a_single_choice_in_ten_spellings(text):
    content = only(text)
    part = content.parts[0]
    assert (content.kind, part.options, part.key, part.explanation) == (Kind.SINGLE, CHOICE, "B", "法定。")
    assert part.stem == "期限是（　）。"


def test_a_file_in_our_own_form_says_everything():
    text = """1. 【多选】应当告知的有（　）。
A. 事实
B. 心情
C. 理由
答案：AC
解析：心情不在其内。
第二段。
依据：《中华人民共和国行政处罚法》第四十四条
领域：通用程序
事项：420102C01CF00100、420102c01cf00200
难度：较易
来源：真题回忆
编号：q000012
"""
    (question,) = read(text).questions
    assert (question.code, question.domain, question.difficulty, question.origin) == (
        "Q000012",
        "通用程序",
        2,
        "真题回忆",
    )
    assert question.items == ("420102C01CF00100", "420102C01CF00200")
    assert question.content.parts[0].explanation == "心情不在其内。\n第二段。"


@pytest.mark.parametrize(
    ("line", "key"),
    [("罚款可以当场收缴。（×）", "F"), ("应当两人执法（√）。", "T"), ("应当亮证。\n答案：正确", "T"),
     ("应当亮证。 答案:错", "F"), ("应当亮证。\nA.对\nB.错\n答案：A", "T"),
     ("应当亮证。\nA.正确 B.错误\n答案：B", "F")],
)  # fmt: skip
def test_right_or_wrong(line, key):
    content = only(f"三、判断题\n1. {line}")
    assert (content.kind, content.parts[0].key, content.parts[0].options) == (Kind.JUDGE, key, ())


def test_blanks_are_known_by_many_marks():
    content = only("四、填空题\n1. 在____日内，（ ）人到场。\n答案：五|5；两")
    assert content.parts[0].stem == "在（____）日内，（____）人到场。"
    assert content.parts[0].blanks == (("五", "5"), ("两",))


def test_a_case_needs_no_tag_where_its_parts_are_numbered():
    content = only(
        "1. 某店占道经营。\n执法人员到场。\n（1）应当先（　）。\nA.亮证\nB.罚款\n答案：A\n（2）可以一人执法。\n答案：错"
    )
    assert (content.kind, content.stem) == (Kind.GROUP, "某店占道经营。\n执法人员到场。")
    assert [(part.kind, part.key) for part in content.parts] == [(Kind.SINGLE, "A"), (Kind.JUDGE, "F")]


def test_a_short_answer_keeps_its_paragraphs_and_points():
    content = only("1.【简答】简述程序。\n答案：先立案。\n再调查。\n要点：立案（40%）；调查（60%）")
    assert (content.parts[0].key, [one.percent for one in content.parts[0].points]) == ("先立案。\n再调查。", [40, 60])


def test_a_list_inside_an_explanation_is_no_question_and_is_mentioned():
    reading = read("1. 甲。（√）\n解析：有两点：\n1. 第一点\n2. 第二点\n2. 乙。（×）")
    assert [one.content.parts[0].stem for one in reading.questions] == ["甲。", "乙。"]
    assert reading.questions[0].content.parts[0].explanation == "有两点：\n1. 第一点\n2. 第二点"
    assert [one.line for one in reading.remarks] == [3, 4]


BLOCK = """一、单选题
1. 甲（　）
A.一 B.二 C.三
2. 乙（　）
A.一
B.二
二、多选题
1. 丙（　）
A.一 B.二 C.三
三、判断题
1. 丁。
2. 戊。
四、简答题
1. 己
参考答案
一、单选题
1-2 CA
二、多选题
1、AB
三、判断题
1-2：√×
四、简答题
1. 先说明
再告知。解析：程序法定。
"""


def test_answers_at_the_end_find_their_questions_section_by_section():
    reading = read(BLOCK)
    assert faults(BLOCK) == []
    keys = [one.content.parts[0].key for one in reading.questions]
    assert keys == ["C", "A", "AB", "T", "F", "先说明\n再告知。"]
    assert reading.questions[-1].content.parts[0].explanation == "程序法定。"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("1-3 AB", "第 7 行第 1-3 题有 3 道，答案有 2 个；请补齐。"),
        ("1.A 2.B 3.C", "第 7 行参考答案第 3 题没有对应的题目。"),
        ("见附件", "第 4 行答案“见附件”不是选项字母；请填写如 B 或 ABD。"),
        ("一、单选题\n见附件", "第 8 行参考答案中的“见附件”读不出题号和答案。"),
    ],
)
def test_answers_at_the_end_that_fit_no_question_are_named(block, said):
    assert said in faults(f"1.甲（　）\nA.一\nB.二\n2.乙（　）\nA.一 B.二\n参考答案：\n{block}")


def test_an_answer_in_both_places_must_be_the_same():
    text = "1.甲（A）\nA.一\nB.二\n答案：A\n参考答案\n1.B"
    assert "第 1 行题内答案“A”与文末参考答案“B”不同；请核对。" in faults(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. 甲（　）\nA.一\nB.二", "第 1 行没有答案；请填写正确选项的字母。"),
        ("1. 甲（　）\nA.一\nB.二\n答案：D", "第 1 行答案“D”中的 D 没有对应的选项。"),
        ("1. 甲（　）\nA.一\nB.一\n答案：A", "第 1 行有两个相同的选项；请改写其中一个。"),
        ("1. 甲（　）\nA.一\nC.二\n答案：A", "第 1 行选项字母依次是“AC”；请从 A 起连续编排，最多到 H。"),
        ("1.【单选】甲（　）\nA.一\nB.二\n答案：AB", "第 1 行单选题只能有一个答案，现在是“AB”；请改答案或改为多选题。"),
        ("1.【连线】甲", "第 1 行不认识的题型“连线”；请写单选、多选、判断、填空、简答、改错、案例之一。"),
        ("1. 甲。（√）\n难度：很怪", "第 2 行「难度」是“很怪”；请填写 1（容易）至 5（困难）。"),
        ("1. 甲。（√）\n难度：2\n又一行", "第 3 行不知道“又一行”属于哪一项；请删除，或者接在解析之后。"),
        ("1. 甲。\n答案：对\n答案：错", "第 3 行“答案”写了两次；请合并，或在新的一题前写题号。"),
        ("1.【判断】甲。\n答案：不知道", "第 1 行答案“不知道”看不出对错；判断题的答案请填写“对”或“错”。"),
        ("1.【改错】甲\n文书：\n限{三十日=>十五日内。\n文书完",
         "第 1 行文书第 1 行的“{”不成对或缺少“=>”；请写成 {错误文字=>正确文字}。"),
        ("1.【改错】甲\n文书：\n限{三十日=>十五日}内。\n解析：乙",
         "第 2 行文书没有结束；请在文书最后一行之后写“文书完”。"),
        ("1.【案例】甲\n答案：乙\n（1）丙。（√）", "第 2 行案例题的“答案”请写在各小题下面，不要写在案情之后。"),
        ("1.【简答】甲\n答案：乙\n要点：丙", "第 1 行评分要点“丙”没有写比例；请写成：责令改正（30%）；罚款（70%）。"),
        ("1.【判断】甲\nA.一\nB.二\n答案：对", "第 1 行判断题不应有选项；请改题型或删除选项。"),
        ("1.【案例】甲\n（1）乙（　）\nA.一\nB.二", "第 2 行第 1 小题没有答案；请填写正确选项的字母。"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line_and_how_to_mend_it(text, said):
    """Complaint 43: an option without "is correct" is accepted and crashes in the exam."""
    assert said in faults(text)


def test_lines_that_belong_to_no_question_are_reported():
    reading = read("江城区题库\n# 注释\n\n1. 甲。（√）")
    assert [str(one) for one in reading.remarks] == [
        "第 1 行“江城区题库”不属于任何一题，没有导入。",
        "第 2 行以 # 开头的注释 1 行，没有导入。",
    ]


def test_every_word_of_a_file_is_in_a_question_or_in_the_report():
    reading = read(BLOCK)
    words = "".join(one.content.words() for one in reading.questions)
    assert all(word in words for word in "甲乙丙丁戊己") and not reading.problems


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gbk", "utf-16", "gb18030"])
def test_the_charsets_of_chinese_offices_are_told_apart(charset):
    (question,) = plain_text.read("1. 应当出示执法证件。（√）".encode(charset), "题.txt").questions
    assert question.content.parts[0].stem == "应当出示执法证件。"
