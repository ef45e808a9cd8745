"""Article numbers of an old text are put to the test against the newer text that we have of the cited law."""

import datetime as dt

import pytest

from kb.linking import link_version
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
LAW = {
    "1": ["渔业许可证由渔业行政主管部门批准发放"],
    "2": ["水产苗种的进口出口由省级部门审批并检疫"],
    "3": ["炸鱼毒鱼电鱼的，没收渔获物和渔船"],
    "4": ["造成渔业水域污染的，依照水污染防治规定追究责任"],
    "5": ["涂改买卖捕捞许可证的，没收违法所得"],
    "6": ["违反禁渔区禁渔期的规定进行捕捞的，没收渔具"],
}
SINCE_1987 = "1987年10月14日国务院批准 根据2020年11月29日决定修订"


@pytest.fixture
def fishery():
    regulation = RegulationFactory(title="渔业法")
    day = dt.date(2013, 12, 28)
    return RegulationVersionFactory(regulation=regulation, articles=LAW, promulgated_on=day, effective_from=day)


def statuses(articles: dict[str, list[str]], history: str = SINCE_1987, kind: str = "amended") -> list[str]:
    version = RegulationVersionFactory(
        regulation=RegulationFactory(title="渔业法实施细则"),
        articles=articles,
        kind=kind,
        history_note=history,
        promulgated_on=dt.date(2020, 11, 29),
        effective_from=dt.date(2020, 11, 29),
    )
    return [c.status for c in link_version(version)]


FITTING = {"1": ["炸鱼电鱼的，依照《渔业法》第三条没收渔船"], "2": ["涂改捕捞许可证的，依照《渔业法》第五条"]}
MOVED = {"1": ["炸鱼电鱼的，依照《渔业法》第一条没收渔船"], "2": ["涂改捕捞许可证的，依照《渔业法》第二条"]}


def test_numbers_that_still_fit_are_linked(fishery):
    assert statuses(FITTING) == ["resolved", "resolved"]


def test_numbers_that_have_moved_wait_all_together(fishery):
    assert statuses(MOVED) == ["unresolved", "unresolved"]


def test_a_text_written_after_the_law_is_not_questioned(fishery):
    assert statuses(MOVED, history="2018年1月1日公布") == ["resolved", "resolved"]


def test_a_revision_of_the_whole_starts_anew(fishery):
    assert statuses(MOVED, kind="revised") == ["resolved", "resolved"]


def later_text(kind: str) -> None:
    day = dt.date(2021, 4, 29)
    RegulationVersionFactory(
        regulation=RegulationFactory(title="渔业法"), articles=LAW, kind=kind, promulgated_on=day, effective_from=day
    )


THREE = {**FITTING, "3": ["违反禁渔区禁渔期规定的，依照《渔业法》第六条没收渔具"]}


def test_a_later_text_that_fits_beyond_doubt_is_taken():
    later_text("amended")
    assert statuses(THREE, history="") == ["resolved"] * 3


def test_two_citations_are_not_beyond_doubt():
    later_text("amended")
    assert statuses(FITTING, history="") == ["unresolved"] * 2


def test_a_later_text_of_another_numbering_is_not_taken():
    later_text("amended")
    assert statuses({**MOVED, "3": THREE["3"]}, history="") == ["unresolved"] * 3


def test_a_law_written_anew_later_is_never_taken():
    later_text("revised")
    assert statuses(THREE, history="") == ["unresolved"] * 3
