"""A link opens the cited law as it stood for the citing text when the law has been written anew since."""

import datetime as dt

import pytest

from kb.linking import link_version
from kb.models import RegulationVersion
from kb.reading.links import links_of
from kb.reading.selection import Selection
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
OLD, NEW, SOURCE = dt.date(2013, 1, 1), dt.date(2026, 1, 1), dt.date(2021, 8, 1)


def address_of_link(kind: str) -> str:
    regulation = RegulationFactory(title="治安管理处罚法", slug="zhian")
    for day, ends, sort in ((OLD, NEW, "enacted"), (NEW, None, kind)):
        RegulationVersionFactory(
            regulation=regulation, articles={"33": ["三十三"]}, kind=sort, promulgated_on=day, effective_from=day,
            effective_to=ends,
        )  # fmt: skip
    source = RegulationVersionFactory(
        regulation=RegulationFactory(title="军事设施保护法"),
        articles={"62": ["依照《治安管理处罚法》第三十三条的规定处罚"]},
        promulgated_on=SOURCE,
        effective_from=SOURCE,
    )
    link_version(source)
    shown = dt.date(2026, 11, 22)
    ((link,),) = links_of(Selection(source.regulation, source, shown, shown)).values()
    return link.href


def test_a_law_written_anew_opens_as_it_stood():
    assert address_of_link(RegulationVersion.Kind.REVISED).endswith("/33?on=2021-08-01")


def test_a_law_amended_in_words_opens_as_it_stands():
    assert address_of_link(RegulationVersion.Kind.AMENDED).endswith("/33")
