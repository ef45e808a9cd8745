"""No reader gets an original: a secret in every text of a case, and every way by which texts leave."""

import pytest
from django.core.management import call_command
from django.test import Client

from casebook import actions, layer, panels
from casebook.models import Case, IssueEntry
from kb.models import Citation
from search.documents import documents_of
from search.fallback import candidates
from search.lexicon import Lexicon
from search.query import understand
from tests import cast
from tests.factories.casebook import CaseFactory, IssueFactory, made_public, section
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db

SECRET = "欧阳丹青"
LAW = "《江城区市容管理办法》第三十三条"


@pytest.fixture
def law():
    law = RegulationFactory(title="江城区市容管理办法", slug="jcsr")
    RegulationVersionFactory(regulation=law, articles={"33": ["对占用道路的，责令改正。"]})
    return law


@pytest.fixture
def case(law) -> Case:
    body = [
        section(kind, f"店主{SECRET}占道，依照{LAW}处理，{SECRET}没有异议。", f"b-{kind}")
        for kind in ("facts", "handling", "law", "value", "questions")
    ]
    body.append(
        {"type": "disputes", "value": {"heading": f"{SECRET}的异议", "text": f"{SECRET}认为过重。"}, "id": "b-own"}
    )
    made = CaseFactory(
        title=f"{SECRET}占道经营案",
        outcome=f"责令{SECRET}改正",
        duty_basis=f"{LAW}\n{SECRET}自述的规定第三条",
        body=body,
        items=[PowerItemFactory(code="420102C01CF01700", name="对占用道路的处罚")],
    )
    made.save_revision()
    lin = cast.member("lin")
    actions.decide(made, SECRET, "accepted", by=lin, shown="某经营者")
    return Case.objects.get(pk=made_public(made).pk)


def test_the_original_stays_in_the_case_and_readers_see_the_replacement(case):
    assert SECRET in case.title
    shown = layer.shown(case)
    assert shown.title == "某经营者占道经营案"
    assert not any(SECRET in text for text in (*shown.texts, shown.summary))
    assert SECRET not in str(case)


def test_no_page_of_the_site_shows_the_original(case, law, client):
    issue = IssueFactory(year_no=2026, quarter_no=1)
    IssueEntry.objects.create(issue=issue, case=case, sort_order=0, printed_revision_id=case.live_revision_id)
    other = made_public(CaseFactory(items=list(case.items.all()), domain=case.domain))
    addresses = [
        case.get_absolute_url(),
        other.get_absolute_url(),
        "/cases/",
        f"/cases/?cites={law.slug}",
        "/cases/issues/",
        issue.get_absolute_url(),
        "/",
        law.get_absolute_url(),
        "/laws/jcsr/33",
        "/items/420102C01CF01700/",
    ]
    call_command("rebuild_search", verbosity=0)
    addresses += ["/search/?q=占道经营", f"/search/?q={SECRET}", f"/search/suggest/?q={SECRET[:2]}"]
    for reader in (client, _signed_in("chen")):
        for address in addresses:
            answer = reader.get(address)
            assert answer.status_code == 200, address
            page = answer.content.decode()
            if SECRET in address:  # the page repeats what was asked, but must not know the case by it
                assert case.get_absolute_url() not in page
            else:
                assert SECRET not in page, address


def test_search_documents_hold_the_replacement_only(case):
    [document] = [doc for doc in documents_of({f"case:{case.pk}"})]
    assert SECRET not in repr(document)
    assert "某经营者" in document.title


def test_the_database_fallback_does_not_tell_that_a_name_stands_in_a_case(case):
    engine = candidates(understand(SECRET, Lexicon.of((), ())))
    assert SECRET not in repr(vars(engine))


def test_panels_name_the_case_by_what_readers_see(case, law):
    assert SECRET not in panels.cases_citing(None, law)
    sources = panels.citing_sources({case.pk})
    assert [source.title for source in sources.values()] == ["某经营者占道经营案"]


def test_a_citation_keeps_its_link_in_the_text_shown(case, client):
    page = client.get(case.get_absolute_url()).content.decode()
    assert f'title="江城区市容管理办法">{LAW}</a>处理' in page


def test_the_links_of_the_text_shown_cover_the_words_of_the_citation(case):
    shown = layer.shown(case)
    facts = shown.sections[0]
    [cited] = Citation.objects.of_source(case).filter(field_name=facts.field_name, key="33")
    start, end = facts.moved(cited.span_start, cited.span_end)
    assert facts.text[start:end] == case.sections()[0].text[cited.span_start : cited.span_end] == LAW


def test_a_changed_decision_lifts_the_signature(case):
    assert case.is_signed
    actions.decide(case, SECRET, "edited", by=cast.member("lin"), shown="某某")
    assert not Case.objects.get(pk=case.pk).get_latest_revision_as_object().is_signed


def test_a_list_of_cases_reads_all_replacements_in_one_query(case, django_assert_num_queries):
    made_public(CaseFactory(domain=case.domain))
    cases = list(Case.objects.published().for_lists())
    with django_assert_num_queries(0):
        assert [layer.shown(one).title for one in cases]


def _signed_in(name: str) -> Client:
    reader = Client()
    reader.force_login(cast.member(name))
    return reader
