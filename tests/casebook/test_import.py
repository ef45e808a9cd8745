"""Cases from files: whole or not at all, again and again without duplicates, with a report an editor can use."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from casebook.importers import CREATED, REFUSED, UNCHANGED, UPDATED, import_cases
from casebook.models import Case
from kb.models import Citation
from tests.factories.casebook import made_public
from tests.factories.kb import PowerItemFactory
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db

TEXT = """---
case_no: 2026Q1-07
title: 某店超标排放油烟案
kind: 处罚
items: 420102C01CF07300
source: 投诉
filed: 2026-01-05
decided: 2026-02-03
procedure: 普通
legal_reviewed: 是
outcome: 罚款
fine: 8000
tags: frequent, typical
违反条款: 《没有收录的条例》第五条；《没有收录的条例》第六条第一款
---

## 案情简介

2026年1月，执法人员到店检查。

## 典型意义

先检测，后处罚。
"""


@pytest.fixture
def item():
    return PowerItemFactory(code="420102C01CF07300")


@pytest.fixture
def write(tmp_path):
    def write(text=TEXT, name="one.md"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_becomes_a_draft_with_everything_it_says(item, write):
    row = import_cases([write()], by=None).files[0]
    case = Case.objects.get()
    assert row.result == CREATED and not case.live
    assert (case.title, case.kind, case.fine_amount) == ("某店超标排放油烟案", "penalty", 8000)
    assert list(case.items.all()) == [item] and case.domain == item.domain
    assert case.legal_reviewed and not case.heard and case.days_taken == 29
    assert case.tag_labels == ["高频", "典型"]
    assert case.duty_basis.splitlines() == ["《没有收录的条例》第五条", "《没有收录的条例》第六条第一款"]


def test_a_heading_in_other_words_finds_its_block_and_keeps_its_words(item, write):
    import_cases([write()], by=None)
    first, second = Case.objects.get().sections()
    assert (first.kind, first.heading, first.text) == ("facts", "案情简介", "2026年1月，执法人员到店检查。")
    assert (second.kind, second.heading) == ("value", "典型意义")


def test_citations_that_lead_nowhere_are_reported_and_stored_as_waiting(item, write):
    row = import_cases([write()], by=None).files[0]
    assert row.unresolved == ["《没有收录的条例》第五条", "《没有收录的条例》第六条第一款"]
    assert Citation.objects.of_source(row.case).waiting().count() == 2


def test_the_same_file_again_changes_nothing(item, write):
    path = write()
    import_cases([path], by=None)
    revisions = Case.objects.get().revisions.count()
    assert import_cases([path], by=None).files[0].result == UNCHANGED
    assert Case.objects.get().revisions.count() == revisions


def test_a_changed_file_updates_the_case_with_that_number(item, write):
    import_cases([write()], by=None)
    row = import_cases([write(TEXT.replace("fine: 8000", "fine: 9000.50"))], by=None).files[0]
    assert row.result == UPDATED
    assert Case.objects.get().fine_amount == pytest.approx(9000.50)


def test_a_changed_file_does_not_touch_the_public_text(item, write):
    import_cases([write()], by=None)
    made_public(Case.objects.get())
    report = import_cases([write(TEXT.replace("先检测", "先拍照"))], by=None)
    assert report.files[0].result == UPDATED
    public = Case.objects.published().get()
    assert "先检测" in public.sections()[1].text
    assert "先拍照" in public.get_latest_revision_as_object().sections()[1].text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("items: 420102C01CF07300", "items: 420102C01CF07300, 999", "事项编码“999”不在事项清单中"),
        ("items: 420102C01CF07300\n", "", "缺少“items”"),
        ("case_no: 2026Q1-07", "case_no: 第七号", "案例编号“第七号”应写成"),
        ("decided: 2026-02-03", "decided: 2026年2月3日", "日期“2026年2月3日”应写成"),
        ("decided: 2026-02-03", "decided: 2025-12-03", "日期“decided”早于前一个环节"),
        ("fine: 8000", "fine: 八千", "金额“八千”应为数字"),
        ("kind: 处罚", "kind: 重罚", "“重罚”不是可用的值"),
        ("tags: frequent", "tags: 高频", "没有标签“高频”"),
        ("source: 投诉", "street: 没有的街道", "没有街道“没有的街道”"),
        ("## 案情简介", "## 我的看法", "不认识的标题“我的看法”"),
        ("outcome: 罚款", "result: 罚钱", "“罚钱”不是可用的值"),
        ("outcome: 罚款", "ending: 罚款", "不认识的信息“ending”"),
        ("## 案情简介", "前言一句\n\n## 案情简介", "第一个标题之前有文字"),
        ("---\ncase_no", "case_no", "文件应以“---”包围的信息栏开头"),
    ],
)
def test_a_file_with_a_mistake_is_refused_whole_and_says_where(item, write, old, new, said):
    row = import_cases([write(TEXT.replace(old, new, 1))], by=None).files[0]
    assert row.result == REFUSED and any(said in problem for problem in row.problems), row.problems
    assert not Case.objects.exists()


def test_a_problem_names_its_line(item, write):
    row = import_cases([write(TEXT.replace("kind: 处罚", "kind: 重罚"))], by=None).files[0]
    assert row.problems[0].startswith("第 4 行：")


def test_one_bad_file_does_not_stop_the_others(item, write, tmp_path):
    write(TEXT.replace("fine: 8000", "fine: 八千"), "a.md")
    write(TEXT, "b.md")
    report = import_cases([tmp_path], by=None)
    assert [row.result for row in report.files] == [REFUSED, CREATED]


def test_a_file_in_another_encoding_is_refused_in_words(item, tmp_path):
    path = tmp_path / "gbk.md"
    path.write_bytes(TEXT.encode("gbk"))
    assert "UTF-8" in import_cases([path], by=None).files[0].problems[0]


def test_a_dry_run_saves_nothing(item, write):
    report = import_cases([write()], by=None, dry_run=True)
    assert report.files[0].result == CREATED and report.cases == []
    assert not Case.objects.exists() and not Citation.objects.exists()


def test_a_street_is_found_by_its_short_name(item, write):
    street = UnitFactory(name="望津街道办事处", short_name="望津街道")
    import_cases([write(TEXT.replace("source: 投诉", "street: 望津街道"))], by=None)
    assert Case.objects.get().street == street


def test_an_officer_may_not_import(item, write, member):
    with pytest.raises(PermissionDenied):
        import_cases([write()], by=member("chen"))


def test_the_command_reports_as_json_and_exits_non_zero_when_it_refused(item, write, tmp_path, capsys):
    write(TEXT.replace("fine: 8000", "fine: 八千"))
    with pytest.raises(SystemExit):
        call_command("import_cases", str(tmp_path), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["counts"][REFUSED] == 1 and "金额" in told["files"][0]["problems"][0]


def test_the_command_publishes_when_two_people_are_named(item, write, member):
    path = write()
    call_command(
        "import_cases",
        str(path),
        "--by",
        member("lin").username,
        "--sign-by",
        member("wu").username,
        "--publish-by",
        member("song").username,
    )
    assert Case.objects.published().get().signed_by == member("wu")


def test_the_command_refuses_one_person_for_both(item, write, member):
    with pytest.raises(CommandError, match="两个人"):
        call_command("import_cases", str(write()), "--by", member("song").username, "--sign-by", "song")
