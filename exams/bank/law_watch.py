"""A change of law takes questions out of use: after an import, and when a version begins or ends by the calendar.

`ensure_checked()` is called by whoever draws questions, before the drawing and outside its transaction. It costs two
queries while the law of the day stands as it stood at the last look, so that no timetable (cron) is needed.
"""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Max
from django.utils import timezone

from exams.actions.questions import recheck_questions
from exams.models import LawCheck, Question
from kb.models import RegulationVersion, SourceText

_TIMELINE = ("pk", "regulation_id", "kind", "effective_from", "effective_to", "live", "has_text")


def after_import(version: RegulationVersion) -> None:
    """The questions that rest on the law of one import."""
    recheck_questions([version.regulation_id])


def after_imports(versions: Iterable[RegulationVersion]) -> None:
    """The same after an import of many."""
    recheck_questions({version.regulation_id for version in versions})


def ensure_checked(on: dt.date | None = None) -> list[Question]:
    """Looks at the law of the whole bank unless that was done on this day, for this state of the law.

    Gives the questions that became 待复核.
    """
    on, digest = on or timezone.localdate(), law_digest()
    if LawCheck.objects.filter(checked_on=on, law_digest=digest).exists():
        return []
    taken = recheck_questions(on=on)
    LawCheck.objects.update_or_create(checked_on=on, defaults={"law_digest": digest})
    return taken


def law_digest() -> str:
    """Tells one state of the law from another: every version's span, and when a text was imported last."""
    spans = RegulationVersion.objects.order_by("pk").values_list(*_TIMELINE)
    imported = SourceText.objects.aggregate(last=Max("imported_at"))["last"]
    return sha256(repr([imported, *spans]).encode()).hexdigest()
