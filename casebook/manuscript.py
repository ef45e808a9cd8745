"""A case as a Markdown file with a front matter -> frozen values. Pure: no database.

    ---
    case_no: 2026Q3-01
    title: 某烧烤店超标排放油烟案
    items: 420102C01CF07300
    decided: 2026-09-02
    违反条款: 《…法》第八十一条第一款；《…法》第…条
    ---
    ## 基本案情
    …

Headings are read in all the ways drafts write them. Nothing is dropped: a heading or a field
that is not known is a problem with its line, and text before the first heading is one, too.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casebook.sections import SECTIONS

# Every heading that drafts write, by the section it opens: the one table of synonyms (handbook §2c, and
# what .docx drafts add). Without 本案, 案例, numbers and marks, which readers of headings take away themselves.
HEADINGS = {
    "facts": (
        "基本案情", "案情", "案情简介", "案件经过", "案情摘要", "案件事实", "案情介绍", "案情回顾", "案件简介",
        "基本情况", "案件基本情况", "案件概况", "简要案情", "基本事实", "违法事实", "案由及基本案情", "案件来源",
        "线索来源", "案件起因", "案情概述",
    ),
    "handling": (
        "调查与处理", "处理结果", "监督处理", "处罚情况", "处理情况", "调查处理", "调查处理情况", "查处情况",
        "查处过程", "办理过程", "办案过程", "调查经过", "调查取证", "处罚结果", "处罚决定", "处理决定", "处理过程",
        "处置情况", "执法过程", "案件办理", "案件处理", "办理情况", "办理结果", "案件查处", "行政处罚决定",
    ),
    "law": (
        "法律分析", "法律视角", "法条链接", "法律小讲堂", "普法小贴士", "法律依据", "案例点睛", "法律适用", "法理分析",
        "处罚依据", "法律法规依据", "相关法条", "法条速递", "以案释法", "法律链接", "适用法律", "法律解读", "案件分析",
        "案例分析", "释法说理", "违反条款", "处罚条款", "裁量条款", "程序条款", "法规链接", "定性依据", "裁量说明",
    ),
    "disputes": ("争议焦点", "争议问题", "焦点问题", "疑难问题", "主要争议", "争议与分歧", "分歧意见"),
    "value": (
        "典型意义", "思考建议", "案件评析", "案例警示", "本案意义", "案例评析", "案件点评", "专家点评", "案例启示",
        "案件启示", "办案启示", "警示教育", "办案心得", "办案体会", "案例意义", "指导意义", "经验做法", "工作启示",
        "执法提示", "执法要点",
    ),
    "errors": ("常见错误", "易错点", "常见问题", "办案误区"),
    "evidence": ("证据清单", "主要证据", "证据材料", "证据目录", "案件证据", "证据情况"),
    "sequel": ("后续情况", "处理后续", "回访情况", "整改情况", "履行情况", "执行情况", "复议诉讼情况", "后续处理"),
    "questions": ("讨论题", "思考题", "思考与讨论", "讨论与思考"),
    "keywords": ("关键词", "关键字", "主题词"),
}  # fmt: skip
BLOCK_OF = {heading: block for block, headings in HEADINGS.items() for heading in headings}

FIELDS = {
    "case_no", "title", "kind", "domain", "items", "street", "street_shown", "source", "procedure", "heard",
    "legal_reviewed", "collective", "outcome", "fine", "confiscated", "tags", "anonymity", "result", "challenge",
    "替换", "不处理",
}  # fmt: skip
DATES = ("filed", "informed", "heard_on", "decided", "served", "performed", "closed")
BASIS = ("违反条款", "处罚条款", "裁量条款", "程序条款")
REQUIRED = ("case_no", "title", "items")
CASE_NO = re.compile(r"\d{4}Q[1-4]-\d{2,3}")
_LIST = re.compile(r"[,，、]\s*")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor must mend; `line` counts from 1, 0 for the file as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.message}" if self.line else self.message


@dataclass(frozen=True, slots=True)
class Part:
    """One section: the block it becomes, its heading when that is not the usual one, its text."""

    block: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a file says. `values` holds the front matter as written, `lines` where each stands."""

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()

    def dates(self) -> dict[str, dt.date]:
        """Those dates that can be read; the others are among the problems."""
        found = ((name, _date(self.values.get(name, ""))) for name in DATES)
        return {name: day for name, day in found if day}

    def listed(self, name: str) -> list[str]:
        return [part for part in _LIST.split(self.values.get(name, "")) if part]

    def yes(self, name: str) -> bool:
        return self.values.get(name, "") in {"是", "yes", "true", "1"}

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """`王建国=王某；老李烧烤店=某烧烤店` -> what stands before and after each sign."""
        parts = [part for part in re.split(r"[；;]", self.values.get(name, "")) if part.strip()]
        halves = (part.partition("=") for part in parts)
        return [(before.strip(), after.strip()) for before, _, after in halves]

    def basis(self, name: str) -> str:
        """The citations of one role, one a line."""
        return "\n".join(part.strip() for part in re.split(r"[；;]", self.values.get(name, "")) if part.strip())


def read(text: str) -> Manuscript:
    """Reads one file. Never raises: what cannot be read is in `problems`."""
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        return Manuscript(problems=(Problem(1, "文件应以“---”包围的信息栏开头；请按模板补上。"),))
    end = 1 + [line.strip() for line in lines[1:]].index("---")
    values, where, problems = _front_matter(lines[1:end])
    parts, misplaced = _sections(lines, end + 1)
    checked = [*problems, *misplaced, *_check(values, where)]
    return Manuscript(values, where, tuple(parts), tuple(sorted(checked, key=lambda problem: problem.line)))


def _front_matter(lines: list[str]) -> tuple[dict[str, str], dict[str, int], list[Problem]]:
    values: dict[str, str] = {}
    where: dict[str, int] = {}
    problems = []
    for number, line in enumerate(lines, 2):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or name not in {*FIELDS, *DATES, *BASIS}:
            problems.append(Problem(number, f"不认识的信息“{name}”；请改用模板中的名称或删除该行。"))
        elif name in values:
            problems.append(Problem(number, f"“{name}”写了两次；请保留一行。"))
        else:
            values[name], where[name] = value, number
    return values, where, problems


def _sections(lines: list[str], start: int) -> tuple[list[Part], list[Problem]]:
    parts, problems = [], []
    for number, heading, text in _headed(lines, start):
        block = BLOCK_OF.get(heading)
        if not text:
            problems += [Problem(number, f"“{heading}”下面没有内容。")] if heading else []
        elif not heading:
            problems.append(Problem(number, "第一个标题之前有文字；请放到某个标题下面。"))
        elif not block:
            problems.append(
                Problem(number, f"不认识的标题“{heading}”；可用：{'、'.join(h for h, *_ in SECTIONS.values())}。")
            )
        else:
            parts.append(Part(block, "" if heading == SECTIONS[block][0] else heading, text))
    return parts, problems


def _headed(lines: list[str], start: int) -> Iterator[tuple[int, str, str]]:
    """(line, heading, text) of each piece; the piece before the first heading has none."""
    number, heading, begin = start + 1, "", start
    for index in range(start, len(lines)):
        if lines[index].startswith("#"):
            yield number, heading, "\n".join(lines[begin:index]).strip()
            number, heading, begin = index + 1, lines[index].lstrip("#").strip(" 　【】"), index + 1
    yield number, heading, "\n".join(lines[begin:]).strip()


def _check(values: dict[str, str], where: dict[str, int]) -> Iterator[Problem]:
    for name in REQUIRED:
        if not values.get(name):
            yield Problem(where.get(name, 0), f"缺少“{name}”；请在信息栏补上。")
    if values.get("case_no") and not CASE_NO.fullmatch(values["case_no"]):
        yield Problem(where["case_no"], f"案例编号“{values['case_no']}”应写成季度加序号，如 2026Q3-01。")
    for name in DATES:
        if values.get(name) and not _date(values[name]):
            yield Problem(where[name], f"日期“{values[name]}”应写成 2026-09-02 的样子。")
    for name in ("fine", "confiscated"):
        if values.get(name) and not re.fullmatch(r"\d+(\.\d{1,2})?", values[name]):
            yield Problem(where[name], f"金额“{values[name]}”应为数字，单位元。")
    for name in ("替换", "不处理"):
        if any("=" not in part for part in re.split(r"[；;]", values.get(name, "")) if part.strip()):
            yield Problem(where[name], f"“{name}”应写成“原文=替换文字”或者“原文=理由”，各项用分号隔开。")
    yield from _out_of_order(values, where)


def _out_of_order(values: dict[str, str], where: dict[str, int]) -> Iterator[Problem]:
    """Filing, notice, hearing, decision, service follow each other; performance may come before service."""
    known = [(name, _date(values.get(name, ""))) for name in DATES if name != "performed"]
    dated = [(name, day) for name, day in known if day]
    for (_, before), (name, day) in zip(dated, dated[1:], strict=False):
        if day < before:
            yield Problem(where[name], f"日期“{name}”早于前一个环节；请核对。")


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
