"""Moodle's XML. Domain, items, difficulty and source travel as tags, the code as id number, the basis as a paragraph of
the feedback, what markers look for as information for graders; a fill-in with several blanks is a cloze question, a
faulty document an essay, a case group a description with its questions behind it. Read without entities or DTD. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from lxml import etree

from exams.content import BLANK, CHOICES, LETTERS, Kind, Part
from exams.documents import write_markup
from exams.exchange import comments
from exams.exchange.grouping import Item, grouped
from exams.exchange.html_fragments import html_of, text_of
from exams.exchange.plain_text import described
from exams.exchange.raw import RawPart, RawQuestion
from exams.exchange.shown_documents import shown_document, take_off_document
from exams.exchange.tidy import tidied
from exams.exchange.values import Outgoing, Problem, Reading, UnreadableFile
from exams.exchange.vocabulary import FIELD_LABELS, kind_of
from exams.written import read_stem, write_points

_FOREIGN = {
    "matching": "匹配题", "randomsamatch": "随机匹配题", "ordering": "排序题", "numerical": "数值题",
    "calculated": "计算题", "calculatedmulti": "计算题", "calculatedsimple": "计算题", "ddwtos": "拖放题",
    "ddimageortext": "拖放题", "ddmarker": "拖放题", "gapselect": "选词填空题",
}  # fmt: skip
_SHORT_ANSWERS = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_CLOZE = re.compile(r"\{\d*:(?P<type>[A-Z_]+):(?P<answers>(?:\\.|[^\\}])*)\}", re.S)
_OWN = re.compile(r'<(?P<tag>p|pre) class="(?P<name>basis|answer|points|markup)">(?P<text>.*?)</(?P=tag)>', re.S)
_CLOZE_SPECIAL = re.compile(r"([\\}~=#\"/])")
BASIS_LABEL = "依据："
_MEND = "请在 Moodle 中重新导出"


def read(raw: bytes, name: str) -> Reading:
    """Raises UnreadableFile for what is no XML, no Moodle XML, or carries a DTD."""
    root = _root(raw, name)
    remarks: list[Problem] = []
    category, items = "", []
    for element in root.iterchildren("question"):
        if element.get("type") == "category":
            category = _value(element, "category").rstrip("/").rpartition("/")[2]
        else:
            items.append(_Reader(element, category, remarks).item())
    problems = [
        Problem(one.sourceline or 0, "", f"不认识的内容 <{one.tag}>，没有导入。")
        for one in root
        if isinstance(one.tag, str) and one.tag != "question"
    ]
    return Reading(grouped(items), tuple(problems), tuple(remarks))


def _root(raw: bytes, name: str) -> etree._Element:
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", raw) or b"\x00<\x00!" in raw or b"<\x00!\x00D" in raw:
        raise UnreadableFile(f"「{name}」里有不应出现的外部定义（DOCTYPE）；{_MEND}。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"「{name}」第 {error.lineno} 行起不是完整的 XML；{_MEND}。") from None
    if root.tag != "quiz":
        raise UnreadableFile(
            f"「{name}」不是 Moodle 的试题文件，开头是 <{root.tag}>；请在 Moodle 题库中导出为 Moodle XML。"
        )
    return root


class _Reader:
    """Reads one <question>."""

    def __init__(self, element: etree._Element, category: str, remarks: list[Problem]) -> None:
        self.element, self.remarks = element, remarks
        self.line = element.sourceline or 0
        self.question = RawQuestion(self.line, domain=category)
        self.part = RawPart(self.line)
        self.notes = comments.Notes()

    def item(self) -> Item:
        self._tags()
        self.notes.describe(self.question)
        self.question.code = self.question.code or _value(self.element, "idnumber", "")
        self.part.stem = self._html(self._markup("questiontext"))
        self._feedback()
        reader = getattr(self, f"_read_{self.element.get('type')}", self._refuse_type)
        reader()
        self.notes.complete(self.part)
        take_off_document(self.question, self.part, "评分信息")
        if kind_of(self.notes.fields.get("kind", "")) == Kind.GROUP:
            self.question.kind, self.question.stem = Kind.GROUP.label, self.part.stem
            return Item(self.question)
        return Item(self.question, self.part, self.notes.is_sub)

    # --- the kinds, by Moodle's names ---------------------------------------------------

    def _read_multichoice(self) -> None:
        answers = self._answers()
        several = _value(self.element, "single").lower() in ("false", "0")
        right = [n for n, (share, _) in enumerate(answers) if share > 0]
        if not several and any(0 < share < 100 for share, _ in answers):
            self._refuse("单选题有得部分分数的选项；请只留一个得 100% 的选项。")
        if several and len({answers[n][0] for n in right}) > 1:
            self._remark("各正确选项的分值不同，没有导入；多选题的计分规则在试卷里设定。")
        if len(answers) > len(LETTERS):
            self._refuse(f"有 {len(answers)} 个选项；最多 {len(LETTERS)} 个。")
        self.part.kind = (Kind.MULTIPLE if several else Kind.SINGLE).label
        self.part.options = [(letter, text) for letter, (_, text) in zip(LETTERS, answers, strict=False)]
        self.part.answer = "".join(LETTERS[n] for n in right if n < len(LETTERS))

    def _read_truefalse(self) -> None:
        self.part.kind = Kind.JUDGE.label
        self.part.answer = next((text for share, text in self._answers() if share > 0), "")

    def _read_shortanswer(self) -> None:
        answers = self._answers()
        full = [text.replace("\\*", "*") for share, text in answers if share == 100]
        if any(0 < share < 100 for share, _ in answers):
            self._refuse("填空题有只得部分分数的答案；请删除，或改为满分答案。")
        if any("*" in text.replace("\\*", "") for share, text in answers if share == 100):
            self._refuse("填空题的答案里有通配符 *；请改为写明全部写法。")
        self.part.kind, self.part.blanks = Kind.FILL.label, (tuple(full),)
        if BLANK not in read_stem(self.part.stem):
            self.part.stem += BLANK

    def _read_cloze(self) -> None:
        text, blanks = self._markup("questiontext"), []
        for found in _CLOZE.finditer(text):
            if found["type"] not in _SHORT_ANSWERS:
                self._refuse(f"完形题中的 {found['type']} 空不能导入；请改为填空（SHORTANSWER）。")
            blanks.append(tuple(self._cloze_answers(found["answers"])))
        self.part.kind, self.part.blanks = Kind.FILL.label, tuple(blanks)
        self.part.stem = self._html(_CLOZE.sub(BLANK, text))

    def _cloze_answers(self, text: str) -> Iterator[str]:
        for one in re.findall(r"(?:\\.|[^\\~])+", text, re.S):
            answer = re.match(r"(?P<right>=|%100%)?(?P<text>(?:\\.|[^\\#])*)", one, re.S)
            if answer and answer["right"]:
                yield self._html(re.sub(r"\\(.)", r"\1", answer["text"]))
            elif one.strip():
                self._remark(f"填空的答案“{one[:20]}”不是满分答案，没有导入。")

    def _read_essay(self) -> None:
        self.part.kind = Kind.SHORT.label
        self._own(self._markup("graderinfo"), "answer")
        if self._markup("responsetemplate").strip():
            self._remark("作答模板没有导入。")

    def _read_description(self) -> None:
        if kind_of(self.notes.fields.get("kind", "")) != Kind.GROUP:
            self._refuse("这是说明文字，不是题目；请删除，或与后面的题合并为一题。")

    def _refuse_type(self) -> None:
        kind = self.element.get("type") or "（没有写题型）"
        self._refuse(f"{_FOREIGN.get(kind, f'“{kind}”题')}不能导入；请改为单选、多选、判断、填空或简答题。")

    # --- pieces -------------------------------------------------------------------------

    def _tags(self) -> None:
        for tag in self.element.iterfind("tags/tag"):
            self.notes.take(tag.sourceline or self.line, _value(tag))
        self.remarks += self.notes.remarks()

    def _feedback(self) -> None:
        self._own(self._markup("generalfeedback"), "explanation")

    def _own(self, text: str, rest: str) -> None:
        """Our own paragraphs of a text by their class; what remains belongs to the field `rest`."""
        for found in _OWN.finditer(text):
            setattr(self.part, found["name"], self._html(found["text"].replace("\n", "<br>")))
        self.part.basis = self.part.basis.removeprefix(BASIS_LABEL)
        remaining = self._html(_OWN.sub("", text))
        if remaining:
            own = getattr(self.part, rest)
            setattr(self.part, rest, f"{own}\n{remaining}".strip())

    def _answers(self) -> list[tuple[Fraction, str]]:
        """(percent, text) of each answer; what is said about one joins the explanation."""
        found = []
        for letter, answer in zip(LETTERS * 9, self.element.iterchildren("answer"), strict=False):
            found.append((self._share(answer.get("fraction")), self._html(_markup_of(answer))))
            if said := self._html(_markup_of(answer.find("feedback"))):
                self.part.explanation = f"{self.part.explanation}\n{letter}：{said}".strip()
        return found

    def _share(self, written: str | None) -> Fraction:
        try:
            return Fraction(written or "0")
        except ValueError:
            self._refuse(f"答案的分值“{written}”不是数字。")
            return Fraction(0)

    def _markup(self, name: str) -> str:
        return _markup_of(self.element.find(name))

    def _html(self, text: str) -> str:
        return text_of(text, self.line, self.remarks).replace("\xa0", " ")

    def _remark(self, message: str) -> None:
        self.remarks.append(Problem(self.line, "", message))

    def _refuse(self, message: str) -> None:
        self.question.refuse(self.line, message)


def _markup_of(element: etree._Element | None) -> str:
    """The text of an element as HTML; plain text is escaped."""
    if element is None:
        return ""
    text = _value(element)
    return html_of(text) if element.get("format") in ("plain_text", "moodle_auto_format", None) else text


def _value(element: etree._Element, name: str = "", default: str = "") -> str:
    """<name><text>…</text></name>, or the element's own text."""
    found = element.find(name) if name else element
    if found is None:
        return default
    text = found.find("text")
    return ((text if text is not None else found).text or "").strip()


def write(questions: Iterable[Outgoing]) -> bytes:
    """UTF-8."""
    root = etree.Element("quiz")
    for question in questions:
        root.extend(_written(question))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _written(question: Outgoing) -> Iterator[etree._Element]:
    content, code = tidied(question.content), question.code
    tags = [(name, text) for name, text in described(question).items() if name != "code"]
    if not content.is_group:
        yield _part(content.parts[0], code, tags, idnumber=code)
        return
    head = _element("description", content.stem, code)
    _text(head, "questiontext", html_of(content.stem))
    yield _finished(head, code, [(comments.KIND, Kind.GROUP.label), *tags])
    for number, part in enumerate(content.parts, 1):
        yield _part(part, f"{code}-{number}" if code else "", [(comments.PLACE, str(number))])


def _part(part: Part, title: str, tags: list[tuple[str, str]], idnumber: str = "") -> etree._Element:
    element = _element(_type(part), part.stem, title)
    _text(element, "questiontext", _stem(part))
    _text(element, "generalfeedback", html_of(part.explanation) + _basis(part))
    if part.kind in CHOICES:
        _choices(element, part)
    elif part.kind == Kind.JUDGE:
        for word, key in (("true", "T"), ("false", "F")):
            _answer(element, word, part.key == key)
    elif part.kind == Kind.FILL and len(part.blanks) == 1:
        for word in part.blanks[0]:
            _answer(element, word.replace("*", "\\*"), True)
    elif part.kind in (Kind.SHORT, Kind.DOCUMENT):
        _text(element, "graderinfo", _grading(part))
    own = [(comments.KIND, part.kind.label)] if part.kind == Kind.DOCUMENT else []
    return _finished(element, idnumber, [*own, *tags])


def _type(part: Part) -> str:
    """Moodle's name of a kind."""
    if part.kind in CHOICES:
        return "multichoice"
    if part.kind == Kind.FILL:
        return "shortanswer" if len(part.blanks) == 1 else "cloze"
    return "truefalse" if part.kind == Kind.JUDGE else "essay"


def _element(kind: str, stem: str, title: str) -> etree._Element:
    element = etree.Element("question", type=kind)
    _text(element, "name", title or stem.replace("\n", " ")[:60], form="")
    return element


def _stem(part: Part) -> str:
    if part.kind == Kind.DOCUMENT:
        return html_of(f"{part.stem}\n{shown_document(write_markup(part.segments))}")
    if part.kind != Kind.FILL or len(part.blanks) == 1:
        return html_of(part.stem)
    pieces = part.stem.split(BLANK)
    holes = ["{1:SHORTANSWER:" + "~".join(f"={_cloze(word)}" for word in words) + "}" for words in part.blanks]
    return "".join(html_of(piece) + hole for piece, hole in zip(pieces, [*holes, ""], strict=False))


def _cloze(word: str) -> str:
    return _CLOZE_SPECIAL.sub(r"\\\1", html_of(word))


def _grading(part: Part) -> str:
    """What markers see: the reference answer and its points, or the document with its errors marked."""
    if part.kind == Kind.DOCUMENT:
        return _paragraph("pre", "markup", write_markup(part.segments))
    return _paragraph("p", "answer", part.key) + _paragraph("p", "points", write_points(part.points))


def _basis(part: Part) -> str:
    """With its label: candidates see it below the explanation."""
    return _paragraph("p", "basis", f"{BASIS_LABEL}{part.basis}" if part.basis else "")


def _paragraph(tag: str, name: str, text: str) -> str:
    return f'<{tag} class="{name}">{html_of(text)}</{tag}>' if text else ""


def _choices(element: etree._Element, part: Part) -> None:
    several = part.kind == Kind.MULTIPLE
    etree.SubElement(element, "single").text = "false" if several else "true"
    etree.SubElement(element, "answernumbering").text = "ABCD"
    share = f"{100 / max(1, len(part.key)):.5f}".rstrip("0").rstrip(".")
    for letter, option in zip(LETTERS, part.options, strict=False):
        wrong = "-100" if several else "0"
        answer = etree.SubElement(element, "answer", fraction=share if letter in part.key else wrong, format="html")
        etree.SubElement(answer, "text").text = html_of(option)


def _answer(element: etree._Element, word: str, right: bool) -> None:
    answer = etree.SubElement(element, "answer", fraction="100" if right else "0", format="moodle_auto_format")
    etree.SubElement(answer, "text").text = word


def _text(element: etree._Element, name: str, text: str, form: str = "html") -> None:
    child = etree.SubElement(element, name, format=form) if form else etree.SubElement(element, name)
    etree.SubElement(child, "text").text = text


def _finished(element: etree._Element, code: str, tags: list[tuple[str, str]]) -> etree._Element:
    if code:
        etree.SubElement(element, "idnumber").text = code
    found = etree.SubElement(element, "tags")
    for name, text in tags:
        if text:
            tag = etree.SubElement(found, "tag")
            etree.SubElement(tag, "text").text = f"{FIELD_LABELS.get(name, name)}：{text}"
    return element
