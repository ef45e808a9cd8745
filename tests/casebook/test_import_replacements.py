"""A manuscript's own decisions about what is recognisable."""

import pytest

from casebook import layer, manuscript
from casebook.findings.entries import open_findings
from casebook.importers import UNCHANGED, import_cases
from tests import cast
from tests.factories.kb import PowerItemFactory

pytestmark = pytest.mark.django_db

FILE = """---
case_no: 2026Q3-07
title: 王建国占道经营案
items: 420102C01CF01700
替换: 王建国=王某；老李烧烤店=某烧烤店
不处理: 8月15日=法典施行的日期
---
## 基本案情
店主王建国在老李烧烤店门前占道，8月15日之后未改正。
"""


@pytest.fixture
def folder(tmp_path):
    PowerItemFactory(code="420102C01CF01700")
    (tmp_path / "2026Q3-07.md").write_text(FILE, "utf-8")
    return tmp_path


def test_the_file_brings_its_replacements_and_reasons(folder):
    [case] = import_cases([folder], by=cast.member("lin")).cases
    latest = case.get_latest_revision_as_object()
    assert layer.shown(latest).title == "王某占道经营案"
    assert layer.shown(latest).sections[0].text == "店主王某在某烧烤店门前占道，8月15日之后未改正。"
    assert open_findings(latest) == []
    assert {row.original: row.kind for row in latest.replacements.all()}["老李烧烤店"] == "organisation"


def test_a_second_import_changes_nothing(folder):
    import_cases([folder], by=cast.member("lin"))
    [row] = import_cases([folder], by=cast.member("lin")).files
    assert row.result == UNCHANGED


def test_a_pair_without_its_sign_is_a_problem_with_its_line():
    draft = manuscript.read(FILE.replace("王建国=王某；", "王建国；"))
    assert [problem.line for problem in draft.problems] == [5]
