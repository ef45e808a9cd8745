"""The question bank: four files through the public importer, written by one person and approved by another.

What somebody has changed on the site stays as it is; only what is new is approved. A question on law that is known by
title alone is approved, too: its basis has no digest, and both of them see that the text is not held.
"""

from demo.loaders.tables import DATA, RefusedData
from exams.actions.bulk import approve_many
from exams.actions.questions import review_question, stem_digest
from exams.exchange.formats import read_file
from exams.exchange.importing import Choice, Plan, State, apply_plan, plan_import
from exams.models import Question
from kb.linking.resolve import Resolver
from people.models import User

WRITER, REVIEWER = "peixun", "shenhe"


def load_questions() -> dict[str, int]:
    """Returns counts by what is there afterwards."""
    writer, reviewer = (User.objects.get(username=name) for name in (WRITER, REVIEWER))
    resolver = Resolver().preload()
    for path in sorted((DATA / "questions").glob("*.txt")):
        plan = plan_import(read_file(path.read_bytes(), path.name), path.name, resolver=resolver)
        _refuse_faults(plan)
        digests = [stem_digest(entry.content) for entry in plan.of(State.NEW)]
        apply_plan(plan, Choice(skip=True), by=writer, resolver=resolver)
        _approve(list(Question.objects.filter(stem_digest__in=digests)), reviewer, resolver)
    return {"试题": Question.objects.count(), "审定": Question.objects.drawable().count()}


def _refuse_faults(plan: Plan) -> None:
    """Anything but a question that the site has changed since."""
    own = [problem for entry in plan.of(State.FAULTY) if entry.question is None for problem in entry.problems]
    if faults := [*plan.reading.problems, *own]:
        raise RefusedData("\n".join(f"{plan.filename}：{one}" for one in faults[:10]))


def _approve(questions: list[Question], reviewer: User, resolver: Resolver) -> None:
    """All at once; questions about the transition from repealed law (从旧兼从轻) are opened one by one."""
    _, refused = approve_many(questions, {one.pk: 1 for one in questions}, by=reviewer, resolver=resolver)
    for question, _ in refused:
        review_question(question, by=reviewer, seen=1)
