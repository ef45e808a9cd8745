"""Where to send who asks for a case under its number, or under an address that it has left."""

from casebook.models import Case, FormerAddress
from casebook.permissions import Asker, can_read, can_see_case


def moved_to(slug: str, reader: Asker) -> Case | None:
    """The case meant; None when there is none for this reader. Former addresses are for who works on the case."""
    former = FormerAddress.objects.select_related("case").filter(slug=slug).first()
    if former and can_see_case(reader, former.case):
        return former.case
    numbered = Case.objects.filter(case_no__iexact=slug).exclude(slug=slug).first()
    return numbered if numbered and can_read(reader, numbered) else None
