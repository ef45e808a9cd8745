"""What editors do with the search: make a query that found nothing a colloquial term. What readers do: keep a query.

Saved searches leave no trace in the audit: what somebody looks for is nobody else's business.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people import audit
from people.models import User
from people.permissions import require
from search import saved as saving
from search.chinese import fold
from search.engines.base import EngineUnavailable, Filters
from search.models import SavedSearch, Synonym
from search.permissions import can_edit_synonyms, can_open_saved

MOST_SAVED = 20


@transaction.atomic
def make_synonym(*, colloquial: str, statutory: str, by: User) -> Synonym:
    """Officers say `colloquial`, the statute says `statutory`; works with the next query, without a rebuild.

    A pair that was switched off is switched on again. Raises PermissionDenied, and ValidationError when
    one of the two is missing, too long, or both are the same.
    """
    require(can_edit_synonyms(by), "编辑同义词")
    colloquial, statutory = colloquial.strip(), statutory.strip()
    if fold(colloquial) == fold(statutory):
        raise ValidationError("法定用语与检索词相同，无须设为同义词。")
    row = Synonym.objects.filter(colloquial=colloquial, statutory=statutory).first()
    row = row or Synonym(colloquial=colloquial, statutory=statutory)
    row.is_active = True
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    audit.record(by=by, verb="设为同义词", target=row, detail="来自检索日志")
    return row


def save_search(query: str, filters: Filters, *, by: User) -> SavedSearch:
    """Keeps a query of one's own; everything found now counts as known. The same again is the one there is.

    Raises ValidationError when nothing is asked, or when there are MOST_SAVED already.
    """
    query = " ".join(query.split())[: SavedSearch.LONGEST]
    if not query:
        raise ValidationError("请先输入检索词再保存。")
    mine = SavedSearch.objects.of(by)
    same = mine.filter(query=query, narrowing=saving.narrowing_of(filters)).first()
    if same:
        return same
    if mine.count() >= MOST_SAVED:
        raise ValidationError(f"最多保存 {MOST_SAVED} 个检索，请先在“我的检索”里删除不用的。")
    row = SavedSearch(owner=by, query=query, narrowing=saving.narrowing_of(filters))
    try:
        saving.learn(row, saving.results_of(row))
    except EngineUnavailable as error:
        raise ValidationError("检索服务暂不可用，请稍后再保存。") from error
    row.save()
    return row


def open_saved_search(row: SavedSearch, *, by: User) -> None:
    """What is new has been seen; it stays on the page until something newer comes."""
    require(can_open_saved(by, row), "查看这个检索")
    row.unread, row.opened_at = 0, timezone.now()
    row.save(update_fields=["unread", "opened_at"])


def delete_saved_search(row: SavedSearch, *, by: User) -> None:
    require(can_open_saved(by, row), "删除这个检索")
    row.delete()
