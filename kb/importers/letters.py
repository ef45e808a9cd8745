"""确认书 from Excel: which street takes over which items, from when.

事项编码 holds one code, several (、 between them) or 全部. All rows are checked first and written
with a few statements, because sixteen letters with two hundred items each are 3,300 records.
"""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from kb.actions.batches import confirm
from kb.importers.fields import ItemCell
from kb.models import ConfirmationLetter, PowerItem
from people.importers import UnitCell
from people.importing import Change, ImportReport, Problem, SheetResource, UnreadableSheet
from people.importing.cells import DateCell, TextCell
from people.importing.resource import LINE, SheetField, dataset_of
from people.importing.spreadsheets import Row
from people.models import Unit, User

ALL = "全部"


class LetterResource(SheetResource):
    """The columns of the sheet; `import_letters` does the work."""

    sheet_name = "确认书"
    needed = ("确认书号", "街道", "签订日期", "事项编码")

    letter_no = SheetField(
        "确认书号", "letter_no", TextCell(60, "请填写确认书号"), also=("letter_no",), example="江赋确〔2021〕1号"
    )
    street = SheetField(
        "街道", "street", UnitCell("请填写街道", "街道"), also=("street", "承接街道"), example="滨江街道办事处"
    )
    signed_on = SheetField(
        "签订日期", "signed_on", DateCell(required="请填写签订日期"), also=("签订日",), example="2021-08-20"
    )
    item = SheetField("事项编码", "item", ItemCell(), also=("职权编码", "code"), example=ALL)
    valid_from = SheetField("生效日期", "valid_from", DateCell(), also=("生效",), example="2021-09-01")
    valid_to = SheetField("失效日期", "valid_to", DateCell(), also=("失效",), example="")
    file_note = SheetField("存档说明", "file_note", TextCell(200), also=("备注",), example="")

    class Meta:
        model = ConfirmationLetter
        fields = ("letter_no", "street", "signed_on", "item", "valid_from", "valid_to", "file_note")


@dataclass
class Letter:
    """One letter as the rows of the sheet give it: the items by span of validity."""

    line: int
    street: Unit
    signed_on: dt.date
    file_note: str = ""
    items: dict[tuple[dt.date, dt.date | None], list[PowerItem]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class _Reading:
    resource: LetterResource
    letters: dict[str, Letter] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    everything: list[PowerItem] = field(default_factory=list)

    def cell(self, row: dict, name: str):
        """The cell's value, or None and a problem on record."""
        column = self.resource.fields[name]
        if column.column_name not in row:
            return None
        try:
            return column.clean(row)
        except ValueError as error:
            self.problems.append(Problem(row[LINE], column.column_name, str(error)))
            return None

    def items(self, row: dict) -> list[PowerItem]:
        written = row["事项编码"].strip()
        if written == ALL:
            return self.everything
        codes = [code for code in re.split(r"[、，,;；\s]+", written) if code] or [""]
        found = [
            self.cell({**row, "事项编码": self.resource.fields["item"].widget.normalise(c)}, "item") for c in codes
        ]
        return [item for item in found if item]

    def read(self, row: dict) -> None:
        number, street, signed_on = (self.cell(row, name) for name in ("letter_no", "street", "signed_on"))
        start, end = self.cell(row, "valid_from") or signed_on, self.cell(row, "valid_to")
        items = self.items(row)
        if not (number and street and signed_on):
            return
        if end and end <= start:
            self.problems.append(Problem(row[LINE], "失效日期", f"（{end}）不晚于生效日期（{start}）；请核对。"))
        letter = self.letters.setdefault(
            number, Letter(row[LINE], street, signed_on, self.cell(row, "file_note") or "")
        )
        if letter.street != street:
            self.problems.append(
                Problem(row[LINE], "街道", f"与第 {letter.line} 行的同一确认书不一致；一份确认书只对应一个街道。")
            )
        letter.items[start, end] += items


def import_letters(rows: list[Row], *, filename: str, by: User | None = None, dry_run: bool = False) -> ImportReport:
    """Imports one file of letters whole or not at all; what a street already holds is left as it is."""
    resource = LetterResource(by=by)
    try:
        dataset = dataset_of(resource, rows)
    except UnreadableSheet as error:
        return ImportReport(filename, dry_run, problems=[Problem(0, "", str(error))])
    resource.before_import(dataset)
    reading = _Reading(resource, everything=list(PowerItem.objects.all()))
    for row in dataset.dict:
        reading.read(row)
    report = ImportReport(filename, dry_run, total=len(dataset), problems=reading.problems, warnings=resource.warnings)
    if not report.problems:
        _write(reading.letters, report, by)
    return report


def _write(letters: dict[str, Letter], report: ImportReport, by: User | None) -> None:
    with transaction.atomic():
        for number, letter in letters.items():
            record, is_new = ConfirmationLetter.objects.update_or_create(
                letter_no=number,
                defaults={
                    "street": letter.street,
                    "signed_on": letter.signed_on,
                    "file_note": letter.file_note,
                },
            )
            begun = sum(
                confirm(record, items, valid_from=start, valid_to=end, by=by)
                for (start, end), items in letter.items.items()
            )
            if is_new or begun:
                label = f"{number} {letter.street.label} {begun} 项"
                report.changes.append(Change(letter.line, label, is_new))
            else:
                report.unchanged += 1
        transaction.set_rollback(report.dry_run)
