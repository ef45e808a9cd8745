"""What is saved of a case's text when two people edit it at once."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from casebook.models import Case
from casebook.permissions import can_edit_case, require
from people import audit
from people.models import User


def newest(case: Case) -> Case:
    """The latest revision, read anew: the caller's object may know nothing of what was saved since."""
    row = Case.objects.select_related("latest_revision").get(pk=case.pk)
    return row.get_latest_revision_as_object()


@transaction.atomic
def keep_aside(mine: Case, *, by: User) -> Revision:
    """Keeps the text of an out-of-date form as a revision of its own, beside the newest one, which stays the draft."""
    require(can_edit_case(by, mine), "修改该案例")
    kept = Revision.objects.create(
        content_object=mine,
        base_content_type=mine.get_base_content_type(),
        user=by,
        created_at=timezone.now(),
        object_str=str(mine),
        content=mine.serializable_data(),
    )
    audit.record(by=by, verb="另存冲突文本", target=mine, detail=f"版本 {kept.pk}")
    return kept


@transaction.atomic
def save_merged(case: Case, content: dict[str, Any], *, by: User) -> Case:
    """The text that somebody put together from two, as the newest draft. `content` is a revision's."""
    require(can_edit_case(by, case), "修改该案例")
    merged = Case.objects.get(pk=case.pk).with_content_json(content)
    merged.full_clean()
    if not merged.live:
        merged.save()
    merged.save_revision(user=by, log_action=True)
    audit.record(by=by, verb="合并两人的修改", target=merged)
    return merged
