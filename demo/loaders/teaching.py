"""What the cases are used for: the quarter being collected, a discussion, a contest with its ranking."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from casebook.models import Case, CasebookIssue, Contest, Criterion, Discussion, Judge, Nomination
from casebook.quarter.actions import open_quarter
from casebook.teaching import judging
from casebook.teaching.actions import discuss_issue
from people.models import User

EDITOR, JUDGES = "peixun", ("daoshi", "zhidao")
COLLECTED, DUE_ON = (2026, 4), dt.date(2026, 12, 10)
SHEET = (("事实与证据", 30), ("程序与裁量", 30), ("说理与文字", 20), ("指导意义", 20))
# Points each nomination loses on every line; the second and the third come out even.
LOST = (Decimal("0.5"), Decimal(1), Decimal(1), Decimal(2), Decimal("2.5"), Decimal(4))
SEATS = 3


def load_teaching() -> dict[str, int]:
    """Returns counts by what is there afterwards; what exists already is left alone."""
    editor = User.objects.get(username=EDITOR)
    if not CasebookIssue.objects.filter(year_no=COLLECTED[0], quarter_no=COLLECTED[1]).exists():
        open_quarter(*COLLECTED, due_on=DUE_ON, by=editor)
    if not Discussion.objects.exists():
        _discuss(editor)
    if not Contest.objects.exists():
        _judge(editor)
    return {"案例讲评": Discussion.objects.count(), "十佳评选": Contest.objects.count()}


def _discuss(editor: User) -> None:
    newest = CasebookIssue.objects.newest()
    if newest:
        discussion = discuss_issue(newest, by=editor)
        discussion.intro = "先各自读案情，不看处理结果，写下应当查明的事实和拟适用的条款，再与案例对照。"
        discussion.held_on, discussion.is_open = dt.date(2026, 11, 27), True
        discussion.save()


@transaction.atomic
def _judge(editor: User) -> None:
    """The typical cases of the library, scored by two judges by a rule that gives one tie."""
    contest = Contest.objects.create(
        title="2026年度优秀案例", year_no=2026, places=SEATS, note="由各街道推荐，两名评委独立评分。"
    )
    for n, (name, points) in enumerate(SHEET):
        Criterion.objects.create(contest=contest, name=name, max_points=points, sort_order=n)
    for username in JUDGES:
        Judge.objects.create(contest=contest, person=User.objects.get(username=username))
    for case in Case.objects.published().filter(is_typical=True).order_by("case_no")[: len(LOST)]:
        judging.nominate(contest, case, by=editor, reason="证据和说理完整，可供同类案件参照。")
    judging.close_nominations(contest, by=editor)
    for judge in contest.judges.select_related("person"):
        for nomination, lost in zip(contest.nominations.select_related("case").order_by("pk"), LOST, strict=False):
            _score(nomination, judge, lost)
    judging.publish_ranking(contest, by=editor)


def _score(nomination: Nomination, judge: Judge, lost: Decimal) -> None:
    if not judging.recused(judge, nomination.case):
        points = {one.pk: one.max_points - lost for one in nomination.contest.criteria.all()}
        judging.score(nomination, points, by=judge.person)
