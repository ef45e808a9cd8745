"""Verbs of a reader. Private, so they leave no audit entry; who may read a case may keep it."""

from django.core.exceptions import ValidationError

from casebook.models import Case, CaseNote, Favourite
from casebook.permissions import can_read, require
from people.models import User

MOST_KEPT = 500
LONGEST_NOTE = 2000


def keep(case: Case, *, by: User) -> None:
    """Adds the case to the reader's favourites; twice is once. Raises ValidationError beyond MOST_KEPT."""
    require(can_read(by, case), "收藏该案例")
    if Favourite.objects.filter(reader=by).count() >= MOST_KEPT:
        raise ValidationError(f"最多收藏 {MOST_KEPT} 篇；请先取消一些收藏。")
    Favourite.objects.get_or_create(reader=by, case=case)


def let_go(case: Case, *, by: User) -> None:
    Favourite.objects.filter(reader=by, case=case).delete()


def write_note(case: Case, text: str, *, by: User, field_name: str = "") -> None:
    """The reader's note on a section, or on the whole case; an empty text removes it."""
    require(can_read(by, case), "为该案例写笔记")
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise ValidationError(f"笔记最多 {LONGEST_NOTE} 字，现有 {len(text)} 字；请删减后再保存。")
    if field_name and field_name not in {section.field_name for section in case.sections()}:
        raise ValidationError("笔记所在的栏目已经不在案例中；请刷新页面。")
    if text:
        CaseNote.objects.update_or_create(reader=by, case=case, field_name=field_name, defaults={"text": text})
    else:
        CaseNote.objects.filter(reader=by, case=case, field_name=field_name).delete()
