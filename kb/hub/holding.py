"""Who holds an item and who answers for it."""

import datetime as dt
from dataclasses import dataclass

from kb.models import AdjustmentLine, InstructorAppointment, PowerItem, StreetAssignment
from people.models import Unit


@dataclass(frozen=True)
class Holding:
    """The streets of an item on a day, and what the reader must be told about them."""

    current: list[StreetAssignment]
    ended: list[StreetAssignment]
    street: Unit | None
    on: dt.date

    @property
    def streets(self) -> list[Unit]:
        return [row.street for row in self.current]

    @property
    def last_end(self) -> StreetAssignment | None:
        """The end that matters: of the reader's street, or the last of all when no street is left."""
        if self.street:
            held = any(row.street_id == self.street.pk for row in self.current)
            ended = [] if held else [row for row in self.ended if row.street_id == self.street.pk]
        else:
            ended = [] if self.current else self.ended
        return max(ended, key=lambda row: row.valid_to or self.on, default=None)


def holding_of(item: PowerItem, on: dt.date, street: Unit | None = None) -> Holding:
    """The item's assignments on the day; one query."""
    rows = list(item.assignments.filter(valid_from__lte=on).select_related("street", "letter", "end_batch"))
    current = [row for row in rows if row.valid_to is None or row.valid_to > on]
    ended = [row for row in rows if row.valid_to is not None and row.valid_to <= on]
    return Holding(current, ended, street, on)


def instructors_of(item: PowerItem, on: dt.date, street: Unit | None = None) -> list[InstructorAppointment]:
    """Who answers on the day: the street's own instructor where one is named, and the one for all streets."""
    rows = list(item.instructors.current(on).select_related("officer__unit", "street"))
    if street:
        own = [row for row in rows if row.street_id == street.pk]
        return own or [row for row in rows if row.street_id is None]
    return sorted(rows, key=lambda row: row.street.sort_order if row.street else -1)


def adjustments_of(item: PowerItem) -> list[AdjustmentLine]:
    """Every batch that touched the item, newest first."""
    return list(item.adjustments.select_related("batch", "street").order_by("-batch__decided_on", "-pk"))
