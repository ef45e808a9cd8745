"""业务指导员 from Excel: one row an item and street; without a street for all of them."""

from django.core.exceptions import ValidationError
from import_export.instance_loaders import BaseInstanceLoader

from kb.actions.instructors import appoint_instructor
from kb.importers.fields import ItemCell
from kb.models import InstructorAppointment
from people.importers import UnitCell
from people.importing import SheetResource
from people.importing.cells import DateCell, RowCell
from people.importing.resource import SheetField
from people.models import Officer


class OfficerCell(RowCell):
    """A person by number, or by name together with the unit (张某 区城市管理执法局)."""

    def __init__(self) -> None:
        super().__init__(
            Officer.objects.active().select_related("unit").all, self._names, "人员", "请填写指导员的人员编号"
        )

    @staticmethod
    def _names(officer: Officer) -> tuple[str, ...]:
        units = (officer.unit.name, officer.unit.short_name)
        return (officer.staff_no, *(f"{officer.name} {unit}" for unit in units if unit))


class CurrentAppointment(BaseInstanceLoader):
    """The open appointment of the row's item and street, when it is the same person's."""

    def __init__(self, resource: "InstructorResource", dataset) -> None:
        super().__init__(resource, dataset)
        rows = InstructorAppointment.objects.filter(valid_to__isnull=True).select_related("item", "street", "officer")
        self.known = {(row.item.code, row.street_id, row.officer_id): row for row in rows}

    def get_instance(self, row: dict) -> InstructorAppointment | None:
        fields = self.resource.fields
        street, officer = (
            fields[name].widget.known.get(str(row.get(fields[name].column_name, "")).strip())
            for name in ("street", "officer")
        )
        code = fields["item"].widget.normalise(row[fields["item"].column_name])
        return self.known.get((code, street and street.pk, officer and officer.pk))


class InstructorResource(SheetResource):
    """Importing appoints: the former instructor's term ends where the new one's begins."""

    sheet_name = "业务指导员"
    key = "item"
    needed = ("事项编码", "指导员", "起始日期")

    item = SheetField("事项编码", "item", ItemCell(), also=("职权编码", "code"), example="420102C01CF00100")
    street = SheetField("适用街道", "street", UnitCell(what="街道"), also=("街道", "street"), example="")
    officer = SheetField(
        "指导员", "officer", OfficerCell(), also=("人员编号", "指导员编号", "staff_no"), example="D0001"
    )
    valid_from = SheetField(
        "起始日期", "valid_from", DateCell(required="请填写起始日期"), also=("valid_from",), example="2026-09-01"
    )

    class Meta:
        model = InstructorAppointment
        fields = ("item", "street", "officer", "valid_from")
        import_id_fields = ("item",)
        instance_loader_class = CurrentAppointment
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def row_key(self, row: dict) -> object:
        return self.key_field.widget.normalise(row[self.key_field.column_name]), row.get("适用街道", "")

    def import_instance(self, instance: InstructorAppointment, row: dict, **kwargs: object) -> None:
        """The same person's term keeps the day on which it began."""
        began = instance.valid_from
        super().import_instance(instance, row, **kwargs)
        instance.valid_from = began or instance.valid_from

    def do_instance_save(self, instance: InstructorAppointment, is_create: bool) -> None:
        try:
            made = appoint_instructor(
                instance.item,
                instance.officer,
                by=self.by,
                valid_from=instance.valid_from,
                street=instance.street,
            )
        except ValidationError as error:
            raise ValueError(error.messages[0]) from error
        instance.pk = made.pk
