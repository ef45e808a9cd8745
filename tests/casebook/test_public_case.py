"""The shortcut of the tests ends where the way of a case ends."""

import pytest

from casebook.models import Case
from tests.factories.casebook import CaseFactory, made_public, public_case
from tests.factories.editions import CITING, law

pytestmark = pytest.mark.django_db
OWN = {"id", "case_no", "slug", "title", "domain", "latest_revision", "live_revision"}
TIMES = {"signed_at", "first_published_at", "last_published_at"}


def state(case: Case) -> dict:
    row = Case.objects.get(pk=case.pk)
    fields = {field.name for field in Case._meta.concrete_fields} - OWN - TIMES
    values = {name: getattr(row, name) for name in fields}
    revision = row.live_revision.content
    compared = {name: revision[name] for name in ("live", "anonymised_by", "signed_by", "signed_digest", "body")}
    flags = (row.live_revision_id == row.latest_revision_id, row.is_signed, row.current_workflow_state)
    return values | compared | {"flags": flags, "dated": all(getattr(row, name) for name in TIMES)}


def test_a_case_set_public_at_once_is_like_one_that_went_the_whole_way():
    law()
    values = {"title": "某店占道案", "duty_basis": CITING}
    walked, put = made_public(CaseFactory(**values)), public_case(**values)
    assert state(put) == state(walked)
    assert list(put.citations.values_list("raw", "status")) == list(walked.citations.values_list("raw", "status"))
