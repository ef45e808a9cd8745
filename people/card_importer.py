"""执法证 from Excel: a register that was kept elsewhere, with what had happened to each card.

A new card comes with its events: 状态 with 状态日期, 换发自 with the first day of the new card. Of a card that is known
only number, kind, issuer and dates are put right; how it stands is a matter of events, so a different 状态 is reported
and not imported. A holder is found by 人员编号, or by 姓名 where only one person has that name (in that 单位).
"""

import datetime as dt
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils import timezone
from import_export.results import RowResult

from people import audit
from people.actions.cards import Kind, Status, check_card
from people.importers import unit_names
from people.importing import SheetResource
from people.importing.cells import ChoiceCell, CodeCell, DateCell, RowCell, TextCell
from people.importing.resource import NaturalKeyLoader, SheetField
from people.models import Card, CardEvent, CardIssuer, Officer, Posting

FOLLOWS_FROM_DAYS = (Status.VALID, Status.EXPIRED, Status.FUTURE)
SPELLINGS = {
    "正常": "valid",
    "在用": "valid",
    "过期": "expired",
    "换发": "replaced",
    "遗失": "lost",
    "注销": "revoked",
    "收回": "revoked",
}
KINDS = {
    Status.SUSPENDED: Kind.SUSPENDED,
    Status.REVOKED: Kind.REVOKED,
    Status.LOST: Kind.LOST,
    Status.REPLACED: Kind.REPLACED,
}


class HolderCell(RowCell):
    """A person by number; by name and unit where there is only one such person."""

    def __init__(self) -> None:
        super().__init__(Officer.objects.select_related("unit").all, lambda officer: (officer.staff_no,), "人员")
        self.named: dict[str, list[Officer]] = defaultdict(list)

    def load(self) -> None:
        super().load()
        self.named = defaultdict(list)
        for officer in self.known.values():
            self.named[officer.name].append(officer)

    def normalise(self, value: object) -> str:
        return CodeCell().normalise(value)

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> Officer:
        row = row or {}
        name = "".join(str(row.get("姓名") or "").split())
        officer = super().clean(value, row, **kwargs) or self._by_name(name, str(row.get("单位") or "").strip())
        if name and officer.name != name:
            raise ValueError(f"是“{officer.staff_no}”，该编号的人员是{officer.name}，不是{name}；请核对编号和姓名。")
        return officer

    def _by_name(self, name: str, unit: str) -> Officer:
        if not name:
            raise ValueError("为空；请填写人员编号或者姓名。")
        found = [o for o in self.named[name] if not unit or unit in unit_names(o.unit)]
        if len(found) == 1:
            return found[0]
        if not found:
            where = f"{unit}没有" if unit else "没有"
            raise ValueError(f"为空，{where}叫“{name}”的人员；请核对姓名和单位，或先导入该人员。")
        persons = "、".join(f"{officer.staff_no}（{officer.unit.label}）" for officer in found)
        raise ValueError(f"为空，叫“{name}”的有 {len(found)} 人：{persons}；请填写人员编号。")


class CardCell(RowCell):
    """An earlier card by number, one of this file included."""

    def __init__(self) -> None:
        super().__init__(Card.objects.all, lambda card: (card.card_no,), "执法证")

    def normalise(self, value: object) -> str:
        return CodeCell().normalise(value)


def told(heading: str, widget: TextCell, *also: str, example: str = "") -> SheetField:
    """A column that is read but is no column of a card."""
    return SheetField(heading, None, widget, also=also, example=example)


class CardResource(SheetResource):
    """执法证. A card stands below the one that it renews."""

    sheet_name = "执法证"
    key = "card_no"
    needed = ("证号", "发证日期")

    card_no = SheetField(
        "证号", "card_no", CodeCell(30, "请填写证号或删除该行"), also=("执法证号", "证件编号"), example="JC20261001"
    )
    officer = SheetField("人员编号", "officer", HolderCell(), also=("编号", "工号", "staff_no"), example="S0001")
    name = told("姓名", TextCell(40), "持证人", example="陈某")
    unit = told("单位", TextCell(80), "所在单位", "工作单位", example="滨江街道办事处")
    field = SheetField("执法类别", "field", TextCell(60), also=("执法领域",), example="综合执法")
    issuer = SheetField(
        "发证机关",
        "issuer",
        RowCell(CardIssuer.objects.all, lambda issuer: (issuer.name,), "发证机关"),
        also=("发证单位",),
        example="江城区人民政府",
    )
    issued_on = SheetField(
        "发证日期", "issued_on", DateCell(required="请填写发证日期"), also=("发证时间",), example="2026-03-01"
    )
    valid_until = SheetField(
        "有效期至", "valid_until", DateCell(), also=("有效期", "有效截止日期"), example="2031-02-28"
    )
    status = told("状态", ChoiceCell(Card.Status, SPELLINGS), "证件状态", example="有效")
    status_day = told("状态日期", DateCell(), "暂扣（收回）日期")
    status_reason = told("状态理由", TextCell(200), "理由", "备注")
    renews = SheetField("换发自", "renews", CardCell(), also=("原证号",))

    class Meta:
        model = Card
        fields = (
            "card_no", "officer", "name", "unit", "field", "issuer", "issued_on", "valid_until", "status", "status_day",
            "status_reason", "renews",
        )  # fmt: skip
        import_id_fields = ("card_no",)
        instance_loader_class = NaturalKeyLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def before_import(self, dataset, **kwargs: object) -> None:
        super().before_import(dataset, **kwargs)
        column = "换发自"
        plain = self.fields["renews"].widget.normalise
        self.renewed_here = {plain(cell) for cell in dataset[column]} if column in dataset.headers else set()

    def prepare(self, row: dict) -> None:
        row.setdefault("人员编号", "")
        row.setdefault("有效期至", "")

    def import_instance(self, instance: Card, row: dict, **kwargs: object) -> None:
        """What a file leaves open follows from the issuer; holder and chain of a known card stay as they are."""
        before = (instance.officer_id, instance.renews_id, instance.valid_until) if instance.pk else None
        super().import_instance(instance, row, **kwargs)
        if before:
            holder, renews, valid_until = before
            if instance.officer_id != holder:
                raise ValueError(f"{instance} 已登记在另一人名下；持证人不能用导入更改，请核对证号。")
            if instance.renews_id != renews and instance.renews_id is not None:
                raise ValueError(f"{instance} 的「换发自」与系统登记的不同；请核对。")
            instance.renews_id, instance.valid_until = renews, instance.valid_until or valid_until
        elif not instance.valid_until and instance.issued_on:
            instance.valid_until = self._last_day(instance)

    @staticmethod
    def _last_day(card: Card) -> dt.date:
        if card.issuer is None:
            raise ValidationError({"valid_until": "为空，「发证机关」也为空；请填写其中一项。"})
        return card.issuer.last_day(card.issued_on)

    def before_save_instance(self, instance: Card, row: dict, **kwargs: object) -> None:
        with_words(check_card, instance)
        if instance.pk:
            return
        officer, old = instance.officer, instance.renews
        if old and old.officer_id != officer.pk:
            raise ValueError(f"换发自 {old}，但 {old} 的持证人不是{officer.name}；请核对。")
        if old and Card.objects.filter(renews=old).exists():
            raise ValueError(f"换发自 {old}，但 {old} 已换发为另一张证；请核对。")
        if officer.is_auxiliary:
            raise ValueError(f"的持证人{officer.name}是辅助人员，不能持证。")
        if not Posting.objects.on(instance.issued_on).enforcing().filter(officer=officer).exists():
            self.warn(row, "发证日期", f"{officer.name}当天不在执法岗位（{instance}），请核对。")

    def after_save_instance(self, instance: Card, row: dict, **kwargs: object) -> None:
        self.fields["renews"].widget.known[instance.card_no] = instance

    def after_import_row(self, row: dict, row_result: RowResult, **kwargs: object) -> None:
        super().after_import_row(row, row_result, **kwargs)
        card = row_result.instance
        if card is None or not card.pk or row_result.errors:
            return
        if row_result.import_type == RowResult.IMPORT_TYPE_NEW:
            self._tell_chain(card)
            self._tell_status(card, row)
            audit.record(by=self.by, verb="发放执法证", target=card, detail="导入")
        elif row_result.import_type == RowResult.IMPORT_TYPE_UPDATE:
            differing = self._differences(row_result.original, card)
            audit.record(by=self.by, verb="更正执法证", target=card, detail=f"导入：{_listed(differing)}")
        self._compare_status(card, row)

    def _tell_chain(self, card: Card) -> None:
        """The card that this one renews is 已换发 from its first day, unless it had ended before."""
        old = card.renews
        if old is None:
            return
        replaced = old.events.counting().filter(kind=Kind.REPLACED).first()
        if replaced and replaced.happened_on != card.issued_on:
            raise ValueError(f"换发自 {old}，但 {old} 的换发日期是 {replaced.happened_on}，与发证日期不同；请核对。")
        if not replaced and old.state_on(card.issued_on) not in (Status.LOST, Status.REVOKED):
            self._happened(old, Kind.REPLACED, card.issued_on, "换发")

    def _tell_status(self, card: Card, row: dict) -> None:
        status, day = self._cell(row, "status"), self._cell(row, "status_day")
        if not status or status in FOLLOWS_FROM_DAYS:
            return
        if not day:
            if status == Status.REPLACED and card.card_no in self.renewed_here:
                return  # its successor stands further down and says when
            label = Status(status).label
            raise ValueError(f"的状态是“{label}”，但没有「状态日期」；请填写从哪一天起{label}。")
        if day < card.issued_on:
            raise ValueError("的「状态日期」早于「发证日期」；请核对。")
        self._happened(card, KINDS[Status(status)], day, self._cell(row, "status_reason") or "导入登记")

    def _compare_status(self, card: Card, row: dict) -> None:
        """What the file says of today, against the dates and events. 已换发 may follow further down."""
        status = self._cell(row, "status")
        if not status or card.card_no in self.renewed_here:
            return
        stands = card.state_on(timezone.localdate())
        if stands != status:
            said, known = Status(status).label, Status(stands).label
            self.warn(
                row,
                "状态",
                f"表中是“{said}”，按登记的日期和事件是“{known}”（{card}）；状态只能用暂扣、收回等操作登记，未导入。",
            )

    def _happened(self, card: Card, kind: Kind, on: dt.date, reason: str) -> None:
        CardEvent.objects.create(card=card, kind=kind, happened_on=on, reason=reason[:200], recorded_by=self.by)

    def _cell(self, row: dict, field: str):
        column = self.fields[field]
        try:
            return column.clean(row) if column.column_name in row else None
        except ValueError as error:
            raise ValueError(f"的「{column.column_name}」{error}") from error


def with_words(check, card: Card) -> None:
    """An action's ValidationError as the words of a row."""
    try:
        check(card)
    except ValidationError as error:
        raise ValueError("；".join(error.messages)) from error


def _listed(differing) -> str:
    return "；".join(f"{name} {old or '—'} → {new or '—'}" for name, old, new in differing)
