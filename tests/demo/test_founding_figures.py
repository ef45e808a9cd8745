"""The founding figures are counted from records: by the same selection that the page of figures makes."""

import datetime as dt

import pytest

from training.figures.counting import Tally, tally
from training.figures.selecting import Selection
from training.models import ImportedFigure


def of(year: int, **narrowed) -> Selection:
    return Selection(dt.date(year, 12, 31), dt.date(year, 1, 1)).with_(**narrowed)


@pytest.mark.parametrize(
    ("selection", "sessions", "attendances"),
    [
        (of(2025, organiser="district"), 178, 3783),
        (of(2025, organiser="street"), 271, 14327),
        (of(2022), 3, 306),
        (of(2024, form="visit"), 96, 0),
    ],
    ids=["district", "streets", "first rounds", "visits"],
)
def test_sessions_and_attendances(selection, sessions, attendances):
    found = tally(selection)
    assert (found.sessions, found.attendances) == (sessions, attendances)
    assert found.persons <= 225


def test_86_coachings():
    assert of(2025).coaching().count() == 86


def test_what_the_case_platform_counted_stands_with_its_source():
    found = ImportedFigure.objects.filter(unit=None).exclude(source="").values_list("name", "quantity")
    assert dict(found) == {"简易程序案件数": 505, "一般程序案件数": 6752, "执法检查次数": 13140}


def test_the_past_does_not_move_when_more_is_held():
    assert tally(of(2026)).sessions > 0
    assert tally(of(2025, organiser="district")) == Tally(178, 3783, tally(of(2025, organiser="district")).persons)
