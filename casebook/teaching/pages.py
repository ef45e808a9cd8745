"""What a discussion shows: its cases that are still public, each with the questions to talk about."""

from dataclasses import dataclass
from typing import Any

from casebook import layer
from casebook.models import Case, Discussion, DiscussionCase
from casebook.pages import card
from casebook.rendering import list_items


@dataclass(frozen=True)
class Talk:
    """One case of a discussion; `card` is None when it is no longer public."""

    number: int
    card: dict[str, Any] | None
    questions: list[str]


def talks_of(discussion: Discussion) -> list[Talk]:
    """In the order of the discussion. A fixed number of queries."""
    rows = list(discussion.discussion_cases.all())
    public = Case.objects.published().filter(pk__in=[row.case_id for row in rows]).for_lists()
    by_pk = {case.pk: case for case in public}
    return [_talk(n, row, by_pk.get(row.case_id)) for n, row in enumerate(rows, 1)]


def _talk(number: int, row: DiscussionCase, case: Case | None) -> Talk:
    if case is None:
        return Talk(number, None, [])
    own = "\n".join(section.text for section in layer.shown(case).sections if section.is_questions)
    return Talk(number, card(case), [str(item) for item in list_items(row.questions or own)])
