"""Official documents, amending decisions and standards, as our own invented texts."""

from kb.parser import Kind, parse_text

NOTICE = """江政办〔2023〕8号

各街道办事处,区人民政府各部门:
《江城区夜市管理实施意见》已经区政府同意,现印发给你们,请认真执行。
江城区人民政府办公室
2023年4月6日
江城区夜市管理
实施意见
为规范夜市,制定本意见。
一、总体要求
坚持便民。
二、工作任务
(一)划定区域。由街道提出,区城管局确定。
(二)压实责任
1.街道负责巡查。
2.区城管局负责指导:
(1)每月一次;
(2)及时通报。
三、附则
本意见自2023年5月1日起施行。
附件:夜市点位表
抄送:区委各部门。
"""


def keys(parsed):
    return [n.key for n in parsed.nodes]


def node(parsed, key):
    return next(n for n in parsed.nodes if n.key == key)


def test_levels_of_a_document_nest():
    parsed = parse_text(NOTICE)
    assert {"一", "一.p1", "二/一", "二/二/2", "二/二/2/1", "三.p1"} <= set(keys(parsed))
    assert node(parsed, "二/一").heading == "划定区域。"
    assert node(parsed, "二/二/2/1").kind is Kind.LEVEL4


def test_a_notice_without_a_heading_takes_the_name_it_passes_on():
    parsed = parse_text(NOTICE)
    assert parsed.title == "江城区夜市管理实施意见"
    assert [n.heading for n in parsed.nodes if n.kind is Kind.TITLE_LINE] == ["江城区夜市管理", "实施意见"]
    assert parsed.doc_number == "江政办〔2023〕8号"


def test_colophons_and_attachments_are_told_apart():
    parsed = parse_text(NOTICE)
    assert node(parsed, "col").text == "江城区人民政府办公室\n2023年4月6日"
    assert node(parsed, "att1").heading == "夜市点位表"
    assert node(parsed, "col2").text == "抄送:区委各部门。"


def test_page_numbers_inside_sentences_are_taken_out_and_reported():
    text = (
        "# 某通知\n一、要求\n(一)各单位要密切配合、 — 2 —\n\n主动作为。\n"
        "(二)形成监管合—4—\n\n力,确保落实到位。\n(三)成立协调 -6小组。\n"
    )
    parsed = parse_text(text)
    assert [n.text for n in parsed.nodes if n.kind is Kind.LEVEL2] == [
        "各单位要密切配合、主动作为。",
        "形成监管合力,确保落实到位。",
        "成立协调小组。",
    ]
    assert [n.line for n in parsed.notes if n.code == "page_number"] == [3, 6, 9]


def test_the_furniture_of_a_web_page_is_reported_line_by_line():
    text = "您现在的位置: 首页 > 法治\n江城经验材料\n字体:[大] [中]\n一、做法\n加强指导。\n关注江城公众号\n}); }\n"
    parsed = parse_text(text)
    assert parsed.title == "江城经验材料"
    assert [n.line for n in parsed.notes if n.code == "navigation"] == [1, 3, 6, 7]
    assert keys(parsed) == ["一", "一.p1"]


def test_quoted_articles_are_not_articles_of_the_decision():
    text = (
        "关于修改《江城区绿化办法》的决定\n"
        "一、将第三条修改为：“第三条 绿地由街道养护。\n"
        "“第四条 养护经费列入预算。”\n"
        "二、删去第五条。\n"
        "本决定自公布之日起施行。\n"
    )
    parsed = parse_text(text)
    assert not parsed.articles
    assert parsed.is_amending
    assert "第四条 养护经费列入预算。" in node(parsed, "一").text


def test_articles_quoted_without_marks_belong_to_the_amendment():
    text = (
        "江城宪章修正案（2018年）\n第三十二条 增加一节。内容如下：\n第七节 监察\n"
        "第一百二十三条 设立监察办。\n第三十三条 删去第九条。\n"
    )
    parsed = parse_text(text)
    assert [n.key for n in parsed.articles] == ["32", "33"]
    assert not [n for n in parsed.notes if n.code == "article_gap"]


def test_a_law_reprinted_after_the_decision_is_its_attachment():
    text = (
        "关于修改《江城区绿化办法》的决定\n一、删去第二条。\n本决定自公布之日起施行。\n"
        "江城区绿化办法\n第一条 为了绿化。\n第二条 由区园林局负责。\n"
    )
    parsed = parse_text(text)
    assert node(parsed, "att1").heading == "江城区绿化办法"
    assert [n.key for n in parsed.nodes if n.kind is Kind.ARTICLE] == ["att1/1", "att1/2"]


def test_clauses_of_a_standard():
    text = (
        "DB42/T 100-2023 街区标识规范\n1 范围\n本文件规定了标识。\n2 术语\n2.1 标识\n指示方向的牌子。\n"
        "3 要求\n3.1 尺寸\n3.1.1 高度不超过三米。\n"
    )
    parsed = parse_text(text)
    assert parsed.level == "standard"
    assert node(parsed, "3.1.1").parent == "3.1"
    assert node(parsed, "2.1.p1").text == "指示方向的牌子。"


def test_a_list_that_starts_again_hangs_on_the_line_above_it():
    text = "某办法\n第一条 目录见附表。\n附表\n药品目录\n第一类\n1．甲\n2．乙\n第二类\n1．丙\n2．丁\n"
    parsed = parse_text(text)
    assert [n.text for n in parsed.nodes if n.parent == "att1.p2"] == ["丙", "丁"]
    assert not [n for n in parsed.notes if n.code == "number_repeated"]
