"""业务指导员: exactly one at a time for an item and street scope."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kb.actions.instructors import appoint_instructor
from kb.hub.holding import instructors_of
from kb.importers.instructors import InstructorResource
from kb.models import InstructorAppointment
from people.importing import run
from tests.factories.kb import InstructorFactory, PowerItemFactory
from tests.factories.people import OfficerFactory, UnitFactory

NEW = dt.date(2026, 9, 1)


def current(item, street=None):
    return InstructorAppointment.objects.get(item=item, street=street, valid_to__isnull=True)


@pytest.mark.django_db
def test_a_new_instructor_ends_the_former_term_that_day(member):
    former, officer = InstructorFactory(), OfficerFactory()
    appoint_instructor(former.item, officer, by=member("song"), valid_from=NEW)
    former.refresh_from_db()
    assert former.valid_to == NEW
    assert current(former.item).officer == officer


@pytest.mark.django_db
def test_a_street_may_have_its_own_beside_the_one_for_all():
    for_all, street = InstructorFactory(), UnitFactory()
    own = appoint_instructor(for_all.item, OfficerFactory(), by=None, valid_from=NEW, street=street)
    for_all.refresh_from_db()
    assert for_all.valid_to is None
    assert instructors_of(for_all.item, NEW, street) == [own]
    assert instructors_of(for_all.item, NEW, UnitFactory()) == [for_all]
    assert instructors_of(for_all.item, NEW) == [for_all, own]


@pytest.mark.django_db
def test_the_same_person_again_changes_nothing():
    held = InstructorFactory()
    assert appoint_instructor(held.item, held.officer, by=None, valid_from=NEW) == held
    assert InstructorAppointment.objects.count() == 1


@pytest.mark.django_db
def test_a_term_cannot_begin_before_the_present_one():
    held = InstructorFactory(valid_from=NEW)
    with pytest.raises(ValidationError, match="应晚于这一天"):
        appoint_instructor(held.item, OfficerFactory(), by=None, valid_from=NEW)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["chen", "gao", "lin", "mei", "wu", "zhou"])
def test_only_the_bureau_appoints(member, who):
    with pytest.raises(PermissionDenied):
        appoint_instructor(PowerItemFactory(), OfficerFactory(), by=member(who), valid_from=NEW)


@pytest.mark.django_db
def test_a_sheet_appoints_by_number_or_by_name_and_unit_and_again_does_nothing():
    item, other = PowerItemFactory.create_batch(2)
    officer = OfficerFactory(name="张启")
    rows = [
        (1, ["事项编码", "指导员", "起始日期"]),
        (2, [item.code, officer.staff_no, "2026-09-01"]),
        (3, [other.code, f"张启 {officer.unit.name}", "2026-09-01"]),
    ]
    assert run(InstructorResource(), rows, filename="指导员.xlsx").created == 2
    assert run(InstructorResource(), rows, filename="指导员.xlsx").unchanged == 2
    assert {current(item).officer, current(other).officer} == {officer}


@pytest.mark.django_db
def test_a_sheet_with_an_unknown_person_is_refused_whole():
    item = PowerItemFactory()
    rows = [(1, ["事项编码", "指导员", "起始日期"]), (2, [item.code, "无此人", ""])]
    report = run(InstructorResource(), rows, filename="指导员.xlsx")
    assert [str(problem).split("；")[0] for problem in report.problems] == [
        "第 2 行「指导员」是“无此人”，没有这样的人员",
        "第 2 行「起始日期」为空",
    ]
    assert not InstructorAppointment.objects.exists()
