"""The queue: a person resolves or dismisses, and what was decided survives every linking."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kb.actions.citations import dismiss_citation, reopen_citation, resolve_citation
from kb.linking import link_version
from kb.models import Citation, RegulationAlias
from people.models import AuditEntry
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
TEXT = "依照渣土办法第三条，有渣土办法第九条情形，依照渣土办法第三条"


@pytest.fixture
def source():
    version = RegulationVersionFactory(regulation=RegulationFactory(title="甲条例"), articles={"1": [TEXT]})
    link_version(version)
    return version


@pytest.fixture
def target():
    regulation = RegulationFactory(title="江城市建筑垃圾管理办法")
    return RegulationVersionFactory(regulation=regulation, articles={"3": ["三"], "5": ["五"]}).regulation


def states() -> list[tuple[str, str]]:
    return list(Citation.objects.order_by("span_start").values_list("key", "status"))


def first() -> Citation:
    return Citation.objects.order_by("span_start").first()


def test_a_resolved_citation_is_manual_and_signed(source, target, member):
    resolve_citation(first(), regulation=target, key="5", by=member("wu"))
    row = first()
    assert (row.regulation, row.key, row.status, row.origin) == (target, "5", "resolved", "manual")
    assert row.decided_by == member("wu")
    assert AuditEntry.objects.filter(verb="链接引用").count() == 1


def test_a_decision_survives_linking_and_only_that_occurrence_has_it(source, target, member):
    resolve_citation(first(), regulation=target, key="5", by=member("wu"))
    source.provisions.filter(key="1.p1").update(text="　" + TEXT)
    link_version(source)
    assert states() == [("5", "resolved"), ("9", "unresolved"), ("3", "unresolved")]
    assert first().span_start == TEXT.index("渣土") + 1


def test_a_dismissal_survives_linking(source, member):
    dismiss_citation(first(), by=member("lin"), reason="口头说法")
    link_version(source)
    assert states() == [("3", "dismissed"), ("9", "unresolved"), ("3", "unresolved")]


def test_a_decision_whose_words_are_gone_is_kept_without_a_span(source, target, member):
    resolve_citation(first(), regulation=target, key="5", by=member("wu"))
    source.provisions.filter(key="1.p1").update(text="本条已改")
    link_version(source)
    row = Citation.objects.get()
    assert (row.span_start, row.span_end, row.status) == (0, 0, "resolved")
    source.provisions.filter(key="1.p1").update(text=TEXT)
    link_version(source)
    assert first().span_end > 0


def test_a_name_is_resolved_everywhere_where_the_provision_exists(source, target, member):
    done = resolve_citation(first(), regulation=target, key="3", by=member("song"), everywhere=True)
    assert len(done) == 2
    assert states() == [("3", "resolved"), ("9", "unresolved"), ("3", "resolved")]
    assert RegulationAlias.objects.get().name == "渣土办法"


def test_a_name_is_dismissed_everywhere(source, member):
    assert len(dismiss_citation(first(), by=member("song"), reason="不是法规", everywhere=True)) == 3
    assert {status for _, status in states()} == {"dismissed"}


def test_a_dismissal_needs_a_reason(source, member):
    with pytest.raises(ValidationError, match="理由"):
        dismiss_citation(first(), by=member("song"), reason=" ")


def test_a_provision_that_does_not_exist_is_refused_with_the_reason(source, target, member):
    with pytest.raises(ValidationError, match="没有第八条"):
        resolve_citation(first(), regulation=target, key="8", by=member("wu"))


@pytest.mark.parametrize("name", ["chen", "mei", "zhou"])
def test_others_may_not_decide(source, target, member, name):
    with pytest.raises(PermissionDenied):
        resolve_citation(first(), regulation=target, key="3", by=member(name))
    with pytest.raises(PermissionDenied):
        dismiss_citation(first(), by=member(name), reason="x")
    with pytest.raises(PermissionDenied):
        reopen_citation(first(), by=member(name))


def test_a_decision_can_be_taken_back(source, target, member):
    resolve_citation(first(), regulation=target, key="5", by=member("wu"))
    reopen_citation(first(), by=member("wu"))
    link_version(source)
    assert states()[0] == ("3", "unresolved")
