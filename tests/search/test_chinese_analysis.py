import json
import lzma
from itertools import islice

import jieba
import pytest
import rjieba

from search.chinese import WORDS_FILE, bigrams, exact_name, fold, short_law_name, tokens, words
from tests.paths import shared


def test_folding_leaves_one_spelling():
    assert fold("ＡＢＣ１２　㈠《行政處罰法》") == "abc12 (一)《行政处罚法》"


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("違法建設", "违法建设"),
        ("佔道經營", "占道经营"),
        ("燃氣條例", "燃气条例"),
        ("噪聲污染", "噪声污染"),
        ("著作權", "著作权"),
    ],
)
def test_traditional_and_simplified_give_the_same_tokens(traditional, simplified):
    assert tokens(traditional) == tokens(fold(simplified))


def test_words_of_the_trade_stay_whole():
    assert words("占道经营和渣土车、坛子气") == ["占道经营", "和", "渣土车", "坛子气"]


def test_every_run_of_characters_gives_its_bigrams():
    assert bigrams("占道经营，abc 气") == ["占道", "道经", "经营"]


def test_a_word_of_one_character_is_a_token():
    assert "气" in tokens("换 气 点")


def test_a_name_without_its_given_name_is_found_again():
    assert set(tokens("张某")) <= set(tokens("当事人张某占道经营"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《中华人民共和国行政处罚法》第三十三条第一款", ["行政处罚法#33", "行政处罚法#33.p1"]),
        ("《行政处罚法》第33条", ["行政处罚法#33"]),
        ("违反本条例第二十七条规定", ["#27"]),
        ("刑法第一百二十条之一", ["#120-1"]),
        ("《行政處罰法》第五十八條第一款第（二）項", ["行政处罚法#58", "行政处罚法#58.p1.i2"]),
    ],
)
def test_a_reference_stays_whole(text, expected):
    found = tokens(text)
    assert [token for token in found if "#" in token] == expected
    assert not {"三十", "十三", "第三", "三十三"} & set(found)


def test_nothing_is_stemmed():
    assert tokens("GB50180 running") == ["gb50180", "running"]


def test_names_are_compared_without_punctuation():
    assert (
        exact_name("对擅自占用城市道路、公共场所经营（占道经营） 的处罚")
        == "对擅自占用城市道路公共场所经营占道经营的处罚"
    )
    assert short_law_name("《中华人民共和国行政处罚法》") == "行政处罚法"


def test_our_words_are_each_on_one_line():
    listed = WORDS_FILE.read_text("utf-8").split()
    assert listed == sorted(set(listed))
    assert {"占道经营", "渣土车", "坛子气"} <= set(listed)


def test_rjieba_cuts_as_jieba_does():
    with lzma.open(shared("search", "corpus.jsonl.xz"), "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 1500)]
    ours = rjieba.Jieba()
    different = [text for text in texts if ours.cut(text) != list(jieba.cut(text))]
    assert len(different) <= len(texts) * 0.001, different[:3]
