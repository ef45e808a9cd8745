"""Cases for tests. `public_case(duty_basis="《…法》第三十三条")` is signed and live."""

import datetime as dt

import factory
from django.utils import timezone
from wagtail.models import Revision

from casebook import actions
from casebook.models import Case, CasebookIssue, CaseItem
from casebook.models.address import slug_for_readers
from tests import cast
from tests.factories.kb import DomainFactory

FACTS = "2026年3月，执法人员检查时发现某店未按规定作业，当场责令改正。"


def section(kind: str, text: str, key: str = "") -> dict:
    """A stored block with a readable id."""
    return {"type": kind, "value": {"heading": "", "text": text}, "id": key or f"block-{kind}"}


class CaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Case
        skip_postgeneration_save = True

    case_no = factory.Sequence(lambda n: f"2026Q1-{n:03d}")
    slug = factory.LazyAttribute(lambda case: case.case_no.lower())
    title = factory.Sequence(lambda n: f"某店第{n}种违法行为案")
    domain = factory.SubFactory(DomainFactory)
    filed_on = dt.date(2026, 3, 2)
    decided_on = dt.date(2026, 4, 1)
    live = False
    body = [section("facts", FACTS)]

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        """`CaseFactory(items=[item, ...])`."""
        for n, item in enumerate(extracted or []):
            CaseItem.objects.create(case=self, item=item, sort_order=n)

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        """`CaseFactory(published=True)`; the row of the database is public, the object given is the draft."""
        if extracted:
            made_public(self)


def made_public(case: Case) -> Case:
    """The whole way to the public: Lin anonymises, Wu signs, Song publishes."""
    lin, wu, song = (cast.member(name) for name in ("lin", "wu", "song"))
    return actions.release(case, by=lin, signer=wu, chief=song)


def in_review(**values) -> Case:
    """Handed in by Lin, with the legal review."""
    lin = cast.member("lin")
    return actions.submit(actions.confirm_anonymised(CaseFactory(**values), by=lin), by=lin)


def signed(**values) -> Case:
    """Signed by Wu, with the chief editor."""
    case, wu = in_review(**values), cast.member("wu")
    actions.vouch_for_all(case, by=wu)
    return actions.sign(case, by=wu)


def public_case(**values) -> Case:
    """A case as `made_public` leaves it, set there at once: most tests need the public case, not the way."""
    lin, wu = cast.member("lin"), cast.member("wu")
    case, now = CaseFactory(**values), timezone.now()
    case.anonymised_by, case.anonymised_digest = lin, case.text_digest()
    case.signed_by, case.signed_at, case.signed_digest = wu, now, case.text_digest()
    case.slug = slug_for_readers(case)
    revision = Revision.objects.create(content_object=case, created_at=now, content=case.serializable_data())
    case.latest_revision = case.live_revision = revision
    case.live, case.has_unpublished_changes = True, False
    case.first_published_at = case.last_published_at = now
    case.save()
    return case


class IssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CasebookIssue

    year_no = 2026
    quarter_no = factory.Sequence(lambda n: n % 4 + 1)
    status = CasebookIssue.Status.PUBLISHED
