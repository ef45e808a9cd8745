"""Mentors: only their own mentees, within their appointment and load; a second press of a button is one entry."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import cast
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import MentorFactory, PairingFactory
from training.actions import mentors as verbs
from training.models import CoachingLog, MentorScope, Pairing
from training.permissions import can_see_officer

TODAY = timezone.localdate()


@pytest.fixture
def mentor(member):
    return MentorFactory(officer__user=member("mei"))


@pytest.fixture
def pairing(mentor, member):
    return PairingFactory(mentor=mentor, officer__user=member("chen"), officer__unit=cast.street())


def log(pairing, member, key="k1", **values):
    values = {"officers": [pairing.officer], "happened_on": TODAY, "gist": "现场勘验要点", **values}
    return verbs.log_coaching(by=member("mei"), client_key=key, **values)


def test_a_pair_has_one_side_and_is_made_once(mentor, member):
    officer = OfficerFactory()
    verbs.pair(mentor, by=member("song"), officer=officer)
    for values in ({}, {"officer": officer, "street": UnitFactory()}, {"officer": officer}):
        with pytest.raises(ValidationError):
            verbs.pair(mentor, by=member("song"), **values)
    with pytest.raises(PermissionDenied):
        verbs.pair(mentor, by=member("gao"), officer=OfficerFactory())


def test_a_mentor_takes_no_more_than_the_load(mentor, member):
    MentorScope.objects.create(mentor=mentor, load_limit=1)
    verbs.pair(mentor, by=member("song"), officer=OfficerFactory())
    with pytest.raises(ValidationError, match="已满 1 人"):
        verbs.pair(mentor, by=member("song"), officer=OfficerFactory())
    verbs.pair(mentor, by=member("song"), street=UnitFactory())


def test_nobody_is_paired_after_the_appointment(member):
    over = MentorFactory(valid_to=TODAY)
    with pytest.raises(ValidationError, match="聘期"):
        verbs.pair(over, by=member("song"), officer=OfficerFactory())


def test_a_coaching_is_logged_once_however_often_the_button_is_pressed(pairing, member):
    assert log(pairing, member) == log(pairing, member)
    assert CoachingLog.objects.get().street == cast.street()


def test_a_mentor_logs_nothing_of_strangers_and_nothing_of_tomorrow(pairing, member):
    for values in ({"officers": [OfficerFactory()]}, {"happened_on": TODAY + dt.timedelta(days=1)}, {"gist": " "}):
        with pytest.raises(ValidationError):
            log(pairing, member, **values)
    with pytest.raises(PermissionDenied):
        verbs.log_coaching(by=member("chen"), officers=[], happened_on=TODAY, gist="要点", client_key="k2")


def test_a_paired_street_makes_all_its_people_mentees(mentor, member):
    officer = OfficerFactory()
    verbs.pair(mentor, by=member("song"), street=officer.unit)
    assert verbs.mentees_on(mentor, TODAY) == {officer.pk}


def test_a_mentor_sees_the_own_mentees_and_nobody_else_until_the_pair_ends(pairing, member):
    mei = member("mei")
    assert can_see_officer(mei, pairing.officer)
    assert not can_see_officer(mei, OfficerFactory(unit=cast.street()))
    verbs.end_pairing(pairing, TODAY, by=member("song"))
    assert not can_see_officer(mei, pairing.officer)
    assert Pairing.objects.count() == 1


def test_each_side_evaluates_the_other_once_a_year(pairing, member):
    for points in (4, 5):
        verbs.evaluate(pairing, side="by_officer", points=points, text="", year=2026, by=member("chen"))
    verbs.evaluate(pairing, side="by_mentor", points=3, text="", year=2026, by=member("mei"))
    assert sorted(pairing.evaluations.values_list("side", "points")) == [("by_mentor", 3), ("by_officer", 5)]
    with pytest.raises(PermissionDenied):
        verbs.evaluate(pairing, side="by_officer", points=5, text="", year=2026, by=member("mei"))
