"""Sittings are built before an exam opens: every paper drawn, shuffled, frozen and written out.

What is left for the start is one update, which is what makes five hundred starts in one second possible. Building may
be called again at any time: the unique (registration, attempt_no) lets each attempt be built once.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from exams.content import Content
from exams.models import Exam, Paper, PaperItem, PaperSection, Registration, Sitting, SittingItem, SittingPaper
from exams.papers.drawing import Drawer
from exams.sittings.entitled import attempts_left
from exams.sittings.frame import Drawn, Rules, places
from exams.sittings.writing import contents_of, written

# Sittings of one transaction: 2,500 rows, well under a second on SQLite.
BATCH = 25
SEED_BITS = 62


@dataclass
class Source:
    """What the sittings of one exam are made from; read once for all of them."""

    exam: Exam
    sections: dict[int, PaperSection]
    fixed: Sequence[Drawn]
    drawer: Drawer | None = None
    contents: dict[int, Content] = field(default_factory=dict)

    def drawn(self, seed: int, registration: Registration) -> Sequence[Drawn]:
        """The questions of one candidate; at random, what the candidate has seen comes last."""
        if self.drawer is None:
            return self.fixed
        seen = SittingItem.objects.filter(sitting__registration=registration).values_list("question", flat=True)
        return self.drawer.take(seed, seen=set(seen.order_by()))

    def known(self, versions: Iterable[int]) -> dict[int, Content]:
        """What the versions say; each is read once."""
        missing = set(versions) - self.contents.keys()
        if missing:
            self.contents |= contents_of(missing)
        return self.contents

    @property
    def rules(self) -> dict[int, Rules]:
        return {one.section_no: Rules(one.section_no, one.marks_each, one.rule) for one in self.sections.values()}


@dataclass
class Draft:
    """A sitting with its items, not saved."""

    sitting: Sitting
    items: list[SittingItem]
    body: bytes


def source_of(exam: Exam) -> Source:
    """Raises ValidationError where the paper is not finished, has no form, or lacks questions."""
    paper = exam.paper
    if paper.status != Paper.Status.READY:
        raise ValidationError(f"试卷「{paper}」还在编制；请先定稿。")
    sections = {one.section_no: one for one in paper.sections.all()}
    if paper.mode == Paper.Mode.RANDOM:
        return Source(exam, sections, (), Drawer(paper))
    return Source(exam, sections, _fixed(exam))


def unbuilt(exam: Exam) -> QuerySet[Registration]:
    """Candidates without any attempt."""
    return exam.registrations.filter(~Exists(Sitting.objects.filter(registration=OuterRef("pk")))).order_by("pk")


def build(source: Source, registrations: Iterable[Registration], attempt_no: int = 1) -> int:
    """Builds that attempt of each; gives how many were built. Somebody else's building at the same time does no harm:
    who has found the attempt missing names it, and the second to build it is kept out.
    """
    built = 0
    rows = list(registrations)
    for start in range(0, len(rows), BATCH):
        drafts = [_draft(source, registration, attempt_no) for registration in rows[start : start + BATCH]]
        built += _save(drafts)
    return built


def prepare_attempt(registration: Registration) -> Sitting | None:
    """The attempt that the candidate sits or will begin: the one there is, or a new one while attempts are left."""
    known = list(registration.sittings.order_by("attempt_no"))
    current = _current(known)
    if current or registration.exam.status != Exam.Status.BUILT or not attempts_left(registration, known):
        return current
    build(source_of(registration.exam), [registration], known[-1].attempt_no + 1 if known else 1)
    return _current(registration.sittings.order_by("attempt_no"))


def _current(sittings: Iterable[Sitting]) -> Sitting | None:
    return next((one for one in sittings if one.state in (Sitting.State.PREPARED, Sitting.State.OPEN)), None)


def _fixed(exam: Exam) -> list[PaperItem]:
    form = exam.form or exam.paper.forms.order_by("label").first()
    found = list(PaperItem.objects.filter(form=form).order_by("order_no")) if form else []
    if not found:
        raise ValidationError(f"试卷「{exam.paper}」还没有生成卷别；请先生成 A 卷。")
    return found


def _draft(source: Source, registration: Registration, attempt_no: int) -> Draft:
    seed = secrets.randbits(SEED_BITS)
    drawn = source.drawn(seed, registration)
    contents = source.known(one.version_id for one in drawn)
    paper = source.exam.paper
    placed = places(
        drawn,
        contents,
        source.rules,
        seed=seed,
        shuffles_items=paper.shuffles_items,
        shuffles_options=paper.shuffles_options,
    )
    full_marks = sum((place.full_marks for place in placed), Decimal(0))
    sitting = Sitting(registration=registration, attempt_no=attempt_no, seed=seed, full_marks=full_marks)
    items = [SittingItem(**asdict(place)) for place in placed]
    return Draft(sitting, items, written(items, source.sections, contents))


def _save(drafts: Sequence[Draft]) -> int:
    """Together; where one of them exists by now, one by one without it."""
    try:
        with transaction.atomic():
            _insert(drafts)
        return len(drafts)
    except IntegrityError:
        return sum(_save([draft]) for draft in drafts) if len(drafts) > 1 else 0


def _insert(drafts: Sequence[Draft]) -> None:
    for row in [one for draft in drafts for one in (draft.sitting, *draft.items)]:
        row.pk = None  # a try that was rolled back has left one
    Sitting.objects.bulk_create([draft.sitting for draft in drafts])
    for draft in drafts:
        for item in draft.items:
            item.sitting = draft.sitting
    SittingItem.objects.bulk_create([item for draft in drafts for item in draft.items], batch_size=500)
    SittingPaper.objects.bulk_create([SittingPaper(sitting=draft.sitting, body=draft.body) for draft in drafts])
