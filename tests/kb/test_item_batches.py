"""Adjustment batches and letters: what a street could do on a day, and how the list changed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kb.actions.batches import apply_batch, confirm
from kb.assignments import changes_between, matrix
from kb.importers.batches import BatchResource
from kb.importers.letters import import_letters
from kb.models import AdjustmentBatch, AdjustmentLine, ConfirmationLetter, PowerItem, StreetAssignment
from people.importing import run
from people.models import AuditEntry
from tests.factories.kb import PowerItemFactory, StreetAssignmentFactory
from tests.factories.people import UnitFactory

START, DAY = dt.date(2021, 9, 1), dt.date(2023, 8, 1)
BEFORE = DAY - dt.timedelta(days=1)


def batch_of(kind, day=DAY, number="江政发〔2023〕14号"):
    return AdjustmentBatch.objects.create(doc_number=number, decided_on=day, kind=kind)


def line(item, action, street=None):
    return AdjustmentLine(item=item, action=action, street=street)


@pytest.mark.django_db
def test_an_item_taken_back_can_be_done_until_the_day_before():
    held = StreetAssignmentFactory(valid_from=START)
    apply_batch(batch_of("take_back"), [line(held.item, "take_back")], by=None)
    assert held.item in PowerItem.objects.assigned(BEFORE, held.street)
    assert held.item not in PowerItem.objects.assigned(DAY, held.street)


@pytest.mark.django_db
def test_delegating_to_all_streets_starts_one_assignment_each():
    streets, item = UnitFactory.create_batch(3), PowerItemFactory()
    StreetAssignmentFactory(item=item, street=streets[0], valid_from=START)
    assert apply_batch(batch_of("delegate"), [line(item, "delegate")], by=None) == 2
    assert PowerItem.objects.assigned(BEFORE, streets[1]).count() == 0
    assert all(item in PowerItem.objects.assigned(DAY, street) for street in streets)


@pytest.mark.django_db
def test_applying_a_batch_twice_changes_nothing():
    held, batch = StreetAssignmentFactory(valid_from=START), batch_of("take_back")
    for _ in range(2):
        apply_batch(batch, [line(held.item, "take_back")], by=None)
    assert batch.lines.count() == 1
    assert AuditEntry.objects.filter(verb="登记调整批次").count() == 1


@pytest.mark.django_db
def test_what_was_given_later_cannot_be_taken_back_earlier():
    held = StreetAssignmentFactory(valid_from=dt.date(2024, 1, 1))
    with pytest.raises(ValidationError, match="不早于批次日期"):
        apply_batch(batch_of("take_back"), [line(held.item, "take_back")], by=None)
    assert not AdjustmentLine.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["chen", "gao", "lin", "wu"])
def test_only_the_bureau_adjusts_the_list(member, who):
    held = StreetAssignmentFactory()
    with pytest.raises(PermissionDenied):
        apply_batch(batch_of("take_back"), [line(held.item, "take_back")], by=member(who))
    letter = ConfirmationLetter.objects.create(street=held.street, letter_no="1号", signed_on=START)
    with pytest.raises(PermissionDenied):
        confirm(letter, [held.item], valid_from=START, by=member(who))


@pytest.mark.django_db
def test_the_difference_between_two_days_names_kind_streets_and_document():
    streets = UnitFactory.create_batch(2)
    taken, given, renamed = PowerItemFactory.create_batch(3)
    for street in streets:
        StreetAssignmentFactory(item=taken, street=street, valid_from=START)
    apply_batch(batch_of("take_back"), [line(taken, "take_back")], by=None)
    later = batch_of("delegate", dt.date(2025, 7, 1), "江政发〔2025〕9号")
    apply_batch(later, [line(given, "delegate", streets[0]), line(renamed, "rename")], by=None)
    changes = changes_between(BEFORE, dt.date(2025, 7, 1))
    assert [(c.kind, c.item, len(c.streets), c.batch.doc_number) for c in changes] == [
        ("新增", given, 1, "江政发〔2025〕9号"),
        ("减少", taken, 2, "江政发〔2023〕14号"),
        ("变更", renamed, 0, "江政发〔2025〕9号"),
    ]
    assert [c.kind for c in changes_between(BEFORE, dt.date(2025, 7, 1), streets[1])] == ["减少", "变更"]
    assert changes_between(DAY, DAY) == []


@pytest.mark.django_db
def test_an_item_given_back_in_between_is_no_difference():
    held = StreetAssignmentFactory(valid_from=START)
    apply_batch(batch_of("take_back"), [line(held.item, "take_back")], by=None)
    apply_batch(batch_of("delegate", dt.date(2024, 1, 1), "2号"), [line(held.item, "delegate", held.street)], by=None)
    assert changes_between(BEFORE, dt.date(2024, 1, 1)) == []


@pytest.mark.django_db
def test_the_matrix_ticks_who_holds_on_the_day():
    held = StreetAssignmentFactory(valid_from=START)
    other = UnitFactory()
    streets, rows = matrix([held.item], START)
    assert streets == [held.street, other]
    assert rows == [(held.item, {held.street.pk})]
    assert matrix([held.item], START - dt.timedelta(days=1))[1] == [(held.item, set())]


HEAD = ["文号", "日期", "类型", "事项编码", "街道"]


def imported(*rows, dry_run=False):
    sheet = [(n, list(row)) for n, row in enumerate([HEAD, *rows], 1)]
    return run(BatchResource(), sheet, filename="批次.xlsx", dry_run=dry_run)


@pytest.mark.django_db
def test_a_sheet_of_batches_is_applied_once_however_often_it_is_imported():
    held = StreetAssignmentFactory(valid_from=START)
    row = ["江政发〔2023〕14号", "2023年8月1日", "收回", held.item.code, ""]
    assert imported(row, dry_run=True).created == 1
    assert not AdjustmentBatch.objects.exists()
    assert imported(row).created == 1
    assert imported(row).unchanged == 1
    held.refresh_from_db()
    assert held.valid_to == DAY
    assert AdjustmentBatch.objects.get().kind == "take_back"


@pytest.mark.django_db
def test_a_batch_that_cannot_be_applied_leaves_nothing_behind():
    held = StreetAssignmentFactory(valid_from=dt.date(2024, 1, 1))
    report = imported(["1号", "2023-08-01", "收回", held.item.code, ""])
    assert "不早于批次日期 2023-08-01" in str(report.problems[0])
    assert not AdjustmentBatch.objects.exists()


@pytest.mark.django_db
def test_a_sheet_of_batches_names_what_it_does_not_know():
    report = imported(["1号", "八月一日", "收走", "420102C01CF99999", "某街"])
    assert [str(problem).split("；")[0] for problem in report.problems] == [
        "第 2 行「日期」是“八月一日”，不是日期",
        "第 2 行「类型」是“收走”",
        "第 2 行「事项编码」是“420102C01CF99999”，没有这样的事项",
        "第 2 行「街道」是“某街”，没有这样的街道",
    ]


def letters(*rows, **options):
    head = ["确认书号", "街道", "签订日期", "事项编码", "生效日期"]
    return import_letters([(n, list(row)) for n, row in enumerate([head, *rows], 1)], filename="确认书.xlsx", **options)


@pytest.mark.django_db
def test_a_letter_gives_a_street_all_items_or_those_it_names():
    one, two = UnitFactory.create_batch(2)
    items = PowerItemFactory.create_batch(3)
    named = f"{items[0].code}、{items[1].code}"
    report = letters(["1号", one.name, "2021-08-20", "全部", "2021-09-01"], ["2号", two.name, "2021-08-20", named, ""])
    assert (report.created, report.problems) == (2, [])
    assert PowerItem.objects.assigned(START, one).count() == 3
    assert PowerItem.objects.assigned(dt.date(2021, 8, 20), two).count() == 2


@pytest.mark.django_db
def test_letters_imported_again_add_nothing_and_a_dry_run_saves_nothing():
    street = UnitFactory()
    PowerItemFactory.create_batch(2)
    row = ["1号", street.name, "2021-08-20", "全部", "2021-09-01"]
    letters(row, dry_run=True)
    assert not StreetAssignment.objects.exists()
    letters(row)
    assert letters(row).unchanged == 1
    assert StreetAssignment.objects.count() == 2


@pytest.mark.django_db
def test_one_letter_belongs_to_one_street():
    one, two = UnitFactory.create_batch(2)
    PowerItemFactory()
    report = letters(["1号", one.name, "2021-08-20", "全部", ""], ["1号", two.name, "2021-08-20", "全部", ""])
    assert "一份确认书只对应一个街道" in str(report.problems[0])
    assert not ConfirmationLetter.objects.exists()
