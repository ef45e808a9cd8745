from search.highlight import SNIPPET_LENGTH, highlighted, snippet, spans


def test_the_original_text_is_marked_not_its_tokens():
    assert (
        highlighted("擅自佔用城市道路，ＡＢ型", ["占用", "ab"]) == "擅自<mark>佔用</mark>城市道路，<mark>ＡＢ</mark>型"
    )


def test_characters_that_unfold_keep_their_place():
    assert spans("㈠占道经营", ["占道"]) == [(1, 3)]


def test_overlapping_words_are_marked_once():
    assert highlighted("占道经营的", ["占道", "道经", "占道经营"]) == "<mark>占道经营</mark>的"


def test_markup_in_a_text_is_shown_as_text():
    assert highlighted("<b>占道</b>", ["占道"]) == "&lt;b&gt;<mark>占道</mark>&lt;/b&gt;"


def test_a_snippet_begins_with_a_clause_and_holds_most_words():
    text = "甲" * 300 + "。乙方占道。" + "丙" * 300 + "。擅自占道经营的，处罚款。" + "丁" * 300
    shown = snippet(text, ["占道", "经营", "罚款"])
    assert shown.startswith("…擅自<mark>占道经营</mark>的，处<mark>罚款</mark>。丁")
    assert len(shown) < SNIPPET_LENGTH + 40


def test_a_snippet_without_a_word_is_the_beginning():
    assert snippet("甲乙丙", []) == "甲乙丙"
    assert snippet("", ["占道"]) == ""


def test_a_snippet_never_ends_within_a_marked_word():
    text = "行政处罚" + "应当" * 10 + "行政处罚" + "决定" * 20
    assert snippet(text, ["行政处罚"], length=26) == "<mark>行政处罚</mark>" + "应当" * 10 + "…"
    assert snippet("行政处罚" * 9, ["行政处罚"], length=10) == "<mark>行政处罚行政处罚行政</mark>…"
