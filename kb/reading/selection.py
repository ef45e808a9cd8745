"""Which version a reader sees: by day (`?on=2024-01-01`), by version (`?v=12`), else the one in force today."""

import datetime as dt
import re
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from kb.models import Regulation, RegulationVersion
from kb.models.status import LegalStatus
from kb.permissions import can_read_drafts
from people.models import User

DAY = re.compile(r"^\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?\s*$")


@dataclass(frozen=True)
class Selection:
    """The version shown and the day it is shown for. `problem` says what was wrong with the request."""

    regulation: Regulation
    version: RegulationVersion | None
    on: dt.date
    today: dt.date
    problem: str = ""

    @property
    def status(self) -> LegalStatus:
        """The standing of the shown text today, whatever day it is shown for."""
        return self.version.status(self.today) if self.version else self.regulation.status(self.today)

    @property
    def address_day(self) -> dt.date | None:
        """The day that links must carry so that they stay in this version; None for the default text."""
        return None if self.version == self.regulation.current_or_last(self.today) else self.on

    @property
    def query(self) -> str:
        """`?on=2018-01-01` or nothing."""
        return f"?on={self.address_day.isoformat()}" if self.address_day else ""

    @property
    def current(self) -> RegulationVersion | None:
        """The version in force today, if another one is shown."""
        current = self.regulation.version_on(self.today)
        return current if current != self.version else None


def parse_day(text: str) -> dt.date | None:
    """`2024-01-01`, `2024/1/1`, `2024年1月1日`, `20240101`; full-width digits too. None when it is no day."""
    found = DAY.match(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def select_version(regulation: Regulation, user: User | AnonymousUser, *, on: str = "", version: str = "") -> Selection:
    """The reader's choice; what cannot be understood falls back to today and says so."""
    today = timezone.localdate()
    if version:
        chosen = _by_number(regulation, user, version)
        problem = "" if chosen else "没有找到所选的版本，以下为现行文本。"
        chosen = chosen or regulation.current_or_last(today)
        return Selection(regulation, chosen, _day_of(chosen, today), today, problem)
    day = parse_day(on) if on else today
    if day is None:
        problem = f"日期「{on[:20]}」无法识别，请写成 2024-01-01 的形式；以下为现行文本。"
        return Selection(regulation, regulation.current_or_last(today), today, today, problem)
    return _on_day(regulation, day, today)


def _on_day(regulation: Regulation, day: dt.date, today: dt.date) -> Selection:
    """Before the first version there was no text: the oldest is shown and said to be later."""
    chosen = regulation.current_or_last(day)
    begun = chosen is None or chosen.effective_from is None or chosen.effective_from <= day
    if begun or day == today:
        return Selection(regulation, chosen, day, today)
    oldest = min((v for v in regulation.dated_versions() if v.effective_from), key=lambda v: v.effective_from)
    words = f"{day.year}年{day.month}月{day.day}日尚无已收录的施行文本，以下为最早收录的文本。"
    return Selection(regulation, oldest, oldest.effective_from or day, today, words)


def _by_number(regulation: Regulation, user: User | AnonymousUser, number: str) -> RegulationVersion | None:
    """A live version of this law; a draft only for those who may read drafts."""
    if not number.isdecimal():
        return None
    live = next((v for v in regulation.dated_versions() if v.pk == int(number)), None)
    if live or not can_read_drafts(user):
        return live
    return RegulationVersion.objects.filter(regulation=regulation, pk=int(number)).first()


def _day_of(version: RegulationVersion | None, today: dt.date) -> dt.date:
    """Today while the version is in force, else its first day."""
    if version is None or version.covers(today):
        return today
    return version.effective_from or today
