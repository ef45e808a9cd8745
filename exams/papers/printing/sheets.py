"""The three sheets of a form: the candidate's paper, the answer sheet, and the key for those who mark."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils import timezone

from content.numbers import plain_number
from exams.content import BLANK, CHOICES, Kind
from exams.documents import numbered_lines
from exams.papers.printing.leaflet import (
    GROUP,
    Block,
    Heading,
    Item,
    Keys,
    Leaflet,
    Notice,
    Passage,
    Scores,
    Sentences,
    Solution,
    Ticks,
    in_groups,
    numbers,
    paragraphs,
)
from exams.papers.reading import ReadForm, ReadPart, ReadQuestion, ReadSection
from kb.numerals import to_chinese

FIELDS = ("单位", "姓名", "执法证号")
BRACKETS, RULE_LINE = f"（{chr(0xA0) * 10}）", "＿" * 6  # spaces at which no line ends
_EMPTY_BRACKETS = re.compile(r"[（(]\s*[)）]")
ROOM = {Kind.SHORT: 8}
SHEET_ROOM = 10
TICKED = frozenset({*CHOICES, Kind.JUDGE})
JUDGED = ("对", "错")
PAPER_NOTICE = ("发有答题卡的，请在答题卡上作答；没有答题卡的，直接写在本卷上。", "交卷时试卷和答题卡一并交回。")
SHEET_NOTICE = (
    "请先填写单位、姓名和执法证号。",
    "选择题、判断题用黑色笔把选中的方框涂黑；改动时把原来的方框划去，在题号旁注明。",
    "其他题写在题号后的横线上。",
)
KEY_NOTICE = ("内部资料，考试结束前不得公开。",)


def candidate_paper(read: ReadForm) -> Leaflet:
    """What candidates get: no key, no explanation, no code of the bank."""
    questions = [block for section in read.sections for block in _section(section)]
    blocks = [_scores(read), Notice(PAPER_NOTICE), *questions]
    return _leaflet(read, "", blocks, FIELDS)


def answer_sheet(read: ReadForm) -> Leaflet:
    """Boxes and lines for every number of the paper."""
    blocks: list[Block] = [_scores(read), Notice(SHEET_NOTICE)]
    for section in read.sections:
        blocks.append(Heading(f"{to_chinese(section.number)}、{section.title}"))
        blocks += _places(section.parts)
    return _leaflet(read, "答题卡", blocks, FIELDS)


def key(read: ReadForm) -> Leaflet:
    """A table of answers first, then each with its explanation and basis."""
    blocks: list[Block] = [Notice(KEY_NOTICE)]
    for section in read.sections:
        blocks.append(Heading(section.heading, section.how))
        blocks.append(Keys(tuple(_short_answers(section.parts))))
    blocks.append(Heading("解析与依据"))
    for section in read.sections:
        blocks += [_solution(question, part) for question in section.questions for part in question.parts]
    return _leaflet(read, "参考答案与解析", blocks)


def _leaflet(read: ReadForm, name: str, blocks: Iterable[Block], fields: tuple[str, ...] = ()) -> Leaflet:
    form, paper = read.form, read.form.paper
    label = f"{form.label} 卷"
    full, passing = plain_number(read.marks), plain_number(paper.pass_marks)
    facts = f"考试时间 {paper.minutes} 分钟　　满分 {full} 分　　及格 {passing} 分"
    return Leaflet(
        title=paper.title,
        subtitle=f"{name}（{label}）" if name else f"（{label}）",
        facts=facts,
        running=f"{paper.title}　{label}{f'　{name}' if name else ''}",
        made_on=timezone.localdate(form.built_at),
        fields=fields,
        blocks=tuple(blocks),
    )


def _scores(read: ReadForm) -> Scores:
    return Scores((*(to_chinese(section.number) for section in read.sections), "总分"))


def _section(section: ReadSection) -> Iterator[Block]:
    yield Heading(section.heading, section.how)
    for place, question in enumerate(section.questions, 1):
        if question.case:
            yield Passage(f"案例{to_chinese(place)}", paragraphs(question.case))
        for part in question.parts:
            yield from _item(part)


def _item(read: ReadPart) -> Iterator[Block]:
    part, number = read.part, f"{read.number}．"
    text = _EMPTY_BRACKETS.sub(BRACKETS, part.stem.replace(BLANK, RULE_LINE))
    if part.kind == Kind.JUDGE and BRACKETS not in text:
        text += BRACKETS
    if part.kind == Kind.DOCUMENT:
        yield Item(number, text)
        yield Sentences(_sentences(read))
        yield Item("", f"有错误的句子编号：{RULE_LINE * 4}", by_hand=True)
    else:
        options = tuple(f"{letter}．{option}" for letter, option in read.options)
        yield Item(number, text, options, ROOM.get(part.kind, 0))


def _sentences(read: ReadPart) -> tuple[tuple[tuple[int, str], ...], ...]:
    return tuple(tuple((n, one.text) for n, one in line) for line in numbered_lines(read.part.segments))


def _places(parts: Iterable[ReadPart]) -> Iterator[Block]:
    """Boxes for neighbours that are ticked, lines for the others."""
    for is_ticked, group in groupby(parts, key=lambda read: read.part.kind in TICKED):
        if is_ticked:
            yield in_groups([(str(read.number), _boxes(read)) for read in group])
        else:
            yield from (_line(read) for read in group)


def _boxes(read: ReadPart) -> tuple[str, ...]:
    return JUDGED if read.part.kind == Kind.JUDGE else tuple(read.part.letters)


def _line(read: ReadPart) -> Block:
    part, number = read.part, f"{read.number}．"
    if part.kind == Kind.DOCUMENT:
        boxes = tuple(str(n) for n in range(1, len(part.segments) + 1))
        return Ticks((((str(read.number), boxes),),), is_wide=True)
    if part.kind == Kind.FILL:
        blanks = len(part.blanks)
        words = [f"（{n}）{RULE_LINE * 2}" if blanks > 1 else RULE_LINE * 3 for n in range(1, blanks + 1)]
        return Item(number, "　".join(words), by_hand=True)
    return Item(number, "", room=SHEET_ROOM)


def _short_answers(parts: Iterable[ReadPart]) -> Iterator[tuple[str, str]]:
    """What is ticked five a row, what is written one a row."""
    for is_ticked, group in groupby(parts, key=lambda read: read.part.kind in TICKED):
        found, size = list(group), GROUP if is_ticked else 1
        for start in range(0, len(found), size):
            row = found[start : start + size]
            yield numbers(read.number for read in row), "　".join(read.answer.short for read in row)


def _solution(question: ReadQuestion, read: ReadPart) -> Solution:
    part, answer = read.part, read.answer
    lines = [line for text in answer.lines for line in paragraphs(text)]
    reasons = paragraphs(part.explanation)
    lines += [f"解析：{reasons[0]}", *reasons[1:]] if reasons else []
    lines += [f"依据：{part.basis.strip()}"] if part.basis.strip() else []
    mark = f"{question.item.question.code}　难度 {question.item.question.difficulty}"
    return Solution(f"{read.number}．", answer.short, tuple(lines), mark)
