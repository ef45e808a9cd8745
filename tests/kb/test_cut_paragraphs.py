"""款 that the public package cut where a page of print ended are whole again; nothing else is joined, nothing lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.importers.cut_paragraphs import KNOWN, mend
from kb.importers.statute_wheel import Statute, StatuteArticle
from kb.importers.statutes import as_source, import_statutes
from kb.models import Provision
from kb.parser import parse_regulation
from tests.kb.test_statutes import statutes, wheel  # noqa: F401  fixtures of the real package

CUT = "街道办事处应当会同有关部门制定巡查计划，并按照计划对辖区内的排水"
REST = "设施进行检查，发现损坏的，及时通知养护单位修复。"
WHOLE = "养护单位应当在接到通知之日起三日内完成修复。"


def law(*lines: str, label: str = "第二条", title: str = "江城市排水法") -> Statute:
    """A law whose middle article has these lines."""
    parts = (
        ("第一条", "为了规范排水，制定本法。"),
        (label, "\n".join(lines)),
        ("第九条", "本法自2026年1月1日起施行。"),
    )
    articles = tuple(StatuteArticle(number, text, "", "") for number, text in parts)
    return Statute("x", title, "法律", "", "2025-12-01", "", "现行有效", articles)


def mended(*lines: str, **said: str) -> list[str]:
    return mend(law(*lines, **said))[0].articles[1].text.split("\n")


def test_a_sentence_cut_by_a_page_is_one_paragraph_again():
    assert mended(CUT, REST, WHOLE) == [CUT + REST, WHOLE]
    assert mended(WHOLE, CUT, REST) == [WHOLE, CUT + REST]


def test_a_sentence_cut_twice_is_one_paragraph_too():
    middle = "管网、泵站、调蓄池以及其他附属设施的运行状况进行检查，做好记"
    assert mended(CUT, middle, "录，并妥善保存。", WHOLE) == [CUT + middle + "录，并妥善保存。", WHOLE]


def test_a_cut_after_a_comma_is_one_as_well():
    assert mended(f"{CUT}管网，", REST) == [f"{CUT}管网，{REST}"]


@pytest.mark.parametrize(
    "lines",
    [
        (WHOLE, WHOLE),
        (f"{CUT}设施下列事项：", "（一）位置、数量和完好情况；", "（二）养护记录。"),
        (CUT, "（一）位置、数量和完好情况；"),
        (CUT, "二、排水设施的养护应当遵守下列规定。"),
        (CUT, "第三章 养护"),
        (CUT, "附件：排水设施名录。"),
        (CUT, "排水设施名录"),
        ("主任，", "副主任若干人，", "委员若干人。"),
        ("（三）街道办事处排水设施巡查计划的制定、公布和备案", "前款所称备案，是指事后备案。"),
        ("街道办事处排水设施巡查人员等级和服装标志样式 | 三级", "巡查人员佩戴标志上岗。"),
        ("巡查人员的等级按照从事排水设施巡查工作的年限确定为第1", "级的，佩戴一级标志。"),
        ("第三节 街道办事处排水设施的巡查、养护和应急处置", "巡查人员应当佩戴标志上岗。"),
        (f"{CUT}”", "前款规定自公布之日起施行。"),
    ],
)
def test_what_is_not_certain_stays_as_it_is(lines):
    """Lists, headings, tables, numbered lines, quotations, short lines: a wrong joint would move every 款 after it."""
    assert mended(*lines) == list(lines)


def test_the_last_article_is_left_alone_for_it_may_hold_tables():
    statute = law(WHOLE)
    last = replace(statute.articles[-1], text=f"{CUT}\n{REST}")
    assert mend(replace(statute, articles=(*statute.articles[:-1], last)))[1] == ()


def test_parts_of_decisions_are_left_alone():
    assert mended(CUT, REST, label="条目二") == [CUT, REST]


def test_a_place_known_from_a_second_edition_is_joined_though_the_page_ended_with_a_sentence(monkeypatch):
    monkeypatch.setitem(KNOWN, ("江城市排水法", "2025-12-01"), {"第二条": 1})
    assert mended(WHOLE, REST, WHOLE) == [WHOLE + REST, WHOLE]


pieces = st.text(st.sampled_from("市排水设施一二（）、，。；：第章条附|“”1 "), max_size=30)


@given(st.lists(pieces, max_size=6))
def test_no_character_is_lost_whatever_the_lines(lines):
    statute = law(*lines)
    whole, joints = mend(statute)
    assert "".join(whole.articles[1].text.split()) == "".join(statute.articles[1].text.split())
    before = [line for line in statute.articles[1].text.split("\n") if line.strip()]
    after = [line for line in whole.articles[1].text.split("\n") if line.strip()]
    assert len(before) - len(after) == len(joints)


@pytest.mark.django_db
def test_the_import_has_the_right_paragraphs_tells_what_it_joined_and_keeps_the_original():
    report = import_statutes([law(CUT, REST, WHOLE)])
    rows = Provision.objects.filter(key__startswith="2.p").order_by("position")
    assert [row.text for row in rows] == [CUT + REST, WHOLE]
    assert report.joined == ["江城市排水法：被分页截断的款已接上：第二条“…划对辖区内的排水”+“设施进行检查，发…”"]
    source = rows[0].version.source_text
    assert f"{CUT}\n{REST}" in source.body
    assert import_statutes([law(CUT, REST, WHOLE)]).actions["没有变化"] == 1


@pytest.mark.django_db
def test_a_site_that_has_the_cut_text_gets_the_whole_one_by_importing_again(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("kb.importers.statutes.mend", lambda statute: (statute, ()))
        import_statutes([law(CUT, REST, WHOLE)])
    report = import_statutes([law(CUT, REST, WHOLE)])
    assert report.actions["更新文本"] == 1
    assert Provision.objects.filter(key__startswith="2.p").count() == 2


def test_in_the_real_package_a_hundred_paragraphs_of_the_code_are_whole_again(statutes):  # noqa: F811
    """Read one by one when the rule was made; the package is pinned, so a new joint would be a new rule."""
    found = {statute.title: mend(statute)[1] for statute in statutes}
    assert {title: len(joints) for title, joints in found.items() if joints} == {
        "中华人民共和国生态环境法典": 108,
        "中华人民共和国居民身份证法": 1,
    }


@pytest.mark.parametrize(("article", "paragraphs"), [("518", 2), ("1055", 1), ("1131", 4), ("1205", 1), ("806", 4)])
def test_articles_of_the_code_have_the_paragraphs_that_the_law_has(statutes, article, paragraphs):  # noqa: F811
    code = next(statute for statute in statutes if statute.title.endswith("生态环境法典"))
    keys = {node.key for node in parse_regulation(as_source(code)).nodes}
    assert f"{article}.p{paragraphs + 1}" not in keys
    assert f"{article}.p{paragraphs}" in keys or paragraphs == 1
