"""The small law on which the questions of these tests rest."""

import datetime as dt

import pytest

from tests.factories.kb import RegulationFactory, RegulationVersionFactory


@pytest.fixture
def law(db):
    """《江城区市容管理办法》; article 33 says that it is five days."""
    law = RegulationFactory(title="江城区市容管理办法", slug="jcsr")
    RegulationVersionFactory(regulation=law, articles={"33": ["听证期限为五日。"], "34": ["本办法由区政府解释。"]})
    return law


@pytest.fixture
def amend(law):
    """`amend(dt.date(2026, 6, 1))` lets article 33 say seven days from then on."""

    def change(day: dt.date) -> None:
        law.versions.update(effective_to=day)
        RegulationVersionFactory(
            regulation=law,
            effective_from=day,
            articles={"33": ["听证期限为七日。"], "34": ["本办法由区政府解释。"]},
        )

    return change
