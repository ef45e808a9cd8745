"""What was trained: the founding figures as records, ten duty plans, mentors with their pairs and templates.

The figures to be reproduced (handbook, section 1) are sums of records, so records are made for them: who of the
demo's people came to which session is drawn by chance with a fixed seed, how many sessions and attendances is not.

    2022    3 rounds, 306 attendances                        district
    2024    96 visits of other places (现场观摩)               district
    2025    178 sessions, 3,783 attendances                  district
            271 sessions, 14,327 attendances                 streets
            86 coachings by mentors
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from demo.loaders.tables import RefusedData, as_sheet, records
from people.importing import ImportReport, run
from people.importing.spreadsheets import Row
from people.models import Mentor, Officer, Unit, User
from training.actions.credits import credit_session
from training.figures.importing import import_figures
from training.models import CoachingLog, ImportedFigure, Pairing, Plan, TrainingSession
from training.models.choices import Category, Form, OrganiserLevel, Topic
from training.sessions.importing import SessionResource, import_attendance

SEED = 20260901
SOURCE = "演示数据（按公开的成效数字生成）"
JUSTICE = "区司法局"
TOPICS = (
    ("行政处罚普通程序与证据", Topic.GENERAL_LAW, Category.LEGAL),
    ("三项制度与执法公示", Topic.THREE_SYSTEMS, Category.LEGAL),
    ("赋权事项办案要点", Topic.POWER_ITEMS, Category.BUSINESS),
    ("执法文书制作", Topic.SKILLS, Category.BUSINESS),
    ("高频违法情形认定", Topic.SPECIAL, Category.BUSINESS),
    ("廉洁执法与作风", Topic.INTEGRITY, Category.LEGAL),
)
FORMS = (Form.LECTURE, Form.CASE_TEACHING, Form.DISCUSSION, Form.ON_SITE, Form.DRILL, Form.CASE_REVIEW, Form.HEARING)
GISTS = (
    "勘验笔录写明方位和尺寸",
    "先责令改正，再告知权利",
    "询问笔录逐页签名",
    "听证告知的期限与方式",
    "裁量档次的理由写进决定书",
    "现场拍照的角度和编号",
)
# (部门, 计划) of the departments' duty in June and July.
DUTIES = (
    ("区司法局", "通用法律知识与三项制度培训"),
    ("区司法局", "执法证考前培训"),
    ("区城市管理执法局", "市容环境与户外广告赋权事项培训"),
    ("区自然资源和规划局", "违法建设认定与处置培训"),
    ("区住房和城乡建设局", "建筑施工与扬尘赋权事项培训"),
    ("区水务和湖泊局", "排水与河湖管理赋权事项培训"),
    ("区应急管理局", "安全生产检查与处罚培训"),
    ("区卫生健康局", "公共场所卫生赋权事项培训"),
    ("区住房保障和房屋管理局", "物业管理与房屋使用安全培训"),
    ("区民政局", "殡葬与社会组织赋权事项培训"),
)


@dataclass(frozen=True)
class Series:
    """So many sessions of one kind in a year, and so many who came to them altogether."""

    prefix: str
    organiser: str
    year: int
    sessions: int
    attendances: int
    form: str = ""


SERIES = (
    Series("QD", OrganiserLevel.DISTRICT, 2022, 3, 306, Form.LECTURE),
    Series("GM", OrganiserLevel.DISTRICT, 2024, 96, 0, Form.VISIT),
    Series("QJ", OrganiserLevel.DISTRICT, 2025, 178, 3783),
    Series("ZJ", OrganiserLevel.STREET, 2025, 271, 14327),
)
COACHINGS = 86


def load_training() -> dict[str, int]:
    """Counts by what was loaded."""
    trainer = User.objects.get(username="peixun")
    pool = list(Officer.objects.active().select_related("unit"))
    for series in SERIES:
        _load_series(series, pool, trainer)
    return {
        "培训场次": TrainingSession.objects.count(),
        "责任计划": _load_duties(trainer),
        "带教": _load_coaching(),
        "外部数据": _load_figures(),
    }


def _load_figures() -> int:
    """What the district's case platform counted: cases by procedure, inspections."""
    _accepted(import_figures(as_sheet(records("figures")), filename="figures.tsv"))
    return ImportedFigure.objects.count()


def shares(total: int, parts: int, most: int, rng: Random) -> list[int]:
    """`total` as `parts` numbers around its mean, none above `most`."""
    mean = total / parts
    found = [min(most, max(0, round(rng.gauss(mean, mean / 4)))) for _ in range(parts)]
    while (rest := total - sum(found)) != 0:
        at, step = rng.randrange(parts), 1 if rest > 0 else -1
        if 0 <= found[at] + step <= most:
            found[at] += step
    return found


def _load_series(series: Series, pool: list[Officer], trainer: User) -> None:
    rng = Random(f"{SEED}{series.prefix}")
    if TrainingSession.objects.filter(code__startswith=f"{series.prefix}{series.year}-").count() == series.sessions:
        return
    _accepted(run(SessionResource(by=trainer), list(_session_rows(series, rng)), filename=f"{series.prefix}.xlsx"))
    rows = list(_attendance_rows(series, pool, rng))
    if len(rows) > 1:
        _accepted(import_attendance(rows, filename=f"{series.prefix}-考勤.xlsx", by=trainer))


def _session_rows(series: Series, rng: Random) -> Iterator[Row]:
    yield (
        1,
        [
            "场次编号",
            "名称",
            "主办单位",
            "主办层级",
            "形式",
            "内容类别",
            "学时类别",
            "开始时间",
            "结束时间",
            "学时",
            "来访单位",
            "数据来源",
        ],
    )
    streets = list(Unit.objects.streets().values_list("name", flat=True))
    for number in range(1, series.sessions + 1):
        title, topic, category = rng.choice(TOPICS)
        form = Form(series.form or rng.choice(FORMS))
        day = dt.date(series.year, 1, 6) + dt.timedelta(days=(number * 350) // (series.sessions + 1))
        unit = rng.choice(streets) if series.organiser == OrganiserLevel.STREET else JUSTICE
        guest = f"兄弟区县第{number}批考察组" if form == Form.VISIT else ""
        yield (
            number + 1,
            [
                _code(series, number),
                f"来访观摩（第 {number} 批）" if guest else f"{title}（第 {number} 场）",
                unit,
                OrganiserLevel(series.organiser).label,
                form.label,
                topic.label,
                category.label,
                f"{day} 09:00",
                f"{day} 11:30",
                "3",
                guest,
                SOURCE,
            ],
        )


def _attendance_rows(series: Series, pool: list[Officer], rng: Random) -> Iterator[Row]:
    yield 1, ["场次编号", "人员编号", "姓名", "状态"]
    line = 1
    for number, count in enumerate(shares(series.attendances, series.sessions, len(pool), rng), 1):
        for officer in rng.sample(pool, count):
            line += 1
            yield (
                line,
                [_code(series, number), officer.staff_no, officer.name, "迟到" if rng.random() < 0.04 else "出勤"],
            )


def _code(series: Series, number: int) -> str:
    return f"{series.prefix}{series.year}-{number:03d}"


def _load_duties(trainer: User) -> int:
    """The plans of this year; all but the last two are done, with their hours in the ledger."""
    pool = list(Officer.objects.active().filter(unit__kind=Unit.Kind.STREET))
    for number, (unit, title) in enumerate(DUTIES, 1):
        plan, is_new = Plan.objects.get_or_create(
            year_no=2026,
            title=title,
            defaults={
                "unit": Unit.objects.get(name=unit),
                "organiser": OrganiserLevel.DEPARTMENT,
                "is_duty": True,
                "category": Category.LEGAL if unit == JUSTICE else Category.BUSINESS,
                "topic": Topic.GENERAL_LAW if unit == JUSTICE else Topic.SPECIAL,
                "starts_on": dt.date(2026, 6, 1),
                "ends_on": dt.date(2026, 7, 31),
                "hours_each": 8,
                "session_count": 2,
                "audience": "街道执法人员",
                "made_by": trainer,
            },
        )
        if is_new:
            _hold(plan, number, pool, trainer)
    return Plan.objects.filter(is_duty=True).count()


def _hold(plan: Plan, number: int, pool: list[Officer], trainer: User) -> None:
    """So many sessions of a plan as were really held."""
    rng, held = Random(f"{SEED}{number}"), 2 if number <= 7 else 1 if number == 8 else 0
    for turn in range(held):
        starts = timezone.make_aware(dt.datetime(2026, 6, 3 + 2 * number + turn, 9))
        session = TrainingSession.objects.create(
            plan=plan,
            code=f"ZR2026-{number:02d}{turn + 1}",
            title=f"{plan.title}（第 {turn + 1} 期）",
            unit=plan.unit,
            organiser=plan.organiser,
            topic=plan.topic,
            category=plan.category,
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=7),
            hours=8,
            status=TrainingSession.Status.CLOSED,
            made_by=trainer,
        )
        people = rng.sample(pool, 70 + 3 * number)
        rows: list[Row] = [
            (1, ["人员编号", "姓名"]),
            *((n, [one.staff_no, one.name]) for n, one in enumerate(people, 2)),
        ]
        _accepted(import_attendance(rows, filename=f"{session.code}.xlsx", by=trainer, session=session))
        credit_session(session, by=trainer)


def _load_coaching() -> int:
    """86 visits of last year, by mentors whose pairs are with streets."""
    streets = list(Unit.objects.streets())
    for number, mentor in enumerate(Mentor.objects.select_related("officer__unit").order_by("pk")):
        street = streets[number % len(streets)]
        Pairing.objects.get_or_create(
            mentor=mentor, street=street, defaults={"valid_from": mentor.valid_from, "goal": "普通程序案件独立办理"}
        )
    if CoachingLog.objects.filter(source=SOURCE).count() < COACHINGS:
        CoachingLog.objects.bulk_create(_coachings(streets), ignore_conflicts=True)
    return CoachingLog.objects.count()


def _coachings(streets: list[Unit]) -> list[CoachingLog]:
    rng, mentors = Random(f"{SEED}coaching"), list(Mentor.objects.order_by("pk"))
    return [
        CoachingLog(
            mentor=rng.choice(mentors),
            street=rng.choice(streets),
            happened_on=dt.date(2025, 1, 8) + dt.timedelta(days=4 * number),
            way=rng.choice(CoachingLog.Way.values),
            minutes=rng.choice((45, 60, 90, 120)),
            gist=rng.choice(GISTS),
            source=SOURCE,
            client_key=f"demo-{number:03d}",
        )
        for number in range(COACHINGS)
    ]


def _accepted(report: ImportReport) -> None:
    if report.problems or report.warnings:
        raise RefusedData("\n".join(map(str, [*report.problems, *report.warnings])))
