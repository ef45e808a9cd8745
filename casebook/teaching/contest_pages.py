"""What the pages of a contest show: the ranking, a judge's sheets, every point as a table."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localtime

from casebook import layer
from casebook.models import Case, Contest, Judge, Nomination, Score
from casebook.teaching import ranking
from casebook.teaching.judging import recusals, recused, sheets_of
from people.importing.spreadsheets import workbook

HEAD = ["名次", "案例编号", "案例", "总分", "评委", "评分项", "满分", "得分", "评分时间"]
STOOD_BACK = "回避，不评分"


def ranking_context(contest: Contest) -> dict[str, Any]:
    """Rows by place; a case that is no longer public keeps its place without its title."""
    rows = list(contest.nominations.select_related("nominated_by").order_by("place", "pk"))
    cases = {case.pk: case for case in Case.objects.published().filter(nominations__contest=contest).for_lists()}
    winners = ranking.chosen({row.pk: row.place for row in rows if row.place}, contest.places)
    return {
        "contest": contest,
        "criteria": list(contest.criteria.all()),
        "judges": contest.judges.count(),
        "rows": [_ranked(row, cases.get(row.case_id), row.pk in winners) for row in rows],
    }


def sheets_context(contest: Contest, judge: Judge) -> dict[str, Any]:
    """Every nomination with what this judge gave so far. A fixed number of queries."""
    sheets, criteria = sheets_of(contest), list(contest.criteria.all())
    rows = []
    for one in contest.nominations.select_related("case").prefetch_related("case__replacements"):
        given = sheets[one.pk][judge.pk]
        fields = [{"criterion": criterion, "points": given.get(criterion.pk, "")} for criterion in criteria]
        rows.append(
            {
                "nomination": one,
                "title": layer.title(one.case),
                "fields": fields,
                "done": len(given) == len(criteria),
                "recused": recused(judge, one.case),
            }
        )
    return {"contest": contest, "rows": rows, "left": sum(not row["done"] and not row["recused"] for row in rows)}


def score_sheet(contest: Contest) -> bytes:
    """One row for every point given and for every judge who stood back, so that each total can be computed again."""
    return workbook(HEAD, [*_scores(contest), *_stood_back(contest)], "评分明细")


def _ranked(row: Nomination, case: Case | None, won: bool) -> dict[str, Any]:
    shown = {"title": layer.title(case), "url": case.get_absolute_url()} if case else {"title": "（已撤下）", "url": ""}
    return {
        **shown,
        "place": row.place,
        "total": row.total,
        "reason": row.reason,
        "nominated_by": row.nominated_by,
        "won": won,
    }


def _scores(contest: Contest) -> Iterator[list[Any]]:
    scores = Score.objects.filter(nomination__contest=contest).select_related(
        "nomination__case", "judge__person", "criterion"
    )
    scores = scores.prefetch_related("nomination__case__replacements")
    for one in scores.order_by("nomination__place", "nomination", "judge", "criterion__sort_order"):
        sheet = [one.criterion.name, one.criterion.max_points, one.points, f"{localtime(one.given_at):%Y-%m-%d %H:%M}"]
        yield [*_head(one.nomination), str(one.judge), *sheet]


def _stood_back(contest: Contest) -> Iterator[list[Any]]:
    for judge, nomination in recusals(contest):
        yield [*_head(nomination), str(judge), STOOD_BACK, "", "", ""]


def _head(nomination: Nomination) -> list[Any]:
    total = nomination.total if nomination.total is not None else ""
    return [nomination.place or "", nomination.case.case_no, layer.title(nomination.case), total]
