"""What is wrong with a content, in words for the person who wrote it. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from exams.content import BLANK, FEWEST_OPTIONS, MOST_OPTIONS, Content, Kind, Part

FEWEST_ERRORS = 1


class Problem(NamedTuple):
    """About one field (stem, options, key, blanks, points, segments, parts, kind) of a part; 0 for the whole."""

    part_no: int
    field: str
    text: str


def problems(content: Content) -> list[str]:
    """Sentences, none when the question can be used; those of a case group say which part they mean."""
    return [told(one, content.is_group) for one in found_problems(content)]


def found_problems(content: Content) -> list[Problem]:
    """The same with the field that each is about."""
    found = [Problem(0, *one) for one in _whole(content)]
    for number, part in enumerate(content.parts, 1):
        found += [Problem(number, *one) for one in _part(part)]
    return found


def told(problem: Problem, in_group: bool) -> str:
    where = f"第 {problem.part_no} 小题" if in_group and problem.part_no else ""
    return f"{where}{problem.text}"


def _whole(content: Content) -> Iterator[tuple[str, str]]:
    if not content.parts:
        yield "parts", "没有小题；案例题至少要有一道小题。" if content.is_group else "没有题目内容。"
    if content.is_group and not content.stem.strip():
        yield "stem", "案例题没有写案情；请填写共用题干。"
    if not content.is_group and len(content.parts) > 1:
        yield "parts", "只有案例题可以有多道小题。"
    if not content.is_group and content.parts and content.parts[0].kind != content.kind:
        yield "kind", "题型与内容不一致。"
    if any(part.kind == Kind.GROUP for part in content.parts):
        yield "parts", "案例题的小题不能又是案例题。"


def _part(part: Part) -> Iterator[tuple[str, str]]:
    if not part.stem.strip():
        yield "stem", "题干为空；请填写题干。"
    if part.kind in (Kind.SINGLE, Kind.MULTIPLE):
        yield from _choice(part)
    elif part.kind == Kind.JUDGE and part.key not in ("T", "F"):
        yield "key", "没有答案；判断题的答案请填写“对”或“错”。"
    elif part.kind == Kind.FILL:
        yield from _fill(part)
    elif part.kind == Kind.SHORT:
        yield from _short(part)
    elif part.kind == Kind.DOCUMENT and sum(one.is_faulty for one in part.segments) < FEWEST_ERRORS:
        yield "segments", "文书里没有标出错误；请用 {错误文字=>正确文字} 标出。"


def _choice(part: Part) -> Iterator[tuple[str, str]]:
    count = len(part.options)
    if not FEWEST_OPTIONS <= count <= MOST_OPTIONS:
        yield "options", f"有 {count} 个选项；请填写 {FEWEST_OPTIONS} 至 {MOST_OPTIONS} 个选项。"
    if any(not option.strip() for option in part.options):
        yield "options", "有空白的选项；请填写或删除。"
    if len({option.strip() for option in part.options}) < count:
        yield "options", "有两个相同的选项；请改写其中一个。"
    if not part.key:
        yield "key", "没有答案；请填写正确选项的字母。"
    if strange := sorted(set(part.key) - set(part.letters)):
        yield "key", f"答案“{part.key}”中的 {''.join(strange)} 没有对应的选项。"
    if "".join(sorted(set(part.key))) != part.key:
        yield "key", f"答案“{part.key}”请按字母顺序填写，不要重复。"
    if part.kind == Kind.SINGLE and len(part.key) > 1:
        yield "key", f"单选题只能有一个答案，现在是“{part.key}”；请改答案或改为多选题。"
    if part.kind == Kind.MULTIPLE and len(part.key) == 1:
        yield "key", f"多选题至少有两个答案，现在是“{part.key}”；请改答案或改为单选题。"


def _fill(part: Part) -> Iterator[tuple[str, str]]:
    blanks = part.stem.count(BLANK)
    if not blanks:
        yield "stem", f"题干中没有空格；请用{BLANK}标出要填的地方。"
    elif blanks != len(part.blanks):
        yield "blanks", f"题干有 {blanks} 个空，答案有 {len(part.blanks)} 个；请用“；”分开各空的答案。"
    if any(not any(word.strip() for word in spellings) for spellings in part.blanks):
        yield "blanks", "有一个空没有答案。"


def _short(part: Part) -> Iterator[tuple[str, str]]:
    if not part.key.strip():
        yield "key", "没有参考答案。"
    total = sum(point.percent for point in part.points)
    if part.points and total != 100:
        yield "points", f"评分要点的比例合计是 {total}%；请调整为 100%。"
