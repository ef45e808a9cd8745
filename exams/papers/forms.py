"""A form's questions: in another order, one of them replaced, and which of them may no longer be used."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, Q, QuerySet

from exams.models import PaperForm, PaperItem, Question
from exams.papers.assignment import Assignment
from exams.papers.drawing import Drawn, in_order
from exams.papers.plan import Cell, cells_of, sections_of
from exams.papers.pools import drawable_entries, entries_of, twins_of, usage_of


def reordered(items: Iterable[PaperItem], seed: int) -> list[Drawn]:
    """The same questions in the same versions, each section in an order of its own."""
    sections: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for item in items:
        sections[item.section_no].append((item.question_id, item.version_id))
    return in_order(sections, random.Random(seed))


def stale_items(form: PaperForm) -> QuerySet[PaperItem]:
    """Items whose question was taken out of use, or says something else by now."""
    fresh = Q(question__status=Question.Status.REVIEWED, question__current=F("version"))
    return form.items.exclude(fresh).select_related("question")


def substitute_for(item: PaperItem, seed: int) -> Question | None:
    """A question that keeps the quotas of the item's section, least used first; None where the bank has none.

    A stem that stands in the form already, the bad question's own included, does not come again.
    """
    cells = [cell for cell in cells_of(sections_of(item.form.paper)) if cell.section_no == item.section_no]
    inside = Question.objects.filter(pk__in=item.form.items.values("question"))
    known = set(inside.values_list("stem_digest", flat=True))
    others = inside.filter(pk__in=item.form.items.filter(section_no=item.section_no).values("question"))
    assignment = _held(others.exclude(pk=item.question_id), cells)
    fresh = [twins for twins in twins_of(drawable_entries(cells), cells) if twins.entries[0].digest not in known]
    used, chance = usage_of(Question.objects.drawable()), random.Random(seed)
    cost = {twins: _cost([entry.question_id for entry in twins.entries], used, chance) for twins in fresh}
    for twins in sorted(fresh, key=cost.__getitem__):
        if assignment.add(twins.fit):
            chosen = twins.one_for(cells[twins.fit[0]])
            return Question.objects.select_related("current").get(pk=chosen.question_id)
    return None


def _held(questions: QuerySet[Question], cells: Sequence[Cell]) -> Assignment:
    """The section's cells with the questions that stay."""
    assignment = Assignment([cell.asked for cell in cells])
    for twins in twins_of(entries_of(questions, cells), cells):
        assignment.add(twins.fit)
    return assignment


def _cost(questions: Iterable[int], used: Counter[int], chance: random.Random) -> float:
    return sum(used[question] for question in questions) + chance.random()
