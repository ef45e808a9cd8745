"""The form as typed: nothing is lost by its buttons, and what is wrong is told beside its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.bank.typed import blank, changed, of_content, of_post, read
from exams.content import Content, Kind, Part, Point
from exams.documents import key_of, read_markup
from tests.factories.exams import judge, multiple, single

DOCUMENT = read_markup("行政处罚决定书\n限{三十日=>十五日}内缴纳。")
EVERY_KIND = [
    single(explanation="第六十四条。", basis="《某法》第一条"),
    multiple(),
    judge(),
    Content(Kind.FILL, (Part(Kind.FILL, "在（____）日内", blanks=(("五", "5"),)),)),
    Content(Kind.SHORT, (Part(Kind.SHORT, "怎样办", key="责令改正", points=(Point("改正", 40), Point("罚款", 60))),)),
    Content(Kind.DOCUMENT, (Part(Kind.DOCUMENT, "找错", key=key_of(DOCUMENT), segments=DOCUMENT),)),
    Content(Kind.GROUP, (*single().parts, *judge().parts), "某店占道经营。"),
]


def posted(kind: Kind, **sent: str):
    ticks = {name: [value] for name, value in sent.items() if name.endswith("key")}
    return of_post(
        kind,
        {name.replace("_", "-"): value for name, value in sent.items()},
        {name.replace("_", "-"): values for name, values in ticks.items()},
    )


@pytest.mark.parametrize("content", EVERY_KIND, ids=lambda content: content.kind.value)
def test_a_version_in_the_form_is_read_back_as_it_was(content):
    reading = read(of_content(content, seen=1))
    assert reading.content == content
    assert reading.problems == {}


def test_a_new_choice_offers_four_options_and_unused_ones_are_dropped():
    typed = posted(Kind.SINGLE, parts="1", p1_stem="题", p1_count="4", p1_option_1="甲", p1_option_2="乙", p1_key="2")
    assert len(blank(Kind.SINGLE).parts[0].options) == 4
    assert read(typed).content.parts[0].options == ("甲", "乙")
    assert read(typed).problems == {}


def test_the_key_follows_its_option_when_one_before_it_goes():
    typed = of_content(single(key="C"), seen=1)
    shorter = changed(typed, "drop-option:1:1")
    assert read(shorter).content.parts[0].key == "B"
    assert read(changed(typed, "drop-option:1:3")).problems.keys() == {"p1-key"}


def test_options_grow_to_eight_and_no_further():
    typed = of_content(single(), seen=1)
    for _ in range(6):
        typed = changed(typed, "add-option:1")
    assert len(typed.parts[0].options) == 8


def test_sub_questions_come_and_go_and_the_last_one_stays():
    typed = changed(blank(Kind.GROUP), "add-part:judge")
    assert [part.kind for part in typed.parts] == [Kind.SINGLE, Kind.JUDGE]
    left = changed(typed, "drop-part:1")
    assert [part.kind for part in left.parts] == [Kind.JUDGE]
    assert changed(left, "drop-part:1") == left


def test_only_a_case_group_has_sub_questions():
    assert changed(blank(Kind.SINGLE), "add-part:judge") == blank(Kind.SINGLE)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (posted(Kind.JUDGE, parts="1", p1_stem="题"), "p1-answer"),
        (posted(Kind.SHORT, parts="1", p1_stem="题"), "p1-answer"),
        (posted(Kind.FILL, parts="1", p1_stem="没有空", p1_answer="五日"), "p1-stem"),
        (posted(Kind.SHORT, parts="1", p1_stem="题", p1_answer="答", p1_points="改正"), "p1-points"),
        (posted(Kind.DOCUMENT, parts="1", p1_stem="题", p1_markup="限{三十日内"), "p1-markup"),
        (posted(Kind.GROUP, parts="1", p1_kind="judge", p1_stem="题", p1_answer="T"), "stem"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(typed, field):
    assert list(read(typed).problems) == [field]


def test_a_kind_that_no_group_may_hold_becomes_a_single_choice():
    """A forged field must not bring a case group into a case group."""
    assert posted(Kind.GROUP, parts="1", p1_kind="group").parts[0].kind == Kind.SINGLE


@given(st.text(max_size=30))
def test_no_button_breaks_the_form(button):
    typed = changed(blank(Kind.GROUP), button)
    assert typed.parts


@given(
    st.sampled_from(["add-option", "drop-option", "add-part", "drop-part"]), st.integers(-2, 12), st.integers(-2, 12)
)
def test_buttons_for_places_that_are_not_there_change_nothing_else(verb, part, place):
    typed = of_content(EVERY_KIND[-1], seen=1)
    after = changed(typed, f"{verb}:{part}:{place}")
    assert after.stem == typed.stem
    assert len(typed.parts) - len(after.parts) in (0, 1)
