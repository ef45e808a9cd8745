"""What editors do with the search: make a query that found nothing a colloquial term."""

from django.core.exceptions import ValidationError
from django.db import transaction

from people import audit
from people.models import User
from people.permissions import require
from search.chinese import fold
from search.models import Synonym
from search.permissions import can_edit_synonyms


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
