"""What a contest asks of one person: to put cases forward, to score, to publish. Each in the place where they look."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from casebook.models import Contest
from casebook.permissions import can_compile_issues, nominable_cases
from casebook.teaching.judging import missing_sheets
from content.dashboard import Waiting
from people.models import User

Status = Contest.Status


def contests_waiting(user: User) -> list[Waiting]:
    """For the admin's home page: running contests, with the number of what this person can do in them."""
    running = Contest.objects.exclude(status=Status.PUBLISHED)
    found = [_nominating(one, user) if one.status == Status.NOMINATING else _judging(one, user) for one in running]
    return [waiting for waiting in found if waiting]


def sheets_to_fill(request: HttpRequest | None, user: User) -> str:
    """For a judge's own page: the contests with sheets that this person has not filled in."""
    contests = Contest.objects.filter(status=Status.JUDGING, judges__person=user)
    left = [(one, sum(judge.person_id == user.pk for judge, _ in missing_sheets(one))) for one in contests]
    entries = [
        {"title": one.title, "url": reverse("casebook:contest_sheets", args=[one.pk]), "meta": f"还有 {number} 篇未评"}
        for one, number in left
        if number
    ]
    return render_to_string("components/link_panel.html", {"title": "十佳评分", "entries": entries}) if entries else ""


def _nominating(contest: Contest, user: User) -> Waiting | None:
    free = nominable_cases(user).exclude(nominations__contest=contest).count()
    return Waiting(f"可以推荐的案例（{contest}）", free, _page(contest), "选出案例，写明推荐理由") if free else None


def _judging(contest: Contest, user: User) -> Waiting | None:
    if not can_compile_issues(user):
        return None
    return Waiting(f"还差的评分（{contest}）", len(missing_sheets(contest)), _page(contest), "评完后公布结果")


def _page(contest: Contest) -> str:
    return reverse("casebook_contest", args=[contest.pk])
