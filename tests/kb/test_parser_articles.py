"""Statutes: 编章节条款项目, as our own invented texts."""

from kb.parser import Kind, parse_text

LAW = """# 江城区街区秩序办法

2021年3月1日 江城区人民政府发布

<!-- INFO END -->

## 第一章 总则

**第一条**　为了维护街区秩序，制定本办法。

**第二条**　本办法适用于街区。

前款所称街区，包括：

（一）道路；

（二）广场，其中：

1.市民广场；

2.车站广场。

## 第二章 罚则

第三条 违反本办法的，处一百元罚款。

第三条之一 逾期不改的，处二百元罚款。

第四条 本办法自2021年5月1日起施行。
"""


def keys(parsed, kind=None):
    return [n.key for n in parsed.nodes if kind is None or n.kind is kind]


def node(parsed, key):
    return next(n for n in parsed.nodes if n.key == key)


def test_structure_gets_its_keys():
    parsed = parse_text(LAW)
    assert keys(parsed, Kind.CHAPTER) == ["c1", "c2"]
    assert keys(parsed, Kind.ARTICLE) == ["1", "2", "3", "3-1", "4"]
    assert node(parsed, "c2").heading == "罚则"
    assert node(parsed, "3-1").label == "第三条之一"


def test_items_hang_on_the_paragraph_before_them():
    parsed = parse_text(LAW)
    assert node(parsed, "2.p2.i2").parent == "2.p2"
    assert node(parsed, "2.p2.i2.s1").text == "市民广场；"
    assert node(parsed, "2.p2.i2.s1").label == "1."
    assert node(parsed, "2").parent == "c1"


def test_a_law_without_chapters_and_marks_is_read_the_same():
    parsed = parse_text("江城区小规定\n第一条为了秩序，制定本规定。\n第二条：本规定由区司法局解释。\n")
    assert parsed.title == "江城区小规定"
    assert keys(parsed, Kind.ARTICLE) == ["1", "2"]
    assert node(parsed, "1.p1").text == "为了秩序，制定本规定。"


def test_a_paragraph_that_begins_with_a_reference_is_no_article():
    text = "某办法\n第一条 甲应当登记。\n第二条 乙应当备案。\n第三条规定的情形，依照本法处理。\n第三条 丙应当报告。\n"
    parsed = parse_text(text)
    assert keys(parsed, Kind.ARTICLE) == ["1", "2", "3"]
    assert node(parsed, "2.p2").text == "第三条规定的情形，依照本法处理。"


def test_a_list_of_references_is_no_item():
    parsed = parse_text("某办法\n第一条 有下列情形的：\n（一）甲；\n（二）乙。\n（一）、（二）项所列情形，从重处理。\n")
    assert node(parsed, "1.p2").text.startswith("（一）、（二）项")


def test_brackets_digits_and_blanks_of_either_width():
    parsed = parse_text("某办法\n第 一 条　有下列情形：\n(一) 甲；\n（ 二 ）乙。\n第２条　丙。\n")
    assert keys(parsed) == ["1", "1.p1", "1.p1.i1", "1.p1.i2", "2", "2.p1"]


def test_an_item_that_goes_on_below_its_line_keeps_its_text():
    parsed = parse_text("某办法\n第一条 下列情形：\n（一）甲。\n甲的说明。\n（二）乙。\n乙之后的一款。\n")
    assert node(parsed, "1.p1.i1").text == "甲。\n甲的说明。"
    assert node(parsed, "1.p2").text == "乙之后的一款。"


def test_books_number_their_chapters_anew():
    text = (
        "# 江城法典\n## 第一编 总则\n### 第一章 甲\n第一条 一。\n"
        "## 第二编 分则\n### 第一分编 乙\n#### 第一章 丙\n##### 第一节 丁\n第二条 二。\n"
    )
    parsed = parse_text(text)
    assert keys(parsed)[:2] == ["b1", "b1.c1"]
    assert "b2.sb1.c1.s1" in keys(parsed)
    assert node(parsed, "2").parent == "b2.sb1.c1.s1"


def test_a_chapter_name_on_the_next_line():
    parsed = parse_text("# 某法\n## 第一章\n总 则\n第一条 甲。\n")
    assert node(parsed, "c1").heading == "总 则"


def test_headings_of_articles_are_kept_apart():
    parsed = parse_text("某条例\n第一条【立法目的】为了秩序。\n第二条 【适用范围】 本条例适用于江城。\n")
    assert (node(parsed, "1").heading, node(parsed, "1.p1").text) == ("【立法目的】", "为了秩序。")


def test_a_chapter_squeezed_into_one_line_is_taken_apart_and_reported():
    parsed = parse_text("某规则\n第一条 甲。 甲之二。 第二条 乙。 （一）子；（二）丑。 第三条 丙。\n")
    assert keys(parsed, Kind.ARTICLE) == ["1", "2", "3"]
    assert [n.code for n in parsed.notes if n.code == "flattened"]


def test_gaps_are_named_with_their_line():
    parsed = parse_text("某办法\n第一条 甲。\n第四条 丁。\n")
    [gap] = [n for n in parsed.notes if n.code == "article_gap"]
    assert gap.line == 3
    assert "第 2 条至第 3 条" in gap.message


def test_contents_are_no_chapters():
    text = "某条例\n目  录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    parsed = parse_text(text)
    assert keys(parsed, Kind.CHAPTER) == ["c1", "c2"]
    assert node(parsed, "toc1").text == "第一章 总则\n第二章 附则"


def test_a_preamble_and_its_paragraphs():
    parsed = parse_text(
        "# 江城宪章\n## 序言\n江城有悠久的历史。\n江城人民热爱劳动。\n## 第一章 总纲\n第一条 江城是一座城。\n"
    )
    assert node(parsed, "pre").heading == "序言"
    assert node(parsed, "pre.p2").text == "江城人民热爱劳动。"


def test_attachments_number_their_own_provisions():
    text = "某办法\n第一条 甲。\n附件1：\n收费标准\n一、每次十元。\n附件2\n第一条 表格式样。\n项目\t金额\n停车\t5\n"
    parsed = parse_text(text)
    assert keys(parsed, Kind.ARTICLE) == ["1", "att2/1"]
    assert [n.key for n in parsed.articles] == ["1"]
    assert node(parsed, "att1").heading == "收费标准"
    assert node(parsed, "att2/tab1").text == "项目\t金额\n停车\t5"


def test_markdown_tables_lose_their_rules_only():
    parsed = parse_text("某办法\n第一条 标准如下：\n| 项目 | 金额 |\n|---|---:|\n| 停车 | 5元 |\n")
    assert node(parsed, "tab1").text == "项目\t金额\n停车\t5元"
