"""Verbs of 十佳评选: nominate, close the nominations, score, publish the ranking."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.models import Case, Contest, Criterion, Judge, Nomination, Score
from casebook.permissions import can_compile_issues, can_nominate, require
from casebook.teaching import ranking
from people import audit
from people.models import User

Status = Contest.Status
STEP = Decimal("0.5")
FEWEST_JUDGES = 2


def nominate(contest: Contest, case: Case, *, by: User, reason: str = "") -> Nomination:
    """Puts a public case forward. Raises ValidationError when nominations are closed or the case is in already."""
    require(can_nominate(by, case), "推荐该案例（街道只能推荐本街道的案例）")
    if contest.status != Status.NOMINATING:
        raise ValidationError(f"{contest} 已截止推荐。")
    if not case.is_public:
        raise ValidationError(f"案例 {case.case_no} 没有公开，不能推荐。")
    nomination, made = Nomination.objects.get_or_create(
        contest=contest, case=case, defaults={"reason": reason, "nominated_by": by}
    )
    if not made:
        raise ValidationError(f"案例 {case.case_no} 已被推荐。")
    audit.record(by=by, verb="推荐十佳", target=nomination)
    return nomination


def close_nominations(contest: Contest, *, by: User) -> None:
    """Judges can score from now on. Raises ValidationError while the sheet, the judges or the cases are missing."""
    require(can_compile_issues(by), "截止推荐")
    if not contest.criteria.exists():
        raise ValidationError("还没有评分项；请先在评选中添加。")
    if contest.judges.count() < FEWEST_JUDGES:
        raise ValidationError(f"至少要有 {FEWEST_JUDGES} 名评委；请先在评选中添加。")
    if not contest.nominations.exists():
        raise ValidationError("还没有推荐案例。")
    if unjudged := _without_judge(contest):
        raise ValidationError(f"以下案例的评委都须回避，没有人评分：{'、'.join(unjudged)}；请增加评委。")
    _move(contest, Status.NOMINATING, Status.JUDGING, f"{contest} 不在推荐阶段。")
    audit.record(by=by, verb="截止推荐", target=contest)


@transaction.atomic
def score(nomination: Nomination, points: Mapping[int, Decimal], *, by: User) -> None:
    """One judge's whole sheet for one case: criterion pk -> points in steps of 0.5. May be given again until published.

    Raises ValidationError naming what is wrong with the sheet, PermissionDenied for who is no judge of it.
    """
    judge = Judge.objects.filter(contest=nomination.contest, person=by).first()
    require(judge is not None and not recused(judge, nomination.case), "为该案例评分（评委回避本人和本单位的案例）")
    if nomination.contest.status != Status.JUDGING:
        raise ValidationError("现在不在评分阶段。")
    criteria = list(nomination.contest.criteria.all())
    faults = [fault for criterion in criteria if (fault := _fault(criterion, points.get(criterion.pk)))]
    if faults:
        raise ValidationError(faults)
    for criterion in criteria:
        Score.objects.update_or_create(
            nomination=nomination, judge=judge, criterion=criterion, defaults={"points": points[criterion.pk]}
        )
    audit.record(by=by, verb="评分", target=nomination)


def recused(judge: Judge, case: Case) -> bool:
    """A judge does not score what he wrote, handled for publication, or what his own unit did."""
    hands = {case.author_id, case.anonymised_by_id, case.signed_by_id}
    return judge.person_id in hands or (case.street_id is not None and judge.person.unit_id == case.street_id)


@transaction.atomic
def publish_ranking(contest: Contest, *, by: User) -> None:
    """Writes totals and places. Raises ValidationError naming the sheets that are missing."""
    require(can_compile_issues(by), "公布评选结果")
    sheets = sheets_of(contest)
    missing = missing_sheets(contest)
    if missing:
        raise ValidationError([f"{judge.person} 还没有为“{nomination}”评分。" for judge, nomination in missing])
    _move(contest, Status.JUDGING, Status.PUBLISHED, f"{contest} 不在评分阶段。")
    Contest.objects.filter(pk=contest.pk).update(published_at=timezone.now())
    nominations = list(contest.nominations.all())
    totals = {one.pk: ranking.total(list(sheets[one.pk].values())) for one in nominations}
    placed = ranking.places(totals)
    for one in nominations:
        one.total, one.place = totals[one.pk], placed[one.pk]
    Nomination.objects.bulk_update(nominations, ["total", "place"])
    audit.record(by=by, verb="公布十佳", target=contest, detail=f"{len(nominations)} 篇")


def sheets_of(contest: Contest) -> dict[int, dict[int, dict[int, Decimal]]]:
    """nomination -> judge -> criterion -> points, all by primary key. One query."""
    sheets: dict[int, dict[int, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for one in Score.objects.filter(nomination__contest=contest):
        sheets[one.nomination_id][one.judge_id][one.criterion_id] = one.points
    return sheets


def missing_sheets(contest: Contest) -> list[tuple[Judge, Nomination]]:
    """Sheets not yet complete; those of a recused judge are not expected."""
    sheets, wanted = sheets_of(contest), contest.criteria.count()
    nominations = contest.nominations.select_related("case").prefetch_related("case__replacements")
    judges = list(contest.judges.select_related("person"))
    return [
        (judge, one)
        for one in nominations
        for judge in judges
        if not recused(judge, one.case) and len(sheets[one.pk][judge.pk]) < wanted
    ]


def recusals(contest: Contest) -> list[tuple[Judge, Nomination]]:
    """Who does not score what, by nomination."""
    nominations = contest.nominations.select_related("case").prefetch_related("case__replacements")
    judges = list(contest.judges.select_related("person"))
    return [(judge, one) for one in nominations for judge in judges if recused(judge, one.case)]


def _without_judge(contest: Contest) -> list[str]:
    """Numbers of the cases that nobody may score: their total would be nothing, not a judgement."""
    judges = list(contest.judges.select_related("person"))
    cases = [one.case for one in contest.nominations.select_related("case")]
    return [case.case_no for case in cases if all(recused(judge, case) for judge in judges)]


def _fault(criterion: Criterion, points: Decimal | None) -> str:
    if points is None:
        return f"“{criterion.name}”没有评分；请填写 0 至 {criterion.max_points} 分。"
    if not 0 <= points <= criterion.max_points or points % STEP:
        return f"“{criterion.name}”应为 0 至 {criterion.max_points} 分，以 0.5 分为一档。"
    return ""


def _move(contest: Contest, before: str, after: str, refusal: str) -> None:
    """One conditional update, so that a step is taken once."""
    if not Contest.objects.filter(pk=contest.pk, status=before).update(status=after):
        raise ValidationError(refusal)
    contest.status = after
