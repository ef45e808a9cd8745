"""GIFT, Aiken and Moodle XML as other systems write them: read, or named with the line and the way out.

Complaints 40 (own export cannot be imported), 41 (fields lost), 45 (a gap becomes an essay, the credit rule is lost).
"""

import pytest

from exams.content import Kind
from exams.exchange import aiken, gift, moodle_xml
from exams.exchange.formats import detected
from exams.exchange.values import Reading, UnreadableFile


def in_gift(text: str) -> Reading:
    return gift.read(text.encode(), "题.gift")


def in_aiken(text: str) -> Reading:
    return aiken.read(text.encode(), "题.txt")


def in_xml(*questions: str) -> Reading:
    return moodle_xml.read(f"<?xml version='1.0'?><quiz>{''.join(questions)}</quiz>".encode(), "题.xml")


def faults(reading: Reading) -> list[str]:
    return [*(str(one) for question in reading.questions for one in question.problems), *map(str, reading.problems)]


def only(reading: Reading):
    assert faults(reading) == []
    (question,) = reading.questions
    return question.content.parts[0]


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("::名::期限是？{~三日 =五日#对 ~七日}", Kind.SINGLE, "B"),
        ("告知{~%50%事实 ~%-100%心情 ~%50%理由}", Kind.MULTIPLE, "AC"),
        ("应当亮证。{T}", Kind.JUDGE, "T"),
        ("一人执法。{FALSE#不行#对了}", Kind.JUDGE, "F"),
        ("说明程序。{}", Kind.SHORT, ""),
    ],
)
def test_gift_as_moodle_writes_it(text, kind, key):
    (question,) = in_gift(text).questions
    part = question.content.parts[0]
    assert (part.kind, part.key) == (kind, key)


def test_gift_blanks_at_the_end_and_in_the_middle():
    assert only(in_gift("听证期限是{=五日 =5日}")).blanks == (("五日", "5日"),)
    middle = only(in_gift("应当在{=五日 =5日}内提出。"))
    assert (middle.stem, middle.kind) == ("应当在（____）内提出。", Kind.FILL)


def test_gift_escapes_comments_categories_and_empty_lines_inside_braces():
    text = "// 依据：《某法》第一条\n$CATEGORY: $course$/top/油烟污染\n\n[html]甲 \\= 乙<br>第二行{\n=是\\{\n\n~否\n}\n"
    (question,) = in_gift(text).questions
    part = question.content.parts[0]
    assert (part.stem, part.options, question.domain) == ("甲 = 乙\n第二行", ("是{", "否"), "油烟污染")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n甲{=一 ~二\n\n乙{T}", "第 2 行大括号没有成对；请检查 { 和 }，题干里的大括号请写成 \\{ 和 \\}。"),
        ("甲乙丙", "第 1 行没有答案部分；请用 {……} 写出答案。"),
        ("甲{=一 -> 二 =三 -> 四}", "第 1 行匹配题不能导入；请改为单选题或多选题。"),
        ("甲{#3:1}", "第 1 行数值题不能导入；请改为填空题，如 {=3}。"),
        ("甲{一 二}", "第 1 行答案“一 二”前面没有 = 或 ~；正确选项写 =，错误选项写 ~。"),
        ("甲{=一 ~%50%二}", "第 1 行单选题有得部分分数的选项；请只留一个正确选项。"),
        ("甲{=一 =%50%二}", "第 1 行填空题有只得部分分数的答案；请删除，或改为满分答案。"),
        ("甲{~一 ~二}", "第 1 行没有答案；请填写正确选项的字母。"),
    ],
)
def test_faults_of_gift_are_named_with_their_line(text, said):
    assert said in faults(in_gift(text))


def test_a_credit_rule_that_cannot_be_taken_is_mentioned():
    """Complaint 45."""
    reading = in_gift("甲{~%70%一 ~%30%二 ~%-100%三}")
    assert "各正确选项的分值不同" in str(reading.remarks[0])


def test_aiken_as_it_is_written():
    part = only(in_aiken("期限是（　）。\nA) 三日\nB) 五日\nANSWER: B\n"))
    assert (part.kind, part.options, part.key) == (Kind.SINGLE, ("三日", "五日"), "B")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲\nA. 一\nB. 二\n\n乙\nA. 一\nB. 二\nANSWER: A", "第 1 行没有答案；请填写正确选项的字母。"),
        ("甲\nA. 一\nB. 二\nANSWER: E", "第 1 行答案“E”中的 E 没有对应的选项。"),
        ("甲\nANSWER: A", "第 1 行有 0 个选项；请填写 2 至 8 个选项。"),
        ("A. 一\nB. 二\nANSWER: A", "第 1 行题干为空；请填写题干。"),
    ],
)
def test_faults_of_aiken_are_named_with_their_line(text, said):
    assert said in faults(in_aiken(text))


def xml(kind: str, inside: str, stem: str = "<p>甲&nbsp;乙</p><p>第二段</p>") -> str:
    text = f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>'
    return f'<question type="{kind}">{text}{inside}</question>'


def answer(text: str, fraction: str = "100") -> str:
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text><feedback><text/></feedback></answer>'


def test_moodle_xml_of_every_kind_that_we_have():
    reading = in_xml(
        '<question type="category"><category><text>$course$/top/通用程序</text></category></question>',
        xml("multichoice", f"<single>true</single>{answer('三日', '0')}{answer('&lt;b&gt;五日&lt;/b&gt;')}"),
        xml("multichoice", f"<single>false</single>{answer('一', '50')}{answer('二', '-50')}{answer('三', '50')}"),
        xml("truefalse", f"{answer('true', '0')}{answer('false')}"),
        xml("shortanswer", f"{answer('五日')}{answer('5日')}"),
        xml("essay", "<graderinfo format='html'><text>先立案</text></graderinfo>"),
        xml("cloze", "", "在{1:SHORTANSWER:=五~=5}日内，{1:SA:=两}人到场。"),
    )
    assert faults(reading) == []
    parts = [one.content.parts[0] for one in reading.questions]
    assert [one.kind.value for one in parts] == ["single", "multiple", "judge", "fill", "short", "fill"]
    assert [one.key for one in parts] == ["B", "AC", "F", "", "先立案", ""]
    assert (parts[0].stem, parts[0].options) == ("甲 乙\n第二段", ("三日", "五日"))
    assert parts[5].stem == "在（____）日内，（____）人到场。" and parts[5].blanks == (("五", "5"), ("两",))
    assert {one.domain for one in reading.questions} == {"通用程序"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (xml("matching", ""), "匹配题不能导入；请改为单选、多选、判断、填空或简答题。"),
        (xml("numerical", answer("3")), "数值题不能导入"),
        (xml("cloze", "", "选{1:MULTICHOICE:=一~二}"), "完形题中的 MULTICHOICE 空不能导入"),
        (xml("multichoice", f"<single>true</single>{answer('一', '60')}{answer('二', '40')}"), "得部分分数的选项"),
        (xml("shortanswer", answer("五*")), "通配符 *"),
        (xml("multichoice", f"<single>true</single>{answer('一', '0')}{answer('二', '0')}"), "没有答案"),
        (xml("description", ""), "这是说明文字，不是题目"),
    ],
)
def test_faults_of_moodle_xml_are_named(question, said):
    assert any(one.startswith("第 1 行") and said in one for one in faults(in_xml(question)))


def test_pictures_and_scripts_do_not_come_along_unsaid():
    stem = '看图<img src="@@PLUGINFILE@@/a.png"/><script>alert(1)</script>回答'
    reading = in_xml(xml("truefalse", answer("true"), stem))
    assert reading.questions[0].content.parts[0].stem == "看图回答"
    assert "图片" in str(reading.remarks[0]) and "脚本" in str(reading.remarks[1])


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>', "外部定义"),
        ('<!DOCTYPE q [<!ENTITY a "b">]><quiz/>'.encode("utf-16"), "外部定义"),
        (b"<quiz><question></quiz>", "第 1 行起不是完整的 XML"),
        (b"<html/>", "不是 Moodle 的试题文件"),
    ],
)
def test_xml_that_is_none_of_moodles_is_refused(raw, said):
    with pytest.raises(UnreadableFile, match=said):
        moodle_xml.read(raw, "题.xml")


def test_text_files_are_told_apart():
    assert detected("期限{=五日 ~三日}".encode(), "a.txt") == "gift"
    assert detected("期限\nA. 三日\nB. 五日\nANSWER: B\n".encode(), "a.txt") == "aiken"
    assert detected("1.【改错】甲\n文书：\n限{三十日=>十五日}内。\n文书完\n".encode(), "a.txt") == "text"
