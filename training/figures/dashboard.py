"""The tiles of `/figures/`: numbers as of the selection's day, each with the page that lists what it counts."""

from dataclasses import dataclass

from django.urls import reverse

from casebook.models import Case
from exams.models import Exam
from exams.permissions import can_read_results
from exams.results.listing import result_rows, summary
from people.cards import coverage, units_of
from people.models import User
from people.permissions import can_read_card_figures
from people.roles import Role
from training.credits.summary import members_on
from training.figures.counting import Tally
from training.figures.records import LISTS
from training.figures.selecting import Selection, end_of


@dataclass(frozen=True)
class Tile:
    """`number` as it is printed, with its unit; `url` opens what it counts, "" where there is nothing."""

    label: str
    number: object
    unit: str = ""
    url: str = ""
    note: str = ""


def training_tiles(whole: Tally, selection: Selection, user: User) -> list[Tile]:
    """场次, 人次, 人数, 带教, 计划."""
    figures = (("场次", "sessions"), ("人次", "attendances"), ("人数", "persons"))
    found = [
        Tile(label, getattr(whole, name), "", _at(f"figure_{name}", selection) if getattr(whole, name) else "")
        for label, name in figures
    ]
    return found + [_counted(name, selection) for name, one in LISTS.items() if not one.is_gap and one.may(user)]


def people_tiles(selection: Selection, user: User) -> list[Tile]:
    """持证率, 学时, the newest published exam, published cases: what of it the person may open."""
    found = _card_tiles(selection, user)
    if not _is_department(user):
        found += _hour_tiles(selection)
    found += _exam_tiles(selection, user)
    cases = Case.objects.published().count()
    return [*found, Tile("已发布案例", cases, "篇", reverse("casebook:cases"), "当前")]


def gap_tiles(selection: Selection, user: User) -> list[Tile]:
    """What is missing, counted from the lists themselves."""
    return [_counted(name, selection) for name, one in LISTS.items() if one.is_gap and one.may(user)]


def _counted(name: str, selection: Selection) -> Tile:
    one = LISTS[name]
    number = one.rows(selection).count()
    return Tile(one.label, number, "", record_url(name, selection) if number else "", one.note)


def record_url(name: str, selection: Selection) -> str:
    """The page of a list of `records.LISTS`."""
    place = "figure_coachings" if name == "coachings" else "figure_records"
    return _at(place, selection, *([] if name == "coachings" else [name]))


def _at(name: str, selection: Selection, *args: object) -> str:
    return f"{reverse(f'training:{name}', args=args)}?{selection.query}"


def _card_tiles(selection: Selection, user: User) -> list[Tile]:
    if not can_read_card_figures(user):
        return []
    within = None if user.has_role(Role.BUREAU_ADMIN) or user.unit is None else units_of(user.unit)
    total, query = coverage(selection.on, within).total, f"?on={selection.on}"
    rate = "—" if total.rate is None else f"{total.rate}%"
    without = f"{reverse('exams:card_names')}{query}&have=without" if total.without else ""
    return [
        Tile(
            "持证率",
            rate,
            "",
            reverse("exams:card_figures") + query,
            f"应持证 {total.posts} 人，持证 {total.holders} 人",
        ),
        Tile("无证", total.without, "人", without),
    ]


def _hour_tiles(selection: Selection) -> list[Tile]:
    members = members_on(selection.on, selection.street)
    done = sum(one.standing.is_done for one in members)
    behind, url = len(members) - done, f"{reverse('training:hours')}?on={selection.on}"
    rate = f"{100 * done // len(members)}%" if members else "—"
    return [
        Tile("学时完成率", rate, "", url, f"应完成 {len(members)} 人，完成 {done} 人"),
        Tile("学时未完成", behind, "人", f"{url}&who=behind" if behind else ""),
    ]


def _exam_tiles(selection: Selection, user: User) -> list[Tile]:
    """Of the exam whose results were published last, up to the day."""
    exam = Exam.objects.filter(results_published_at__lt=end_of(selection.on)).order_by("-results_published_at").first()
    if exam is None or not can_read_results(user):
        return []
    numbers, url = summary(result_rows(exam, user)), reverse("exams_exam_results", args=[exam.pk])
    rate = "—" if numbers.pass_rate is None else f"{numbers.pass_rate:.1f}%"
    return [
        Tile("最近考试考生", numbers.registered, "人", url if numbers.registered else "", exam.title),
        Tile("最近考试及格率", rate, "", url, f"参考 {numbers.sat} 人，及格 {numbers.passed} 人"),
    ]


def _is_department(user: User) -> bool:
    """A department's instructor, who has plans and items of the department but no people."""
    return not user.has_role(Role.TRAINER, Role.BUREAU_ADMIN, Role.STREET_ADMIN)
