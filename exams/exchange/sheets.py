"""Excel, CSV and .xls in two shapes: a row a question, or a row an option under one 题号.

    题型 | 题干 | 选项A … 选项H | 答案 | 解析 | 依据 | 领域 | 事项 | 难度 | 来源 | 编号
    题号 | 题型 | 题干 | 选项 | 是否正确 | 解析 | …

The columns are Resources of `people.importing`: their headings are known by many names, the order is free, what is no
column of ours is reported. A case group is a row 题型 案例 followed by rows that count in 小题. Cells that Excel has
turned into something else (dates, percentages, errors) are refused by name, and so is what merged cells hide.
"""

import re
from collections.abc import Iterable, Iterator

from openpyxl.utils import get_column_letter

from exams.content import LETTERS, Kind, Part
from exams.documents import write_markup
from exams.exchange.lines import options_in
from exams.exchange.plain_text import answer_of, described
from exams.exchange.raw import RawPart, RawQuestion, incoming
from exams.exchange.tidy import tidied
from exams.exchange.values import Outgoing, Problem, Reading, UnreadableFile
from exams.exchange.vocabulary import FIELD_LABELS, kind_of, plain
from exams.models import Question
from exams.written import read_judge, write_points
from people.importing import SheetResource, UnreadableSheet, read_rows, workbook
from people.importing.cells import TextCell, YesNoCell
from people.importing.oddities import Oddity, Oddness, oddities
from people.importing.resource import SheetField, dataset_of, head_of
from people.importing.spreadsheets import Row

PLACE, KIND, STEM, NUMBER, OPTION, RIGHT = "小题", "题型", "题干", "题号", "选项", "是否正确"
LETTERED = tuple(f"{OPTION}{letter}" for letter in LETTERS)
_OF_QUESTION = ("domain", "items", "difficulty", "origin", "code")
_OF_PART = ("answer", "points", "markup", "explanation", "basis")


def _column(heading: str, *also: str) -> SheetField:
    return SheetField(heading, heading, TextCell(), also=also)


class _QuestionColumns(SheetResource):
    """What both shapes have in common. The rows are no rows of a table, so nothing is saved through the Resource."""

    sheet_name = "试题"
    place = _column(PLACE, "小题号", "小题序号")
    kind = _column(KIND, "试题类型", "题目类型", "类型", "题类")
    stem = _column(STEM, "题目", "问题", "试题内容", "题目内容", "试题", "试题题干", "内容")
    answer = _column("答案", "正确答案", "标准答案", "参考答案", "试题答案")
    points = _column("要点", "评分要点", "得分要点", "采分点")
    markup = _column("文书", "文书内容")
    explanation = _column("解析", "答案解析", "试题解析", "整体解析", "题目解析", "分析")
    basis = _column("依据", "法律依据", "法条依据", "法规依据")
    domain = _column("领域", "所属领域")
    items = _column("事项", "赋权事项", "事项编码")
    difficulty = _column("难度", "难度等级", "难易度", "难易程度")
    origin = _column("来源", "试题来源", "出处")
    code = _column("编号", "试题编号", "题库编号")

    class Meta:
        model = Question
        fields: tuple[str, ...] = ("place", "kind", "stem", *_OF_PART, *_OF_QUESTION)


class RowResource(_QuestionColumns):
    """A row a question."""

    needed = (STEM, "答案")
    options = _column(OPTION, "选项内容", "全部选项", "备选项")
    option_a = _column(LETTERED[0], "A", "A选项", "选项1", "A项")
    option_b = _column(LETTERED[1], "B", "B选项", "选项2", "B项")
    option_c = _column(LETTERED[2], "C", "C选项", "选项3", "C项")
    option_d = _column(LETTERED[3], "D", "D选项", "选项4", "D项")
    option_e = _column(LETTERED[4], "E", "E选项", "选项5", "E项")
    option_f = _column(LETTERED[5], "F", "F选项", "选项6", "F项")
    option_g = _column(LETTERED[6], "G", "G选项", "选项7", "G项")
    option_h = _column(LETTERED[7], "H", "H选项", "选项8", "H项")

    class Meta(_QuestionColumns.Meta):
        fields = (*_QuestionColumns.Meta.fields, "options", *(f"option_{letter.lower()}" for letter in LETTERS))


class OptionResource(_QuestionColumns):
    """A row an option."""

    needed = (NUMBER, STEM, OPTION, RIGHT)
    number = _column(NUMBER, "题目序号", "题目编号", "序号", "试题序号")
    option = _column(OPTION, "选项内容", "答案选项")
    right = _column(RIGHT, "是否正确项", "是否正确答案", "正确", "是否答案", "正确项")
    remark = _column("选项解析", "选项说明")

    class Meta(_QuestionColumns.Meta):
        fields = (*_QuestionColumns.Meta.fields, "number", "option", "right", "remark")


def read(raw: bytes, name: str) -> Reading:
    """Either shape, told by its headings. Raises UnreadableFile for a file that is no table of questions."""
    try:
        rows = read_rows(raw, name)
        options = OptionResource()
        is_options = RIGHT in head_of(options, rows)[1]
        resource: _QuestionColumns = options if is_options else RowResource()
        dataset = dataset_of(resource, rows)
    except UnreadableSheet as error:
        raise UnreadableFile(str(error)) from None
    reader = _OptionRows() if is_options else _QuestionRows()
    for line, *cells in dataset:
        reader.take(line, dict(zip(dataset.headers[1:], map(_unquoted, cells), strict=True)))
    problems, remarks = _looked_at(raw, name, resource, rows, is_options)
    questions = tuple(incoming(one) for one in reader.questions)
    return Reading(questions, tuple(problems), (*resource.warnings, *remarks, *reader.remarks))


def _unquoted(cell: str) -> str:
    """Without the quotation mark that keeps a spreadsheet from running `=…` as a formula."""
    return cell[1:] if _is_quoted(cell) else cell


def _quoted(text: str) -> str:
    """A text that looks as if it had been given that mark gets one; `workbook` gives it to formulas."""
    return f"'{text}" if _is_quoted(text) else text


def _is_quoted(text: str) -> bool:
    return text[:1] == "'" and text[1:2] in ("=", "+", "@", "'")


class _Rows:
    """Puts rows together to questions."""

    def __init__(self) -> None:
        self.questions: list[RawQuestion] = []
        self.remarks: list[Problem] = []
        self.group: RawQuestion | None = None
        self.places: list[str] = []

    def take(self, line: int, row: dict[str, str]) -> None:
        raise NotImplementedError

    def begin(self, line: int, row: dict[str, str]) -> RawPart | None:
        """A question, or a sub-question of the case above; None for the row of a case itself."""
        place = row.get(PLACE, "")
        if kind_of(row.get(KIND, "")) == Kind.GROUP and not place:
            self.group = self._question(line, row)
            self.group.stem = row[STEM]
            self._refuse_answers_of_case(line, row)
            return None
        if place and self.group is not None:
            for name in _OF_QUESTION:
                if row.get(FIELD_LABELS[name]):
                    self.group.refuse(line, "请写在案例题自己的一行里。", FIELD_LABELS[name])
            return self._part(self.group, line, row)
        self.group = None
        question = self._question(line, row)
        if place:
            question.refuse(line, "标明是小题，上面却没有题型为“案例”的一行；请补上案情。", PLACE)
        return self._part(question, line, row)

    def _question(self, line: int, row: dict[str, str]) -> RawQuestion:
        question = RawQuestion(line, row.get(KIND, ""))
        for name in _OF_QUESTION:
            if FIELD_LABELS[name] in row:
                setattr(question, name, row[FIELD_LABELS[name]])
        self.questions.append(question)
        return question

    def _part(self, question: RawQuestion, line: int, row: dict[str, str]) -> RawPart:
        part = RawPart(line, row.get(KIND, ""), row[STEM])
        for name in _OF_PART:
            setattr(part, name, row.get(FIELD_LABELS[name], ""))
        question.parts.append(part)
        return part

    def _refuse_answers_of_case(self, line: int, row: dict[str, str]) -> None:
        for name in _OF_PART:
            if row.get(FIELD_LABELS[name]) and self.group is not None:
                self.group.refuse(line, "案例题的答案和解析请写在各小题的行里。", FIELD_LABELS[name])


class _QuestionRows(_Rows):
    """A row a question."""

    def take(self, line: int, row: dict[str, str]) -> None:
        part = self.begin(line, row)
        options = [(letter, row.get(heading, "")) for letter, heading in zip(LETTERS, LETTERED, strict=True)]
        while options and not options[-1][1]:
            options.pop()
        options = options or _in_one_cell(row.get(OPTION, ""))
        if part is not None:
            part.options = options
        elif options:
            self.questions[-1].refuse(line, "案例题自己的一行不应有选项。", OPTION)


def _in_one_cell(text: str) -> list[tuple[str, str]]:
    """Options that stand in one cell: lettered, or a line each, or divided by bars."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lettered = [option for line in lines for option in options_in(line)]
    if lettered:
        return lettered
    pieces = lines if len(lines) > 1 else re.split(r"\s*[|｜]\s*", text.strip())
    return list(zip(LETTERS, pieces, strict=False)) if text.strip() else []


class _OptionRows(_Rows):
    """A row an option; empty cells below the first row of a question belong to it."""

    def __init__(self) -> None:
        super().__init__()
        self.first: dict[str, str] = {}
        self.part: RawPart | None = None
        self.seen: dict[str, int] = {}
        self.right = ""

    def take(self, line: int, row: dict[str, str]) -> None:
        number = row[NUMBER] or self.first.get(NUMBER, "")
        key = (number, row.get(PLACE, "") or (self.first.get(PLACE, "") if number == self.first.get(NUMBER) else ""))
        if not self.first or key != (self.first[NUMBER], self.first.get(PLACE, "")):
            self._open(line, row | {NUMBER: number})
        else:
            self._compare(line, row)
        if self.part is not None and row[OPTION]:
            self._option(line, row)

    def _open(self, line: int, row: dict[str, str]) -> None:
        known = self.seen.setdefault(f"{row[NUMBER]}/{row.get(PLACE, '')}", line)
        self.first, self.right = row, ""
        self.part = self.begin(line, row)
        if known != line:
            self.questions[-1].refuse(line, f"{row[NUMBER]} 在第 {known} 行已经出现；同一题的各行请放在一起。", NUMBER)
        if not row[NUMBER]:
            self.questions[-1].refuse(line, "为空；请给每一题编一个题号。", NUMBER)

    def _compare(self, line: int, row: dict[str, str]) -> None:
        """What is repeated in each row of a question says the same, or is refused."""
        for heading, text in row.items():
            if heading in (OPTION, RIGHT, "选项解析") or not text or text == self.first.get(heading, ""):
                continue
            self.questions[-1].refuse(line, f"与本题第一行不同；同一题的{heading}只写一次。", heading)

    def _option(self, line: int, row: dict[str, str]) -> None:
        part = self.part
        if part is None:
            return
        if len(part.options) == len(LETTERS):
            self.questions[-1].refuse(line, f"一题最多 {len(LETTERS)} 个选项。", OPTION)
            return
        letter = LETTERS[len(part.options)]
        part.options.append((letter, row[OPTION]))
        if self._is_right(line, row[RIGHT]):
            self.right += letter
        if said := row.get("选项解析", ""):
            part.explanation = f"{part.explanation}\n{letter}：{said}".strip()
        self._answer(line, part)

    def _answer(self, line: int, part: RawPart) -> None:
        """The letters of the right rows; a key in the column 答案 must say the same."""
        stated = self.first.get("答案", "")
        if not stated or self.right:
            part.answer = self.right
        if stated and len(part.options) > 1 and len(plain(stated)) < len(self.right):
            self.questions[-1].refuse(line, f"是“{stated}”，与「{RIGHT}」列不同。", "答案")

    def _is_right(self, line: int, text: str) -> bool:
        try:
            return YesNoCell().clean(text) or read_judge(text) == "T"
        except ValueError as error:
            if read_judge(text):
                return read_judge(text) == "T"
            self.questions[-1].refuse(line, str(error), RIGHT)
            return False


# what Excel has changed: (whether it stops the import, the sentence)
_SAID = {
    Oddness.DATE: (True, "被 Excel 变成了日期或时间 {text}，原来的文字已经丢失；请把单元格设为“文本”后重填。"),
    Oddness.SHOWN_OTHERWISE: (True, "是数字 {text}，与看到的不同；请把单元格设为“文本”后重填。"),
    Oddness.ERROR: (True, "是错误值 {text}；请改正。"),
    Oddness.NO_RESULT: (True, "是没有结果的公式 {text}；请在 Excel 中打开并保存，或者粘贴为数值。"),
    Oddness.FORMULA: (False, "是公式 {text}，按显示的结果读入。"),
}


def _looked_at(
    raw: bytes, name: str, resource: SheetResource, rows: list[Row], is_options: bool
) -> tuple[list[Problem], list[Problem]]:
    """(problems, remarks) about cells that are not what they look like, in the columns that are read."""
    at, head = head_of(resource, rows)
    first = rows[at][0] + 1
    problems: list[Problem] = []
    remarks: list[Problem] = []
    for oddity in oddities(raw, name):
        heading = head[oddity.column - 1] if 0 < oddity.column <= len(head) else ""
        stops, problem = _judged(oddity, heading, first, is_options)
        if problem:
            (problems if stops else remarks).append(problem)
    return problems, remarks


def _judged(oddity: Oddity, heading: str, first: int, is_options: bool) -> tuple[bool, Problem | None]:
    if oddity.kind == Oddness.OTHER_SHEET:
        return False, Problem(0, "", f"只读取第一张工作表；工作表“{oddity.text}”没有导入。")
    if oddity.kind == Oddness.HIDDEN_ROW and oddity.row >= first:
        return False, Problem(oddity.row, "", "是隐藏行，也一并导入；不要导入的请删除。")
    if oddity.kind == Oddness.HIDDEN_COLUMN and heading:
        return False, Problem(0, heading, "是隐藏列，也一并导入。")
    if oddity.kind == Oddness.MERGED:
        return True, _merged(oddity, heading, first, is_options)
    if oddity.kind in _SAID and oddity.row >= first and heading:
        stops, sentence = _SAID[oddity.kind]
        return stops, Problem(oddity.row, heading, sentence.format(text=oddity.text))
    return False, None


def _merged(oddity: Oddity, heading: str, first: int, is_options: bool) -> Problem | None:
    """Merged cells hide all but one value. In the second shape the cells of a question may be merged downwards."""
    if oddity.last_row < first or (oddity.last_column == oddity.column and not heading):
        return None
    downwards = oddity.last_column == oddity.column
    if is_options and downwards and heading not in (OPTION, RIGHT):
        return None
    where = f"{get_column_letter(oddity.column)}{oddity.row}:{get_column_letter(oddity.last_column)}{oddity.last_row}"
    return Problem(oddity.row, heading, f"单元格 {where} 合并了；请取消合并，逐格填写。")


def write_rows(questions: Iterable[Outgoing]) -> bytes:
    """The first shape."""
    head = [KIND, PLACE, STEM, *LETTERED, *(FIELD_LABELS[name] for name in (*_OF_PART, *_OF_QUESTION))]
    return _workbook(head, _question_rows(questions))


def write_options(questions: Iterable[Outgoing]) -> bytes:
    """The second shape."""
    labels = [FIELD_LABELS[name] for name in (*_OF_PART, *_OF_QUESTION)]
    head = [NUMBER, PLACE, KIND, STEM, OPTION, RIGHT, *labels]
    return _workbook(head, _option_rows(_question_rows(questions)))


def _workbook(head: list[str], rows: Iterable[dict[str, str]]) -> bytes:
    return workbook(head, ([_quoted(row.get(one, "")) for one in head] for row in rows), "试题")


def _question_rows(questions: Iterable[Outgoing]) -> Iterator[dict[str, str]]:
    """A row a question, or a row of the case and one for each of its parts."""
    for number, question in enumerate(questions, 1):
        content = tidied(question.content)
        about = {FIELD_LABELS[name]: text for name, text in described(question).items()} | {NUMBER: str(number)}
        if content.is_group:
            yield about | {KIND: content.kind.label, STEM: content.stem}
        for place, part in enumerate(content.parts, 1):
            own = {NUMBER: str(number), PLACE: str(place)} if content.is_group else about
            yield own | _part_row(part)


def _part_row(part: Part) -> dict[str, str]:
    row = {KIND: part.kind.label, STEM: part.stem, "解析": part.explanation, "依据": part.basis}
    row |= dict(zip(LETTERED, part.options, strict=False))
    row |= {"答案": "" if part.kind == Kind.DOCUMENT else answer_of(part)}
    return row | {"要点": write_points(part.points), "文书": write_markup(part.segments)}


def _option_rows(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    for row in rows:
        options = [
            (letter, row[heading]) for letter, heading in zip(LETTERS, LETTERED, strict=True) if row.get(heading)
        ]
        if not options:
            yield row
            continue
        key = row["答案"]
        for place, (letter, text) in enumerate(options):
            own = row | {"答案": ""} if place == 0 else {NUMBER: row[NUMBER], PLACE: row.get(PLACE, "")}
            yield own | {OPTION: text, RIGHT: "是" if letter in key else "否"}
