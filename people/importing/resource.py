"""An import-export Resource that reads Chinese headings and reports in Chinese.

A subclass names its columns once, as `SheetField`s; the template, the import, the report and
the export all follow from them. A column that the file does not have leaves its field alone;
an empty cell empties it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.results import RowResult
from tablib import Dataset

from people.importing.cells import RowCell, TextCell
from people.importing.report import Change, ImportReport, Problem
from people.importing.spreadsheets import Row, UnreadableSheet, workbook
from people.models import User

# The line of the file travels with its row under a heading that no file has.
LINE = "#"
HEAD_WITHIN = 10


class SheetField(Field):
    """A column: its heading, the other headings it is known by, and an example for the template.

    Without an attribute it is understood and read by the resource, but stored nowhere.
    """

    def __init__(
        self, heading: str, attribute: str | None, widget: Any, *, also: Iterable[str] = (), example: str = ""
    ):
        super().__init__(attribute=attribute, column_name=heading, widget=widget)
        self.also, self.example = tuple(also), example

    def clean(self, row: dict, **kwargs: Any) -> Any:
        return self.widget.clean(row[self.column_name], row=row, **kwargs)


class NaturalKeyLoader(BaseInstanceLoader):
    """Existing rows by the resource's key, read with one query."""

    def __init__(self, resource: "SheetResource", dataset: Dataset) -> None:
        super().__init__(resource, dataset)
        field = resource.key_field
        keys = {field.widget.normalise(value) for value in dataset[field.column_name]}
        found = resource.get_queryset().filter(**{f"{field.attribute}__in": keys})
        self.known = {getattr(row, field.attribute): row for row in found}

    def get_instance(self, row: dict) -> Model | None:
        field = self.resource.key_field
        return self.known.get(field.widget.normalise(row[field.column_name]))


class SheetResource(ModelResource):
    """Base of all imported lists. Subclasses give `sheet_name`, `key` (a field) and the fields."""

    sheet_name = "清单"
    key = ""
    # headings without which the file is not this list
    needed: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def __init__(self, *, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by = by
        self.warnings: list[Problem] = []
        self.changes: list[Change] = []
        self.unchanged = 0
        self.seen: dict[object, int] = {}

    # --- what a subclass may say ------------------------------------------------

    def prepare(self, row: dict) -> None:
        """Mends a row before it is read; `self.warn` says what was done."""

    def row_key(self, row: dict) -> object:
        """What must not occur twice in a file."""
        return self.key_field.widget.normalise(row[self.key_field.column_name])

    def label_of(self, instance: Any) -> str:
        return str(instance)

    # --- import-export's hooks ---------------------------------------------------

    @property
    def key_field(self) -> SheetField:
        return self.fields[self.key]

    def get_queryset(self) -> QuerySet:
        foreign = [f.name for f in self._meta.model._meta.fields if isinstance(f, ForeignKey) and f.name in self.fields]
        return super().get_queryset().select_related(*foreign)

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        for field in self.fields.values():
            if isinstance(field.widget, RowCell):
                field.widget.load()

    def before_import_row(self, row: dict, **kwargs: Any) -> None:
        self.prepare(row)
        key = self.row_key(row)
        first = self.seen.setdefault(key, row[LINE])
        if key and first != row[LINE]:
            raise ValueError(f"与第 {first} 行重复；请只保留一行。")

    def after_import_row(self, row: dict, row_result: RowResult, **kwargs: Any) -> None:
        if row_result.import_type == RowResult.IMPORT_TYPE_SKIP:
            self.unchanged += 1
            return
        instance, original = row_result.instance, row_result.original
        is_new = row_result.import_type == RowResult.IMPORT_TYPE_NEW
        fields = () if is_new else tuple(self._differences(original, instance))
        self.changes.append(Change(row[LINE], self.label_of(instance), is_new, fields))

    def warn(self, row: dict, heading: str, message: str) -> None:
        self.warnings.append(Problem(row.get(LINE, 0), heading, message))

    def _differences(self, before: Any, after: Any) -> Iterable[tuple[str, str, str]]:
        for field in self.get_import_fields():
            old, new = field.get_value(before), field.get_value(after)
            if old != new:
                yield field.column_name, self._shown(field, old), self._shown(field, new)

    @staticmethod
    def _shown(field: Field, value: object) -> str:
        return field.widget.render(value) if isinstance(field.widget, TextCell) else str(value)

    # --- the file -----------------------------------------------------------------

    @classmethod
    def spellings(cls) -> dict[str, str]:
        """Every heading that is understood, and the column it stands for."""
        columns = cls().get_import_fields()
        return {_plain(name): column.column_name for column in columns for name in (column.column_name, *column.also)}

    @classmethod
    def template(cls) -> bytes:
        """An empty workbook with the headings and one example row."""
        columns = cls().get_import_fields()
        return workbook([c.column_name for c in columns], [[c.example for c in columns]], cls.sheet_name)


def _plain(heading: str) -> str:
    return "".join(heading.split()).lower()


def head_of(resource: SheetResource, rows: list[Row]) -> tuple[int, list[str]]:
    """Which of the rows is the head, and the canonical heading of each column; empty for one without meaning."""
    spellings = resource.spellings()
    at = max(range(min(HEAD_WITHIN, len(rows))), key=lambda i: sum(_plain(c) in spellings for c in rows[i][1]))
    return at, [spellings.get(_plain(cell), "") for cell in rows[at][1]]


def dataset_of(resource: SheetResource, rows: list[Row]) -> Dataset:
    """The rows under the canonical headings. A title above the head is skipped, columns without
    meaning are left out and named in a warning. Raises UnreadableSheet when there is no head."""
    at, head = head_of(resource, rows)
    missing = [heading for heading in resource.needed if heading not in head]
    if missing:
        raise UnreadableSheet(f"缺少「{'」「'.join(missing)}」列；请使用{resource.sheet_name}模板的表头。")
    unknown = [cell for cell, known in zip(rows[at][1], head, strict=True) if cell and not known]
    if unknown:
        resource.warn({LINE: rows[at][0]}, "", f"表头「{'」「'.join(unknown)}」不是本表的列，未导入。")
    for heading in sorted({one for one in head if one and head.count(one) > 1}):
        resource.warn({LINE: rows[at][0]}, "", f"有 {head.count(heading)} 列都是「{heading}」，只导入了第一列。")
    kept = [i for i, heading in enumerate(head) if heading and heading not in head[:i]]
    dataset = Dataset(headers=[LINE, *(head[i] for i in kept)])
    for line, cells in rows[at + 1 :]:
        dataset.append([line, *(cells[i] if i < len(cells) else "" for i in kept)])
    return dataset


def run(resource: SheetResource, rows: list[Row], *, filename: str, dry_run: bool = False) -> ImportReport:
    """Imports the file whole or not at all, and says row by row what happened."""
    try:
        dataset = dataset_of(resource, rows)
    except UnreadableSheet as error:
        return ImportReport(filename, dry_run, problems=[Problem(0, "", str(error))])
    result = resource.import_data(dataset, dry_run=dry_run, use_transactions=True, rollback_on_validation_errors=True)
    lines = dataset[LINE]
    return ImportReport(
        filename=filename,
        dry_run=dry_run,
        total=len(dataset),
        unchanged=resource.unchanged,
        changes=resource.changes,
        problems=[*_file_problems(result), *_row_problems(resource, result, lines)],
        warnings=resource.warnings,
    )


def _file_problems(result: Any) -> list[Problem]:
    return [Problem(0, "", str(error.error)) for error in result.base_errors]


def _row_problems(resource: SheetResource, result: Any, lines: list[int]) -> list[Problem]:
    headings = {field.attribute: field.column_name for field in resource.get_import_fields()}
    found = []
    for row in result.invalid_rows:
        for attribute, messages in row.error.message_dict.items():
            heading = headings.get(attribute, "")
            found += [Problem(lines[row.number - 1], heading, message) for message in messages]
    for row in result.error_rows:
        heading = resource.key_field.column_name if resource.key else ""
        found += [Problem(lines[row.number - 1], heading, str(error.error)) for error in row.errors]
    return sorted(found, key=lambda problem: problem.line)
