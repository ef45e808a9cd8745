"""A bank and plans for tests of papers, in bulk: `stock(20, kind="multiple", domain="燃气", law=law)`."""

import datetime as dt
from itertools import count

from exams.actions.questions import stem_digest
from exams.content import Content, Kind, Part, to_json
from exams.models import Paper, Question, QuestionBasis, QuestionVersion
from exams.papers.plan import CellSpec, SectionSpec
from kb.models import Domain, Regulation
from tests.factories.exams import PaperFactory, judge, multiple, single

CHECKED_ON = dt.date(2026, 1, 1)
_numbers = count(1)


def domain(name: str = "通用程序") -> Domain:
    return Domain.objects.get_or_create(name=name, defaults={"slug": f"d-{next(_numbers)}"})[0]


def group(stem: str) -> Content:
    """A case of two parts."""
    parts = (
        Part(Kind.SINGLE, f"{stem}：定性", ("占道", "倾倒", "露宿"), "A", explanation="看行为。", basis="依据甲"),
        Part(Kind.JUDGE, f"{stem}：可以当场处罚", key="F"),
    )
    return Content(Kind.GROUP, parts, f"{stem}。某日，执法人员检查。")


CONTENTS = {"single": single, "multiple": multiple, "judge": judge, "group": group}


def stock(
    number: int,
    kind: str = "single",
    *,
    difficulty: int = 3,
    domain_name: str = "通用程序",
    law: Regulation | None = None,
    status: str = Question.Status.REVIEWED,
) -> list[Question]:
    """So many questions in use, each with a stem of its own; five queries in all."""
    contents = [CONTENTS[kind](f"第{next(_numbers)}号试题") for _ in range(number)]
    place = domain(domain_name)
    questions = Question.objects.bulk_create(
        Question(
            code=f"T{next(_numbers):06d}",
            kind=kind,
            domain=place,
            difficulty=difficulty,
            status=status,
            stem_digest=stem_digest(content),
        )
        for content in contents
    )
    versions = QuestionVersion.objects.bulk_create(
        QuestionVersion(
            question=question,
            version_no=1,
            title=content.title,
            body=to_json(content),
            words=content.words(),
            read_on=CHECKED_ON,
        )
        for question, content in zip(questions, contents, strict=True)
    )
    for question, version in zip(questions, versions, strict=True):
        question.newest = question.current = version
    Question.objects.bulk_update(questions, ["newest", "current"])
    if law:
        QuestionBasis.objects.bulk_create(
            QuestionBasis(version=version, raw=law.title, regulation=law, key="1", read_on=CHECKED_ON)
            for version in versions
        )
    return questions


def twin_of(question: Question, **values) -> Question:
    """Another question with the same stem, as only a faulty import could bring."""
    (other,) = stock(1, question.kind, **values)
    other.stem_digest = question.stem_digest
    other.save()
    return other


def section(count: int, *cells: CellSpec, kind: str = "single", **values) -> SectionSpec:
    return SectionSpec(values.pop("title", "单项选择题"), kind, count, cells=cells, **values)


def paper_of(*sections: SectionSpec, **values) -> Paper:
    """A stored paper with that plan."""
    paper = PaperFactory(**values)
    for number, spec in enumerate(sections, 1):
        stored = paper.sections.create(
            section_no=number,
            title=spec.title,
            kind=spec.kind,
            count=spec.count,
            marks_each=spec.marks_each,
            rule=spec.rule,
        )
        for cell in spec.cells:
            stored.cells.create(
                percent=cell.percent,
                domain=cell.domain,
                excludes_domain=cell.excludes_domain,
                regulation=cell.regulation,
                easiest=cell.easiest,
                hardest=cell.hardest,
            )
    return paper
