"""parse_citations and link_citations from the command line."""

import io
import json

import pytest
from django.core.management import call_command

from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db


def parsed(monkeypatch, lines: str, **options) -> list[dict]:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    out = io.StringIO()
    call_command("parse_citations", stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_lines_in_json_lines_out(monkeypatch):
    first, second = parsed(monkeypatch, "没有引用\n违反《行政处罚法》第三十三条、第三十四条的规定\n")
    assert (first["line"], first["law"], first["key"], first["role"]) == (2, "行政处罚法", "33", "duty")
    assert (second["key"], second["span"]) == ("34", [15, 20])


def test_the_context_says_what_the_paragraph_before_is(monkeypatch):
    (found,) = parsed(monkeypatch, "前款", context="行政处罚法#33.p2")
    assert (found["law"], found["key"]) == ("行政处罚法", "33.p1")


def test_a_regulation_of_the_site_is_known_by_its_bare_name(monkeypatch):
    RegulationFactory(title="江城区公证管理规则")
    (found,) = parsed(monkeypatch, "依照江城区公证管理规则第三条")
    assert (found["law"], found["known"], found["span"]) == ("江城区公证管理规则", True, [2, 14])


def test_linking_reports_its_counts():
    articles = {"1": ["一"], "2": ["依照本法第一条，公证法第三条"]}
    RegulationVersionFactory(regulation=RegulationFactory(title="甲法"), articles=articles)
    out = io.StringIO()
    call_command("link_citations", json=True, stdout=out)
    report = json.loads(out.getvalue())
    assert (report["resolved"], report["unresolved"], report["waiting"]) == (1, 1, [["公证法", 1]])
