"""The ranking of one contest, from its sittings: streets, and persons as far as they may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exams.models import ContestRule, Exam, Registration, Sitting
from exams.practice.contest.ranking import Result, Rule, Standing, counted_of, places, rank
from people.importing.spreadsheets import workbook
from people.models import Officer, Unit, User

HEAD = ["街道名次", "街道", "街道成绩", "参赛人数", "计入人数", "个人名次", "姓名", "人员编号"]
HEAD += ["得分", "满分", "用时（秒）", "计入街道成绩"]
PEOPLE_SHOWN = 20


@dataclass(frozen=True)
class Entrant:
    """A registered officer with the best finished attempt, if there is one that is marked."""

    officer: Officer
    street: Unit
    result: Result | None
    full_marks: Decimal = Decimal(0)


def rule_of(exam: Exam) -> Rule:
    """The contest's own rule, or the default."""
    row = ContestRule.objects.filter(exam=exam).first() or ContestRule(exam=exam)
    return Rule(row.best_of, row.fewest, row.counts_absent, row.time_breaks_ties)


def rule_in_words(rule: Rule) -> list[str]:
    """Sentences to stand beside the ranking."""
    counted = f"得分最高的 {rule.best_of} 名参赛人员" if rule.best_of else "全体参赛人员"
    ties = "相同的，平均用时少者在前" if rule.time_breaks_ties else "相同的名次并列，其后名次顺延"
    absent = "；报名后缺考的按零分计入" if rule.counts_absent and not rule.best_of else ""
    return [
        f"街道成绩为{counted}得分的平均值{absent}，保留两位小数。",
        f"参赛人员少于 {rule.needed} 人的街道不排名次。",
        f"成绩{ties}。",
        "一人多次作答的，取得分最高的一次。",
    ]


def entrants_of(exam: Exam) -> list[Entrant]:
    """Everybody on the list. Three queries."""
    registrations = exam.registrations.select_related("officer__unit__parent")
    best = _best_sittings(exam)
    return [_entrant(one, best.get(one.pk)) for one in registrations]


def streets_of(entrants: Iterable[Entrant], rule: Rule) -> list[Standing[Unit]]:
    """The ranking of streets."""
    results: dict[Unit, list[Result]] = defaultdict(list)
    absent: dict[Unit, int] = defaultdict(int)
    for one in entrants:
        results[one.street].extend([one.result] if one.result else [])
        absent[one.street] += one.result is None
    return rank(results, absent, rule)


def people_of(entrants: Sequence[Entrant], exam: Exam, viewer: User, rule: Rule) -> list[dict[str, Any]]:
    """The first persons by place, and the viewer. Where names are hidden, only the viewer's row says who it is."""
    came = {one.officer.pk: one for one in entrants if one.result}
    given = _personal_places(came.values(), rule)
    rows = [_person(came[pk], place, exam.ranking_hides_names, viewer) for pk, place in given.items()]
    rows.sort(key=lambda row: (row["place"], not row["is_own"], row["seconds"]))
    return [row for n, row in enumerate(rows) if n < PEOPLE_SHOWN or row["is_own"]]


def unmarked_of(exam: Exam) -> int:
    """Finished attempts that still wait for marks."""
    return Sitting.objects.filter(registration__exam=exam, is_marked=False).finished().count()


def sheet_of(exam: Exam) -> bytes:
    """.xlsx for the bureau: one row for each registered officer, so that every mean can be reckoned again."""
    rule, entrants = rule_of(exam), entrants_of(exam)
    streets = {row.key: row for row in streets_of(entrants, rule)}
    given = _personal_places([one for one in entrants if one.result], rule)
    counted = _counted(entrants, rule)
    rows = [_row(one, streets[one.street], given.get(one.officer.pk), one.officer.pk in counted) for one in entrants]
    rows.sort(key=lambda row: (row[0] == "", row[0], row[1], row[5] == "", row[5]))
    return workbook(HEAD, rows, "大比武成绩")


def _best_sittings(exam: Exam) -> dict[int, Sitting]:
    """Registration -> its best finished and marked attempt."""
    finished = Sitting.objects.filter(registration__exam=exam, is_marked=True, score__isnull=False).finished()
    ordered = sorted(finished, key=lambda sitting: (sitting.score, -_seconds(sitting)))
    return {sitting.registration_id: sitting for sitting in ordered}


def _entrant(registration: Registration, sitting: Sitting | None) -> Entrant:
    officer = registration.officer
    if sitting is None or sitting.score is None:
        return Entrant(officer, _street(officer.unit), None)
    return Entrant(officer, _street(officer.unit), Result(sitting.score, _seconds(sitting)), sitting.full_marks)


def _street(unit: Unit) -> Unit:
    """An office counts for its street."""
    return unit.parent if unit.kind == Unit.Kind.OFFICE and unit.parent else unit


def _seconds(sitting: Sitting) -> int:
    """Time used, to the end of the time allowed at most: grace is no time."""
    if not sitting.started_at or not sitting.finished_at:
        return 0
    end = min(sitting.finished_at, sitting.ends_at or sitting.finished_at)
    return max(0, int((end - sitting.started_at).total_seconds()))


def _personal_places(came: Iterable[Entrant], rule: Rule) -> dict[int, int]:
    return places({one.officer.pk: (one.result.score, one.result.seconds) for one in came if one.result}, rule)


def _person(one: Entrant, place: int, hides_names: bool, viewer: User) -> dict[str, Any]:
    is_own = one.officer.user_id == viewer.pk
    shown = is_own or not hides_names
    result = one.result or Result(Decimal(0), 0)
    return {
        "place": place,
        "name": one.officer.name if shown else "",
        "street": one.street.label if shown else "",
        "score": result.score,
        "seconds": result.seconds,
        "used": in_minutes(result.seconds),
        "is_own": is_own,
    }


def in_minutes(seconds: int) -> str:
    """`32 分 10 秒`."""
    return f"{seconds // 60} 分 {seconds % 60} 秒"


def _counted(entrants: Sequence[Entrant], rule: Rule) -> set[int]:
    """Officers whose score is in their street's mean."""
    by_street: dict[Unit, list[Entrant]] = defaultdict(list)
    for one in entrants:
        if one.result:
            by_street[one.street].append(one)
    found: set[int] = set()
    for members in by_street.values():
        left = counted_of([one.result for one in members if one.result], rule)
        for one in members:
            if one.result in left:
                left.remove(one.result)
                found.add(one.officer.pk)
    return found


def _row(one: Entrant, street: Standing[Unit], place: int | None, is_counted: bool) -> list[Any]:
    head = [street.place or "", one.street.name, street.value, street.entered, street.counted, place or ""]
    who = [one.officer.name, one.officer.staff_no]
    if one.result is None:
        return [*head, *who, "缺考", "", "", "否"]
    return [*head, *who, one.result.score, one.full_marks, one.result.seconds, "是" if is_counted else "否"]
