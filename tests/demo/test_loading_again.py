"""Loading the demo twice changes nothing; a text that arrives joins the regulation known by gist."""

import json

import pytest
from django.core.management import call_command

from casebook.models import Case, CasebookIssue
from content.models import NewsPage, StandardPage
from kb.importers.regulations import apply_import, parse_regulation, plan_import
from kb.models import (
    AdjustmentLine,
    Citation,
    FormField,
    FormTemplate,
    Gist,
    InstructorAppointment,
    PowerItem,
    Regulation,
    RegulationVersion,
    StreetAssignment,
)
from kb.parser import SourceDocument
from people.models import AuditEntry, Officer, Unit, User

pytestmark = pytest.mark.django_db
COUNTED = (
    Unit, Officer, User, PowerItem, Regulation, RegulationVersion, Gist, Citation, StreetAssignment, AdjustmentLine,
    InstructorAppointment, FormTemplate, FormField, Case, CasebookIssue, NewsPage, StandardPage, AuditEntry,
)  # fmt: skip


def counts() -> dict:
    return {model.__name__: model.objects.count() for model in COUNTED}


def test_loading_twice_gives_the_same_counts():
    before = counts()
    call_command("load_demo", "--json")
    assert counts() == before


def test_if_empty_leaves_a_filled_site_alone(capsys):
    call_command("load_demo", "--if-empty", "--json")
    assert json.loads(capsys.readouterr().out) == {"loaded": {}}


def test_a_text_that_arrives_becomes_the_regulation_known_by_gist():
    text = "# 城镇燃气管理条例\n\n（2010年11月19日国务院令第583号公布　"
    text += "根据2016年2月6日《国务院关于修改部分行政法规的决定》修订）\n\n"
    text += "第一条　为了测试，制定本条例。\n\n第二条　本条例自2011年3月1日起施行。\n"
    before = Regulation.objects.get(title="城镇燃气管理条例")
    gists = before.gists.count()
    source = SourceDocument("城镇燃气管理条例.md", text, text, "0" * 64, ())
    result = apply_import(plan_import(parse_regulation(source)))
    assert result.regulation == before
    assert Regulation.objects.filter(title__contains="燃气").count() == 1
    assert before.gists.count() == gists >= 25
    assert before.version_on().has_text
