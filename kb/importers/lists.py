"""Every list that can be imported by hand: its name for a command, for a person, and its importer."""

from collections.abc import Callable
from typing import NamedTuple

from kb.importers.batches import BatchResource
from kb.importers.forms import FormFieldResource, FormResource, import_form_fields, import_forms
from kb.importers.instructors import InstructorResource
from kb.importers.letters import LetterResource, import_letters
from kb.importers.power_items import PowerItemResource, import_power_items
from people.card_importer import CardResource
from people.importers import OfficerResource, UnitResource
from people.importing import ImportReport, SheetResource, run
from people.importing.spreadsheets import Row
from people.models import User


def through(resource: type[SheetResource]) -> Callable[..., ImportReport]:
    """The importer of a plain list."""

    def import_rows(rows: list[Row], *, filename: str, by: User | None = None, dry_run: bool = False) -> ImportReport:
        return run(resource(by=by), rows, filename=filename, dry_run=dry_run)

    return import_rows


class ImportedList(NamedTuple):
    """One kind of list."""

    slug: str
    label: str
    resource: type[SheetResource]
    import_rows: Callable[..., ImportReport]


LISTS = {
    entry.slug: entry
    for entry in (
        ImportedList("items", "赋权事项", PowerItemResource, import_power_items),
        ImportedList("units", "单位", UnitResource, through(UnitResource)),
        ImportedList("officers", "人员", OfficerResource, through(OfficerResource)),
        ImportedList("cards", "执法证", CardResource, through(CardResource)),
        ImportedList("instructors", "业务指导员", InstructorResource, through(InstructorResource)),
        ImportedList("letters", "确认书", LetterResource, import_letters),
        ImportedList("batches", "调整批次", BatchResource, through(BatchResource)),
        ImportedList("forms", "执法文书", FormResource, import_forms),
        ImportedList("form-fields", "文书栏目", FormFieldResource, import_form_fields),
    )
}
