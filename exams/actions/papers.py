"""Verbs of papers: plan one, finalise it, build its forms, swap a bad question, copy it, open it for practice.

A paper is planned as a draft. Finalising needs a bank that can fill it; from then on forms are built of it and exams
planned with it. `reopen_paper` leads back, dropping the forms, as long as no exam uses the paper; afterwards copy it.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from content.numbers import plain_number
from exams.bank.law_watch import ensure_checked
from exams.models import Exam, Paper, PaperForm, PaperItem, PaperSection, SectionCell
from exams.papers.drawing import Drawn, draw
from exams.papers.forms import reordered, stale_items, substitute_for
from exams.papers.plan import SectionSpec, cells_of, marks_of, plan_problems, sections_of
from exams.papers.printing import Sheet, printed
from exams.papers.reading import read_form
from exams.papers.shortage import NotEnoughQuestions, shortage
from exams.permissions import can_make_papers, can_read_bank, require
from people import audit
from people.models import User

Status = Paper.Status
LABELS = "ABCDEFGH"
SETTINGS = ("title", "mode", "minutes", "pass_marks", "shuffles_items", "shuffles_options", "note")
SEEDS = 2**62


@transaction.atomic
def create_paper(title: str, *, by: User | None, sections: Sequence[SectionSpec] = (), **values: Any) -> Paper:
    """A draft; `values` are further settings (`SETTINGS`). Raises ValidationError for what the fields do not take."""
    require(by is None or can_make_papers(by), "编制试卷")
    paper = Paper(title=title.strip(), made_by=by, **_settings(values))
    paper.full_clean()
    paper.save()
    _keep_sections(paper, sections)
    audit.record(by=by, verb="新建试卷", target=paper)
    return paper


@transaction.atomic
def change_paper(paper: Paper, *, by: User | None, **values: Any) -> None:
    """Other settings of a draft."""
    require(by is None or can_make_papers(by), "编制试卷")
    _hold(paper, Status.DRAFT)
    for name, value in _settings(values).items():
        setattr(paper, name, value)
    paper.full_clean()
    paper.save(update_fields=list(values))
    audit.record(by=by, verb="修改试卷设置", target=paper)


@transaction.atomic
def set_sections(paper: Paper, sections: Sequence[SectionSpec], *, by: User | None) -> None:
    """The whole plan of a draft anew. What it says may be unfinished; finalising looks at it."""
    require(by is None or can_make_papers(by), "编制试卷")
    _hold(paper, Status.DRAFT)
    paper.sections.all().delete()
    _keep_sections(paper, sections)
    audit.record(by=by, verb="修改试卷结构", target=paper, detail=f"{len(sections)} 个大题")


def finalise_paper(paper: Paper, *, by: User | None) -> None:
    """From now on forms and exams may be made of it.

    Raises ValidationError naming each fault of the plan, or each cell for which the bank has too few questions.
    """
    require(by is None or can_make_papers(by), "定稿试卷")
    ensure_checked()
    sections = sections_of(paper)
    if found := finalising_problems(paper, sections):
        raise ValidationError(found)
    report = shortage(cells_of(sections))
    if not report.is_enough:
        raise NotEnoughQuestions(report)
    with transaction.atomic():
        _hold(paper, Status.DRAFT)
        _set_status(paper, Status.READY)
        audit.record(by=by, verb="定稿试卷", target=paper, detail=f"满分 {plain_number(marks_of(sections))}")


def finalising_problems(paper: Paper, sections: Sequence[SectionSpec]) -> list[str]:
    """What is wrong with the plan, whatever the bank holds."""
    total = marks_of(sections)
    found = plan_problems(sections)
    if sections and paper.pass_marks > total:
        found.append(
            f"及格分 {plain_number(paper.pass_marks)} 高于满分 {plain_number(total)}；请调整及格分或各题分值。"
        )
    return found


@transaction.atomic
def reopen_paper(paper: Paper, *, by: User | None) -> None:
    """Back to a draft; its forms go. Raises ValidationError once an exam uses the paper."""
    require(by is None or can_make_papers(by), "修改试卷")
    _hold(paper, Status.READY)
    _refuse_used(paper.exams.all(), "不能再改；请复制一份后修改")
    dropped = [form.label for form in paper.forms.all()]
    paper.forms.all().delete()
    paper.open_for_practice = False
    _set_status(paper, Status.DRAFT)
    audit.record(by=by, verb="退回编制试卷", target=paper, detail=f"删除卷别 {'、'.join(dropped) or '无'}")


@transaction.atomic
def delete_paper(paper: Paper, *, by: User) -> None:
    """A draft that nobody needs; a finalised one is reopened first."""
    require(can_make_papers(by), "删除试卷")
    _hold(paper, Status.DRAFT)
    _refuse_used(paper.exams.all(), "不能删除")
    audit.record(by=by, verb="删除试卷", target=paper)
    paper.delete()


@transaction.atomic
def copy_paper(paper: Paper, *, by: User | None, title: str = "") -> Paper:
    """A draft with the same settings and plan, without forms."""
    require(by is None or can_make_papers(by), "复制试卷")
    values = {name: getattr(paper, name) for name in SETTINGS if name != "title"}
    title = title.strip() or f"{paper.title[:115]}（副本）"
    return create_paper(title, by=by, sections=sections_of(paper), **values)


@transaction.atomic
def open_for_practice(paper: Paper, is_open: bool, *, by: User | None) -> None:
    """Lets officers practise with a finalised paper; never while an exam with it is ahead or under way."""
    require(by is None or can_make_papers(by), "开放练习")
    if is_open:
        _hold(paper, Status.READY)
        _refuse_used(paper.exams.exclude(status=Exam.Status.CLOSED), "考试结束后才能开放练习")
    paper.open_for_practice = is_open
    paper.save(update_fields=["open_for_practice"])
    audit.record(by=by, verb="开放试卷练习" if is_open else "停止试卷练习", target=paper)


def build_form(
    paper: Paper, label: str, *, by: User | None, like: PaperForm | None = None, seed: int | None = None
) -> PaperForm:
    """A fixed set of questions. `like` takes that form's questions in another order; otherwise they are drawn, those of
    the paper's other forms last. Raises ValidationError: a draft, a label in use, a bank that has become too small.
    """
    require(by is None or can_make_papers(by), "生成卷别")
    if label not in LABELS or len(label) != 1:
        raise ValidationError(f"卷别“{label}”无效；请用 {LABELS[0]} 至 {LABELS[-1]} 中的一个字母。")
    if paper.status != Status.READY:
        raise ValidationError("试卷还没有定稿；请先定稿。")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    drawn = _drawn_like(like, seed) if like else _drawn_anew(paper, seed)
    with transaction.atomic():
        _hold(paper, Status.READY)
        form = _keep_form(PaperForm(paper=paper, label=label, seed=seed, built_by=by), drawn)
        detail = f"{label} 卷，{len(drawn)} 题" + (f"，与 {like.label} 卷同题" if like else "")
        audit.record(by=by, verb="生成卷别", target=form, detail=detail)
    return form


@transaction.atomic
def discard_form(form: PaperForm, *, by: User | None) -> None:
    """Deletes a form that no exam uses."""
    require(by is None or can_make_papers(by), "删除卷别")
    _refuse_used(form.exams.all(), "不能删除这一卷")
    audit.record(by=by, verb="删除卷别", target=form)
    form.delete()


def replace_item(item: PaperItem, reason: str, *, by: User | None, seed: int | None = None) -> PaperItem:
    """Another question of the bank at this place, so that the quotas still hold; before the form is used.

    Raises ValidationError: no reason, an exam already built with the form, no other question that fits.
    """
    require(by is None or can_make_papers(by), "换题")
    if not reason.strip():
        raise ValidationError("请写明换题的理由。")
    ensure_checked()
    found = substitute_for(item, secrets.randbelow(SEEDS) if seed is None else seed)
    if found is None or found.current is None:
        raise ValidationError(f"题库中没有可以替换第 {item.order_no} 题的试题；请补充试题，或重新生成这一卷。")
    with transaction.atomic():
        _hold(item.form.paper, Status.READY)
        _refuse_used(item.form.exams.exclude(status=Exam.Status.PLANNED), "试卷已生成，不能换题")
        old, item.question, item.version = item.question, found, found.current
        item.save(update_fields=["question", "version"])
        detail = f"第 {item.order_no} 题 {old.code} 换为 {found.code}：{reason.strip()}"
        audit.record(by=by, verb="换题", target=item.form, detail=detail)
    return item


def print_form(form: PaperForm, sheet: str, suffix: str, *, by: User | None) -> bytes:
    """One of the `printing.Sheet`s as `pdf` or `docx`. Who took a paper or a key before an exam can be asked for later.

    Raises ExportError in words.
    """
    require(by is None or can_read_bank(by), "下载试卷文件")
    data = printed(read_form(form), Sheet(sheet), suffix)
    audit.record(by=by, verb="下载试卷文件", target=form, detail=f"{Sheet(sheet).label}（{suffix}）")
    return data


def next_label(paper: Paper) -> str:
    """The first letter that no form of the paper has; empty where all are taken."""
    taken = set(paper.forms.values_list("label", flat=True))
    return next((label for label in LABELS if label not in taken), "")


def _settings(values: dict[str, Any]) -> dict[str, Any]:
    if strange := set(values) - set(SETTINGS):
        raise TypeError(f"not a setting of a paper: {sorted(strange)}")
    return values


def _hold(paper: Paper, status: str) -> None:
    """Holds the row until the transaction ends, and makes sure that nobody has moved it meanwhile."""
    if not Paper.objects.filter(pk=paper.pk, status=status).update(status=status):
        if status == Status.DRAFT:
            raise ValidationError("试卷已经定稿，不能修改；请先退回编制，或复制一份。")
        raise ValidationError("试卷还没有定稿；请先定稿。")


def _set_status(paper: Paper, status: str) -> None:
    paper.status = status
    paper.save(update_fields=["status", "open_for_practice"])


def _refuse_used(exams: Iterable[Exam], consequence: str) -> None:
    if names := [exam.title for exam in exams]:
        raise ValidationError(f"试卷正在用于考试“{'”“'.join(names)}”，{consequence}。")


def _keep_sections(paper: Paper, sections: Sequence[SectionSpec]) -> None:
    for number, spec in enumerate(sections, 1):
        section = PaperSection(
            paper=paper,
            section_no=number,
            title=spec.title.strip(),
            kind=spec.kind,
            count=spec.count,
            marks_each=spec.marks_each,
            rule=spec.rule,
        )
        section.clean_fields(exclude={"paper"})
        section.save()
        cells = [SectionCell(section=section, **cell.columns()) for cell in spec.cells]
        for cell in cells:
            cell.clean_fields(exclude={"section", "domain", "regulation"})
        SectionCell.objects.bulk_create(cells)


def _drawn_anew(paper: Paper, seed: int) -> list[Drawn]:
    others = PaperItem.objects.filter(form__paper=paper).values_list("question", flat=True)
    return draw(paper, seed, seen=frozenset(others))


def _drawn_like(like: PaperForm, seed: int) -> list[Drawn]:
    ensure_checked()
    if stale := [f"第 {item.order_no} 题（{item.question.code}）" for item in stale_items(like)]:
        raise ValidationError(f"{like.label} 卷的{'、'.join(stale)}已不能使用；请先在 {like.label} 卷中换题。")
    return reordered(like.items.all(), seed)


def _keep_form(form: PaperForm, drawn: Iterable[Drawn]) -> PaperForm:
    try:
        with transaction.atomic():
            form.save(force_insert=True)
    except IntegrityError as reason:
        raise ValidationError(f"{form.label} 卷已经存在；请换一个卷别，或先删除它。") from reason
    PaperItem.objects.bulk_create(
        PaperItem(
            form=form,
            section_no=one.section_no,
            order_no=one.order_no,
            question_id=one.question_id,
            version_id=one.version_id,
        )
        for one in drawn
    )
    return form
