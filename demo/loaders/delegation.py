"""Which street holds which item since when, and who answers for it."""

from itertools import groupby

from demo.loaders.tables import EVERYTHING, accepted, as_sheet, listed, records
from kb.importers.letters import import_letters
from kb.importers.lists import LISTS
from kb.models import AdjustmentBatch, ConfirmationLetter, InstructorAppointment, StreetAssignment


def load_delegation() -> dict[str, int]:
    """Returns counts by what is there afterwards."""
    accepted(import_letters(as_sheet(letters()), filename="letters.tsv"))
    accepted(LISTS["batches"].import_rows(as_sheet(records("batches")), filename="batches.tsv"))
    _appoint()
    return {
        "确认书": ConfirmationLetter.objects.count(),
        "调整批次": AdjustmentBatch.objects.count(),
        "承接记录": StreetAssignment.objects.count(),
        "指导员任职": InstructorAppointment.objects.count(),
    }


def letters() -> list[dict[str, str]]:
    """One row a letter, with the items that its street takes over."""
    assignments = records("assignments")
    return [
        letter | {"事项编码": "、".join(_codes(assignments, letter["街道"])), "生效日期": assignments[0]["生效日期"]}
        for letter in records("letters")
    ]


def _codes(assignments: list[dict[str, str]], street: str) -> list[str]:
    return [
        row["事项编码"]
        for row in assignments
        if row["承接街道"] == EVERYTHING or street.removesuffix("街道") in listed(row["承接街道"])
    ]


def _appoint() -> None:
    """Terms in the order of time, a file for each day: a later term ends the earlier one."""
    known = {
        (term.item.code, term.officer.staff_no)
        for term in InstructorAppointment.objects.select_related("item", "officer")
    }
    new = [row for row in records("instructors") if (row["事项编码"], row["指导员"]) not in known]
    new.sort(key=lambda row: row["起始日期"])
    for _, rows in groupby(new, key=lambda row: row["起始日期"]):
        accepted(LISTS["instructors"].import_rows(as_sheet(rows), filename="instructors.tsv"))
