"""What the columns of a case make certain about its procedure, and what stays to be checked."""

import datetime as dt
from decimal import Decimal

import pytest

from casebook.models import Case
from casebook.review.procedure import Finding, points_of

DAY = dt.date(2026, 3, 2)


def case(**values) -> Case:
    values = {"filed_on": DAY, "decided_on": DAY + dt.timedelta(days=30), **values}
    return Case(**values)


def finding(name: str, **values) -> str | None:
    return next((point.finding.name for point in points_of(case(**values)) if name in point.name), None)


def days(count: int) -> dt.date:
    return DAY + dt.timedelta(days=count)


@pytest.mark.parametrize(("taken", "said"), [(0, "FINE"), (90, "FINE"), (91, "FAULT"), (-1, "FAULT")])
def test_ninety_days_run_from_filing_to_decision(taken, said):
    assert finding("第六十条", decided_on=days(taken)) == said


def test_without_a_date_the_time_limit_is_to_be_checked():
    assert finding("第六十条", filed_on=None) == "CHECK"


@pytest.mark.parametrize(("fine", "said"), [(200, "FINE"), (201, "CHECK"), (3000, "CHECK"), (3001, "FAULT")])
def test_a_decision_on_the_spot_has_its_sums(fine, said):
    assert finding("第五十一条", procedure="simple", fine_amount=Decimal(fine)) == said


def test_a_decision_on_the_spot_owes_no_review():
    assert finding("法制审核", procedure="simple") is None


def test_confiscation_is_not_decided_on_the_spot():
    assert finding("第五十一条", procedure="simple", confiscated_amount=Decimal(1)) == "FAULT"


def test_the_party_is_told_before_the_decision():
    assert finding("告知", informed_on=days(20)) == "FINE"
    assert finding("告知", informed_on=days(31)) == "FAULT"
    assert finding("告知") == "CHECK"


def test_a_hearing_without_legal_review_is_a_fault():
    assert finding("法制审核", heard=True) == "FAULT"
    assert finding("法制审核", heard=True, legal_reviewed=True) == "FINE"
    assert finding("法制审核") == "CHECK"


def test_a_grave_penalty_without_hearing_is_to_be_checked():
    point = next(p for p in points_of(case(outcome="吊销卫生许可证")) if "听证" in p.name)
    assert point.finding is Finding.CHECK and "应当告知听证权利" in point.text


def test_a_decision_within_five_days_of_telling_is_pointed_out():
    assert finding("第六十四条", informed_on=days(27)) == "CHECK"
    assert finding("第六十四条", informed_on=days(20)) is None


@pytest.mark.parametrize(("served", "said"), [(30, "FINE"), (37, "FINE"), (38, "CHECK"), (29, "FAULT")])
def test_a_decision_is_served_within_seven_days(served, said):
    assert finding("送达", served_on=days(served)) == said


def test_an_old_decision_is_left_to_the_old_law():
    points = points_of(case(filed_on=dt.date(2021, 3, 1), decided_on=dt.date(2021, 7, 14)))
    assert [point.finding for point in points] == [Finding.CHECK]


def test_what_is_no_penalty_has_no_points():
    assert points_of(case(kind=Case.Kind.COOPERATION)) == []
