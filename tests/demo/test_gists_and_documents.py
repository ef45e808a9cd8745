"""What the demo says about the law is tied to the law."""

import re

import pytest

from demo.loaders.tables import DATA, records
from kb.citations import parse
from kb.keys import article_of
from kb.models import Citation, Gist, Provision, ProvisionSuccession, Regulation

pytestmark = pytest.mark.django_db
KEY = re.compile(r"\d+(-\d+)?(\.p\d+)?(\.i\d+)?")


def test_every_gist_belongs_to_a_known_law_and_fits_in_a_line():
    titles = {row["title"] for row in records("regulations")}
    for row in records("gists"):
        assert row["law"] in titles, row
        assert KEY.fullmatch(row["key"]), row
        assert 4 <= len(row["gist"]) <= 40, row


def test_every_article_that_an_item_cites_has_a_gist():
    known = set(Gist.objects.values_list("regulation_id", "key"))
    cited = Citation.objects.filter(power_item__isnull=False, field_name="basis_text", status="resolved")
    missing = {c.raw for c in cited.exclude(article_key="") if (c.regulation_id, c.article_key) not in known}
    assert missing == set()


def test_every_item_of_a_checked_basis_reaches_its_law():
    lost = Citation.objects.filter(power_item__isnull=False).exclude(status="resolved")
    assert list(lost.values_list("raw", flat=True)) == []


def test_the_repealed_laws_lead_to_the_code():
    code = Regulation.objects.get(title="中华人民共和国生态环境法典")
    assert code.relations_out.filter(kind="repeals").count() == 10
    old = Regulation.objects.get(title="中华人民共和国大气污染防治法")
    assert old.status() == "repealed"
    assert ProvisionSuccession.objects.filter(old_regulation=old, old_key="118.p3", new_key="1132.p3").exists()


@pytest.mark.parametrize("path", sorted((DATA / "documents").glob("*.md")), ids=lambda path: path.stem)
def test_every_law_that_a_document_cites_is_known_and_has_a_gist(path):
    names = {row["title"].removeprefix("中华人民共和国"): row["title"] for row in records("regulations")}
    gists = {(row["law"], row["key"]) for row in records("gists")}
    cited = [c for c in parse(path.read_text(encoding="utf-8")) if c.law_given and c.key and not c.own]
    laws = [c for c in cited if c.law.removeprefix("中华人民共和国") in names]
    assert len(laws) >= 3
    assert {(names[c.law.removeprefix("中华人民共和国")], article_of(c.key)) for c in laws} <= gists


def test_the_five_documents_have_15_to_40_articles_and_all_their_citations_are_linked():
    documents = Regulation.objects.filter(level_code="normative", region="江城区")
    assert documents.count() == 5
    for document in documents:
        version = document.current_or_last()
        assert 15 <= version.provisions.filter(kind=Provision.Kind.ARTICLE).count() <= 40
        open_ones = Citation.objects.of_source(version).exclude(status="resolved")
        assert list(open_ones.values_list("raw", flat=True)) == []


def test_a_document_begins_on_the_day_that_its_last_article_names():
    rules = Regulation.objects.get(title="江城区街道行政执法案卷评查办法")
    assert str(rules.current_or_last().effective_from) == "2025-07-01"
    assert rules.doc_number == "江城司发〔2025〕11号"
