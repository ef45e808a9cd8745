"""Dates of a version: from the 题注, from the closing article, or assumed and marked."""

import datetime as dt

import pytest

from kb.parser import VersionKind, parse_text


def dates_of(history: str, closing: str = "第二条 本办法由区司法局解释。", filename: str = ""):
    return parse_text(f"# 某办法\n\n{history}\n\n<!-- INFO END -->\n\n第一条 甲。\n\n{closing}\n", filename).dates


def test_the_closing_article_gives_the_day():
    dates = dates_of("2008年10月1日 江城区人民政府令第3号公布", "第二条 本办法自二〇〇九年一月一日起施行。")
    assert (dates.promulgated_on, dates.effective_from) == (dt.date(2008, 10, 1), dt.date(2009, 1, 1))
    assert dates.verified


def test_the_history_note_gives_the_day():
    dates = dates_of("2008年10月1日 某部发布\n\n2009年1月1日 施行")
    assert dates.effective_from == dt.date(2009, 1, 1)
    assert dates.verified


@pytest.mark.parametrize("words", ["公布", "发布"])
def test_effect_on_publication(words):
    dates = dates_of("2008年10月1日 某部发布", f"第二条 本办法自{words}之日起施行。")
    assert dates.effective_from == dt.date(2008, 10, 1)
    assert dates.verified


def test_days_after_publication_are_counted_and_left_to_be_checked():
    dates = dates_of("2021年3月1日 某部发布", "第二条 本办法自公布之日起30日后施行。")
    assert dates.effective_from == dt.date(2021, 3, 31)
    assert not dates.verified


def test_an_amendment_does_not_begin_on_the_first_day_of_the_law():
    history = (
        "1996年3月17日第八届全国人民代表大会第四次会议通过\n"
        "根据2017年9月1日第十二届全国人民代表大会常务委员会会议《关于修改〈甲法〉等八部法律的决定》修正"
    )
    dates = dates_of(history, "第二条 本法自1996年10月1日起施行。")
    assert dates.kind is VersionKind.AMENDED
    assert dates.effective_from == dt.date(2017, 9, 1)
    assert not dates.verified


def test_a_revision_of_the_whole_text_does():
    history = "1996年3月17日全国人民代表大会通过\n2021年1月22日全国人民代表大会常务委员会修订"
    dates = dates_of(history, "第二条 本法自2021年7月15日起施行。")
    assert (dates.kind, dates.effective_from, dates.verified) == (VersionKind.REVISED, dt.date(2021, 7, 15), True)


def test_a_meeting_of_the_state_council_is_not_the_publication():
    dates = dates_of("2020年12月14日 国务院第118次常务会议修订通过", filename="某规定(2020-12-28).md")
    assert (dates.passed_on, dates.promulgated_on) == (dt.date(2020, 12, 14), dt.date(2020, 12, 28))


def test_the_text_outranks_the_file_name():
    dates = dates_of("2018年9月28日 某部公布", filename="某办法(2018-09-18).md")
    assert dates.promulgated_on == dt.date(2018, 9, 28)


def test_a_file_name_long_after_the_history_note_tells_of_a_later_amendment():
    dates = dates_of("2010年4月8日 国务院令第573号公布", "第二条 本条例自2010年6月1日起施行。", "某条例(2018-03-19).md")
    assert (dates.kind, dates.promulgated_on) == (VersionKind.AMENDED, dt.date(2018, 3, 19))
    assert not dates.verified


def test_no_date_at_all_is_said():
    parsed = parse_text("某办法\n第一条 甲。\n")
    assert parsed.dates.effective_from is None
    assert "no_dates" in [n.code for n in parsed.notes]


def test_a_date_that_does_not_exist_is_none():
    assert dates_of("2021年2月30日 某部公布").promulgated_on is None


def test_a_history_note_that_wraps_stays_whole():
    history = "（2000年1月1日通过　根据2010年1月1日《关于修改〈某法〉第三十条\n第三十一条的决定》第一次修正）"
    text = f"# 某法\n\n{history}\n\n第一条 甲。\n"
    parsed = parse_text(text)
    assert [n.key for n in parsed.articles] == ["1"]
    assert len(parsed.history) == 2


@pytest.mark.parametrize(
    ("history", "title", "level"),
    [
        ("2020年1月1日第十三届全国人民代表大会常务委员会第一次会议通过", "中华人民共和国某法", "law"),
        ("2020年1月1日 中华人民共和国国务院令第700号公布", "某条例", "admin_regulation"),
        ("2020年1月1日 住房和城乡建设部令第7号公布", "某办法", "department_rule"),
        ("2020年1月1日湖北省第十三届人民代表大会常务委员会第一次会议通过", "湖北省某条例", "local_regulation"),
        ("2020年1月1日武汉市人民政府令第300号公布", "武汉市某办法", "local_rule"),
        ("2020年1月1日最高人民法院审判委员会第1次会议通过", "关于某案件适用法律问题的解释", "judicial"),
    ],
)
def test_the_level_is_read_from_the_history_note(history, title, level):
    parsed = parse_text(f"# {title}\n\n{history}\n\n<!-- INFO END -->\n\n第一条 甲。\n")
    assert parsed.level == level


def test_issuers_in_their_order():
    parsed = parse_text("# 某办法\n\n2020年1月1日 公安部、交通运输部令第7号公布\n\n<!-- INFO END -->\n\n第一条 甲。\n")
    assert parsed.issuers == ("公安部", "交通运输部")
