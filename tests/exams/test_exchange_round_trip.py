"""What is exported comes back as it was, in every format (peers 40, 41, 42, 45)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exams.content import Content, Kind, Part
from exams.exchange.formats import FORMATS, detected, read_file, write_file
from exams.exchange.samples import samples, template
from tests.exams.contents import MARKS, WORDS, outgoing

ALL = list(FORMATS.values())


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.slug)
@settings(max_examples=8, deadline=None)
@given(questions=st.lists(outgoing(WORDS), min_size=1, max_size=10))
def test_plain_questions_come_back_as_they_were(form, questions):
    written = write_file(form, questions)
    assert [one.reason for one in written.left_out] == [one for one in map(form.refusal, questions) if one]


@pytest.mark.parametrize("form", [form for form in ALL if form.slug != "aiken"], ids=lambda form: form.slug)
@settings(max_examples=15, deadline=None)
@given(questions=st.lists(outgoing(WORDS + MARKS), min_size=1, max_size=10))
def test_marks_of_the_format_in_a_text_do_not_tear_it_apart(form, questions):
    assert not write_file(form, questions).left_out


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.slug)
def test_the_template_of_a_format_is_taken_by_it(form):
    """Peers 44, 40: a site that rejects its own template, or a file for the comma in its name."""
    name = f"模板,第 1 份{form.suffix}"
    data = template(form, "通用程序")
    assert detected(data, name).split("-")[0] == form.slug.split("-")[0]
    reading = read_file(data, name)
    assert [str(problem) for one in reading.questions for problem in one.problems] == []
    held = [one for one in samples("通用程序") if not form.refusal(one)]
    assert [one.content for one in reading.questions] == [one.content for one in held]


def test_the_samples_show_every_kind():
    assert {one.content.kind for one in samples("通用程序")} == set(Kind)


def test_what_a_format_cannot_hold_is_named_and_the_rest_is_written():
    written = write_file(
        FORMATS["aiken"], [replace(one, code=f"Q{n:06d}") for n, one in enumerate(samples("通用程序"), 1)]
    )
    assert written.count == 2
    assert [str(one) for one in written.left_out][:2] == ["Q000002：Aiken 没有多选题", "Q000004：Aiken 没有填空题"]


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.slug)
def test_what_would_come_back_otherwise_is_named_instead_of_written(form):
    """A cell of Excel holds 32,767 characters; a spelling with a bar would become two."""
    plain = samples("通用程序")[0]
    part = replace(plain.content.parts[0], explanation="长" * 40_000)
    long = replace(plain, content=Content(plain.content.kind, (part,)))
    odd = replace(plain, content=Content(Kind.FILL, (Part(Kind.FILL, "（____）日", blanks=(("五|日",),)),)))
    for question in (long, odd):
        written = write_file(form, [plain, question])
        assert written.count + len(written.left_out) == 2
        back = read_file(written.data, f"a{form.suffix}").questions
        assert [one.content for one in back] == [plain.content, *([question.content] if written.count == 2 else [])]


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.slug)
def test_an_empty_bank_leaves_as_an_empty_file(form):
    assert write_file(form, []).count == 0
