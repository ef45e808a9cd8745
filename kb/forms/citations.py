"""From the legal basis of a form as written to citations."""

from collections.abc import Iterable

from kb.citations.values import Role
from kb.linking import link_text
from kb.linking.resolve import Resolver
from kb.models import Citation, FormTemplate

BASIS = "basis_text"


def link_forms(forms: Iterable[FormTemplate]) -> int:
    """Ties the basis of the forms to the regulations again; returns how many citations there are."""
    resolver = Resolver()
    return sum(len(link_form(form, resolver)) for form in forms)


def link_form(form: FormTemplate, resolver: Resolver | None = None) -> list[Citation]:
    """The same for one form. An old version is read by the law of its own time."""
    return link_text(
        form, BASIS, form.basis_text, date=form.read_on, roles=lambda cited: Role.PROCEDURE, resolver=resolver
    )
