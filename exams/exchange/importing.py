"""A file of questions against the bank: the plan says of every question what would become of it, and is then applied.

    plan = plan_import(read_file(raw, name), name)
    report = plan.report(Choice(update=True))        # as apply_plan would leave it
    report = apply_plan(plan, Choice(update=True), by=user)

Nothing is overwritten silently: a question that exists is changed only where its code stands in the file and the person
asks for updates; the same stem without a code is a fault that names the question. A file goes in whole or not at all,
unless the person chooses to leave out what is faulty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from exams.actions.bulk import NewQuestion, create_questions
from exams.actions.questions import describe_question, revise_question, stem_digest
from exams.bank.versions import in_words
from exams.basis import basis_field, leads_to_provision
from exams.content import Content
from exams.exchange.tidy import tidied
from exams.exchange.values import Incoming, Problem, Reading
from exams.models import Question
from exams.permissions import can_edit_questions, require
from kb.linking import read_text
from kb.linking.resolve import Resolver
from kb.models import Domain, PowerItem
from people.importing import Change, ImportReport
from people.models import User

CODE = re.compile(r"Q\d{6}")
SERIAL = re.compile(r"[\d-]{1,8}")
UNIT = "道题"
_ROWS = 400  # values in one IN (...)
_SHOWN = 200  # characters of a text in the report


class State(StrEnum):
    NEW = "新增"
    SAME = "没有变化"
    CHANGED = "有变化"
    FAULTY = "需要改正"


@dataclass(frozen=True)
class Defaults:
    """What counts where the file says nothing."""

    domain: str = ""
    origin: str = "自编"
    difficulty: int = 3


@dataclass(frozen=True)
class Choice:
    """What the person has decided: change questions that exist; leave out what cannot be taken and import the rest."""

    update: bool = False
    skip: bool = False


@dataclass
class Entry:
    """One question of the file. `differences`: (name, in the bank, in the file); `unresolved` lead to no provision."""

    number: int
    incoming: Incoming
    state: State = State.NEW
    question: Question | None = None
    domain: Domain | None = None
    items: tuple[PowerItem, ...] | None = None
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    without_basis: str = ""

    @property
    def line(self) -> int:
        return self.incoming.line

    @property
    def content(self) -> Content:
        """What it says; only of an entry that could be read."""
        if self.incoming.content is None:
            raise ValueError("没有读出内容")
        return self.incoming.content

    @property
    def label(self) -> str:
        return self.incoming.title.replace("\n", " ")[:60] or "（没有题干）"

    def refuse(self, message: str, heading: str = "") -> None:
        self.problems.append(Problem(self.line, heading, message))


@dataclass
class Plan:
    """What a file would do."""

    filename: str
    reading: Reading
    entries: list[Entry] = field(default_factory=list)

    def of(self, state: State) -> list[Entry]:
        return [entry for entry in self.entries if entry.state == state]

    @property
    def faults(self) -> list[Problem]:
        """Everything that has to be mended, in the order of the file."""
        own = [problem for entry in self.of(State.FAULTY) for problem in entry.problems]
        return sorted([*self.reading.problems, *own], key=lambda one: one.line)

    @property
    def remarks(self) -> list[Problem]:
        own = [remark for entry in self.entries for remark in _remarks(entry)]
        return sorted([*self.reading.remarks, *own], key=lambda one: one.line)

    def report(self, choice: Choice, *, dry_run: bool = True) -> ImportReport:
        """What applying would do under this choice, or did."""
        taken = self.of(State.NEW) + (self.of(State.CHANGED) if choice.update else [])
        refused = [*self.faults, *([] if choice.update else map(_not_updated, self.of(State.CHANGED)))]
        return ImportReport(
            self.filename,
            dry_run,
            total=len(self.entries),
            unit=UNIT,
            unchanged=len(self.of(State.SAME)),
            skipped=self.skipped(choice) if choice.skip else 0,
            changes=[_change(entry) for entry in sorted(taken, key=lambda one: one.number)],
            problems=[] if choice.skip else refused,
            warnings=[*(refused if choice.skip else []), *self.remarks],
        )

    def skipped(self, choice: Choice) -> int:
        """How many questions are left out."""
        return len(self.of(State.FAULTY)) + (0 if choice.update else len(self.of(State.CHANGED)))


def _change(entry: Entry) -> Change:
    shown = tuple((name, old[:_SHOWN], new[:_SHOWN]) for name, old, new in entry.differences)
    return Change(entry.line, entry.label, entry.state == State.NEW, shown)


def _not_updated(entry: Entry) -> Problem:
    code = entry.question.code if entry.question else ""
    names = "、".join(name for name, _, _ in entry.differences)
    return Problem(entry.line, "", f"与题库中的 {code} 不同（{names}）；要以文件更新题库，请选择“更新已有的题”。")


def _remarks(entry: Entry) -> Iterator[Problem]:
    yield from entry.remarks
    if entry.unresolved:
        yield Problem(entry.line, "依据", f"没有对应的条文：{'、'.join(entry.unresolved)}；可以导入，审定前须改正。")
    if entry.without_basis:
        yield Problem(entry.line, "依据", f"{entry.without_basis}没有写；可以导入，审定前须补上。")


def plan_import(
    reading: Reading, filename: str, defaults: Defaults | None = None, resolver: Resolver | None = None
) -> Plan:
    """Looks every question up; writes nothing. About a dozen queries, whatever the file's size."""
    plan = Plan(filename, reading)
    planner = _Planner(reading, defaults or Defaults(), resolver or Resolver().preload())
    for number, incoming in enumerate(reading.questions, 1):
        plan.entries.append(planner.entry(Entry(number, incoming, problems=list(incoming.problems))))
    return plan


class _Planner:
    """The bank as far as a file needs it, and what the file has said so far."""

    def __init__(self, reading: Reading, defaults: Defaults, resolver: Resolver) -> None:
        self.defaults, self.resolver, self.today = defaults, resolver, timezone.localdate()
        questions = [one for one in reading.questions if one.content is not None]
        self.digests = {id(one): stem_digest(one.content) for one in questions if one.content is not None}
        self.domains = {domain.name: domain for domain in Domain.objects.order_by("sort_order", "name")}
        codes = {code for one in reading.questions for code in one.items or ()}
        self.items = _found("code", codes, PowerItem.objects.select_related("domain"))
        bank = Question.objects.select_related("newest", "domain").prefetch_related("items")
        self.by_code = _found("code", {one.code for one in questions if one.code}, bank)
        self.by_digest = _found("stem_digest", set(self.digests.values()), bank)
        self.named_at: Entry | None = None
        self.seen_codes: dict[str, Entry] = {}
        self.seen_digests: dict[str, Entry] = {}

    def entry(self, entry: Entry) -> Entry:
        if entry.incoming.content is not None:
            code = self._code(entry)
            self._belongs(entry)
            if not entry.incoming.problems:
                self._compare(entry, code)
        if entry.problems:
            entry.state = State.FAULTY
        elif entry.state != State.SAME:
            self._read_basis(entry)
        return entry

    def _code(self, entry: Entry) -> str:
        """The code of the bank that stands in the file; numbers of another kind say nothing."""
        code = entry.incoming.code
        if SERIAL.fullmatch(code):
            entry.remarks.append(Problem(entry.line, "编号", f"“{code}”不是题库编号，没有采用。"))
            return ""
        if code and not CODE.fullmatch(code):
            entry.refuse(f"“{code}”不是题库编号（如 Q000012）；新题请留空。", "编号")
            return ""
        if code and (first := self.seen_codes.setdefault(code, entry)) is not entry:
            entry.refuse(f"{code} 在第 {first.line} 行已经出现；请只保留一处。", "编号")
        return code

    def _belongs(self, entry: Entry) -> None:
        """Domain and power items by name and code; the domain may follow from the item or from the form."""
        missing = [code for code in entry.incoming.items or () if code not in self.items]
        if missing:
            entry.refuse(f"{'、'.join(missing)} 不在事项清单中；请核对编码，或删除。", "事项")
        if entry.incoming.items is not None:
            entry.items = tuple(self.items[code] for code in entry.incoming.items if code in self.items)
        name = entry.incoming.domain or (self.defaults.domain if not entry.items else "")
        entry.domain = self.domains.get(name)
        if not name and entry.items:
            entry.domain = entry.items[0].domain
        if name and entry.domain is None:
            entry.refuse(f"没有“{name}”；{self._known_domains(entry)}。", "领域")

    def _known_domains(self, entry: Entry) -> str:
        """The names, once a file."""
        if self.named_at is not None and self.named_at is not entry:
            return f"现有领域见第 {self.named_at.line} 行"
        self.named_at = entry
        return f"现有领域：{'、'.join(self.domains) or '无'}"

    def _compare(self, entry: Entry, code: str) -> None:
        digest = self.digests[id(entry.incoming)]
        twin, entry.question = self.by_digest.get(digest), self.by_code.get(code)
        if (first := self.seen_digests.setdefault(digest, entry)) is not entry:
            entry.refuse(f"与第 {first.line} 行的题相同（题干和选项一样）；请只保留一题。")
        elif entry.question is not None:
            self._compare_with(entry, entry.question, twin)
        elif twin is not None:
            self._same_or_twin(entry, twin)
        elif entry.domain is None and not entry.incoming.domain:
            entry.refuse(f"没有填写；{self._known_domains(entry)}。", "领域")

    def _compare_with(self, entry: Entry, question: Question, twin: Question | None) -> None:
        """A question whose code stands in the file."""
        entry.differences = list(_differences(entry, question))
        entry.state = State.CHANGED if entry.differences else State.SAME
        if entry.content.kind.value != question.kind:
            entry.differences = []
            entry.refuse(
                f"题库中的 {question.code} 是{question.get_kind_display()}题，题型不能更改；请去掉编号，作为新题导入。"
            )
        elif twin is not None and twin.pk != question.pk:
            entry.refuse(f"题干与题库中的 {twin.code} 相同；请核对编号。")

    def _same_or_twin(self, entry: Entry, twin: Question) -> None:
        """A stem of the bank, without its code: the very same question changes nothing, any other is no update."""
        entry.question, differences = twin, list(_differences(entry, twin))
        if not differences:
            entry.state = State.SAME
            return
        names = "、".join(name for name, _, _ in differences)
        entry.differences = differences
        entry.refuse(
            f"题库中已有相同的题 {twin.code}（不同的有：{names}）；要更新它请写上编号 {twin.code}，否则请删除这一题。"
        )

    def _read_basis(self, entry: Entry) -> None:
        """Citations that lead to no provision, and parts that cite nothing: neither can be approved."""
        lacking = []
        for number, part in enumerate(entry.content.parts, 1):
            cited = read_text(Question(), basis_field(number), part.basis, date=self.today, resolver=self.resolver)
            entry.unresolved += [row.raw for row in cited if not leads_to_provision(row)]
            if not cited:
                lacking.append(f"第 {number} 小题" if entry.content.is_group else "本题")
        entry.without_basis = "、".join(lacking)


def _found(name: str, values: set[str], rows) -> dict:
    """Rows by the value of a field; of several the first."""
    wanted, found = sorted(values), {}
    for start in range(0, len(wanted), _ROWS):
        for row in rows.filter(**{f"{name}__in": wanted[start : start + _ROWS]}).order_by("-pk"):
            found[getattr(row, name)] = row
    return found


def _differences(entry: Entry, question: Question) -> Iterator[tuple[str, str, str]]:
    """(name, in the bank, in the file) of what the file says otherwise; what it does not say stays."""
    old = tidied(question.newest.content) if question.newest else None
    if old is not None and old != entry.content:
        before, after = dict(in_words(old)), dict(in_words(entry.content))
        for name in dict.fromkeys([*before, *after]):
            if before.get(name, "") != after.get(name, ""):
                yield name, before.get(name, ""), after.get(name, "")
    incoming = entry.incoming
    if incoming.domain and entry.domain is not None and entry.domain.pk != question.domain_id:
        yield "领域", question.domain.name, entry.domain.name
    if entry.items is not None:
        codes = sorted(item.code for item in question.items.all()), sorted(item.code for item in entry.items)
        if codes[0] != codes[1]:
            yield "事项", "、".join(codes[0]), "、".join(codes[1])
    if incoming.difficulty and incoming.difficulty != question.difficulty:
        yield "难度", str(question.difficulty), str(incoming.difficulty)
    if incoming.origin and incoming.origin != question.origin:
        yield "来源", question.origin, incoming.origin


def apply_plan(
    plan: Plan,
    choice: Choice,
    *,
    by: User | None,
    defaults: Defaults | None = None,
    resolver: Resolver | None = None,
) -> ImportReport:
    """Writes the file in one transaction; nothing where something is refused that the person did not choose to skip.

    A question that somebody has written or changed since the plan was made is refused here, too.
    """
    require(by is None or can_edit_questions(by), "导入试题")
    report = plan.report(choice, dry_run=False)
    if report.problems:
        return report
    defaults, resolver = defaults or Defaults(), resolver or Resolver()
    try:
        with transaction.atomic():
            create_questions([_new(entry, defaults) for entry in plan.of(State.NEW)], by=by, resolver=resolver)
            for entry in plan.of(State.CHANGED) if choice.update else []:
                _update(entry, plan.filename, by, resolver)
    except ValidationError as refusal:
        report.problems = [Problem(0, "", message) for message in refusal.messages]
    return report


def _new(entry: Entry, defaults: Defaults) -> NewQuestion:
    incoming = entry.incoming
    if entry.domain is None:
        raise ValueError("没有领域")
    return NewQuestion(
        entry.content,
        entry.domain,
        entry.items or (),
        incoming.difficulty or defaults.difficulty,
        incoming.origin or defaults.origin,
        incoming.code if CODE.fullmatch(incoming.code) else "",
    )


def _update(entry: Entry, filename: str, by: User | None, resolver: Resolver) -> None:
    """A new version where the text differs, which waits for approval; where it belongs changes at once."""
    question, incoming = entry.question, entry.incoming
    if question is None or question.newest is None:
        raise ValueError("没有要更新的题")
    if tidied(question.newest.content) != entry.content:
        note, seen = f"导入 {filename}", question.newest.version_no
        revise_question(question, entry.content, by=by, note=note, resolver=resolver, based_on=seen)
    describe_question(
        question,
        by=by,
        domain=entry.domain if incoming.domain and entry.domain is not None else question.domain,
        items=entry.items if entry.items is not None else question.items.all(),
        difficulty=incoming.difficulty or question.difficulty,
        origin=incoming.origin or question.origin,
    )
