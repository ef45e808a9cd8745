"""Remarks on a case, by the place they belong to.

Wagtail's own comments belong to pages only (its Comment.page, and no panel for snippets), so ours
are rows that name a section and, where somebody wants, the words.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from casebook.layer import BASIS_HEADINGS
from casebook.models import Case, CaseComment

WHOLE = "全文"


@dataclass
class Thread:
    """A remark with its answers, and the name of its place in the text of today."""

    remark: CaseComment
    place: str
    replies: list[CaseComment] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.remark.resolved_at is None


def threads_of(case: Case) -> list[Thread]:
    """Open remarks first, then by time. One query."""
    rows = list(CaseComment.objects.filter(case_id=case.pk).select_related("author", "resolved_by"))
    places = dict(places_of(case))
    threads = {
        row.pk: Thread(row, places.get(row.field_name, "已删除的栏目")) for row in rows if row.answers_id is None
    }
    for row in rows:
        if row.answers_id in threads:
            threads[row.answers_id].replies.append(row)
    return sorted(threads.values(), key=lambda thread: not thread.is_open)


def by_place(threads: list[Thread]) -> dict[str, list[Thread]]:
    places: dict[str, list[Thread]] = defaultdict(list)
    for thread in threads:
        places[thread.remark.field_name].append(thread)
    return dict(places)


def places_of(case: Case) -> list[tuple[str, str]]:
    """(code, label) of every place a remark may be made at."""
    sections = [(section.field_name, section.heading) for section in case.sections()]
    return [("", WHOLE), *BASIS_HEADINGS.items(), *sections]
