"""A new key as the bureau types it: read, kept, marked by, shown in words; nonsense is refused in words."""

from decimal import Decimal

import pytest

from exams.content import Kind, Part
from exams.documents import read_markup
from exams.results.keys import BadKey, Fix, keyed, marks_of, own_key, read_key, write_key
from tests.factories.exams import judge, multiple, single

SINGLE, MULTIPLE, JUDGE = (make().parts[0] for make in (single, multiple, judge))
FILL = Part(Kind.FILL, "（____）日内，（____）份", blanks=(("五", "5"), ("二",)))
DOCUMENT = Part(Kind.DOCUMENT, "找错", segments=read_markup("限{三十日=>十五日}内缴纳。逾期加处罚款。可以申请复议。"))
SHORT = Part(Kind.SHORT, "简述", key="参考")
ONE = Decimal(1)


@pytest.mark.parametrize(
    ("part", "typed", "kept", "shown"),
    [
        (SINGLE, " c ", "C", "C"),
        (SINGLE, "A 或 C", "A/C", "A 或 C"),
        (MULTIPLE, "d、a", "AD", "AD"),
        (MULTIPLE, "AB／ABC", "AB/ABC", "AB 或 ABC"),
        (MULTIPLE, "A", "A", "A"),
        (JUDGE, "正确", "T", "对"),
        (JUDGE, "对/错", "T/F", "对 或 错"),
        (FILL, "五|5|五个；两", "五|5|五个；两", "五 或 5 或 五个；两"),
        (DOCUMENT, "第3句、第1句", "1,3", "第 1、3 句"),
    ],
)
def test_a_key_is_kept_and_shown(part, typed, kept, shown):
    assert read_key(part, typed) == kept
    assert write_key(part, kept) == shown
    assert read_key(part, kept) == kept


@pytest.mark.parametrize(
    ("part", "typed", "says"),
    [
        (SINGLE, "", "请填写"),
        (SINGLE, "E", "没有对应的选项"),
        (SINGLE, "AC", "A/C"),
        (MULTIPLE, "A甲", "没有对应的选项"),
        (JUDGE, "不知道", "对”或“错"),
        (FILL, "五", "2 个空"),
        (FILL, "五；", "2 个空"),
        (DOCUMENT, "9", "共 3 句"),
        (DOCUMENT, "第一句", "序号"),
        (SHORT, "别的", "简答题"),
    ],
)
def test_nonsense_is_refused_with_what_to_write(part, typed, says):
    with pytest.raises(BadKey, match=says):
        read_key(part, typed)


@pytest.mark.parametrize(
    ("part", "new_key", "answer", "earns"),
    [
        (SINGLE, "A/C", "C", 1),
        (SINGLE, "A/C", "B", 0),
        (MULTIPLE, "AB/ABC", "ABC", 1),
        (MULTIPLE, "AB/ABC", "A", Decimal("0.5")),
        (JUDGE, "T/F", "F", 1),
        (JUDGE, "T/F", "", 0),
        (FILL, "五|六；二", '["六", "二"]', 1),
        (DOCUMENT, "3", "3", 1),
        (DOCUMENT, "3", "1", 0),
    ],
)
def test_the_best_of_several_keys_counts(part, new_key, answer, earns):
    assert marks_of(part, answer, "fraction", ONE, fix=Fix("new_key", new_key)) == earns


def test_the_own_key_reads_back_as_the_same_marking():
    for part, right in ((SINGLE, "B"), (MULTIPLE, "ACD"), (JUDGE, "F"), (FILL, '["5", "二"]'), (DOCUMENT, "1")):
        (again,) = keyed(part, own_key(part))
        assert marks_of(again, right, "all", ONE) == ONE


def test_dropped_counts_nothing_and_full_counts_for_nothing_written():
    assert marks_of(SINGLE, "B", "all", ONE, fix=Fix("drop")) == 0
    assert marks_of(SINGLE, "", "all", ONE, fix=Fix("full")) == 1


def test_marks_by_hand_are_for_short_answers_only():
    assert marks_of(SHORT, "写了", "all", ONE) is None
    assert marks_of(SHORT, "写了", "all", ONE, by_hand=Decimal("0.5")) == Decimal("0.5")
    assert marks_of(SINGLE, "A", "all", ONE, by_hand=ONE) == 0
