"""Importing into the database: versions, re-import, sources of different rank, dry run, refusal."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from kb.importers.hooks import after_import
from kb.importers.regulations import Action, SourceKind, apply_import, plan_import
from kb.models import Provision, Regulation, RegulationVersion
from kb.parser import parse_text
from people.models import AuditEntry
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db

OLD = """# 中华人民共和国街区法

2010年3月1日 全国人民代表大会常务委员会通过

<!-- INFO END -->

第一条 甲。
第二条 乙。
第三条 本法自2010年5月1日起施行。
"""
NEW = """# 街区法

2010年3月1日全国人民代表大会常务委员会通过
2020年3月1日全国人民代表大会常务委员会修订

<!-- INFO END -->

第一条 甲。
第二条 丙。
（一）丁。
第三条 本法自2020年7月1日起施行。
"""


def bring(text, filename="街区法.md", **options):
    return apply_import(plan_import(parse_text(text, filename), **options))


def run(*paths, **options):
    """(JSON report, exit code)."""
    out = StringIO()
    try:
        call_command("import_regulations", *map(str, paths), json=True, stdout=out, stderr=StringIO(), **options)
    except SystemExit as exit_:
        return json.loads(out.getvalue()), exit_.code
    return json.loads(out.getvalue()), 0


@pytest.fixture
def calls():
    seen = []
    after_import.register(seen.append)
    yield seen
    after_import.unregister(seen.append)


def test_a_law_becomes_a_regulation_a_version_and_rows(calls):
    result = bring(OLD)
    regulation = Regulation.objects.get()
    version = regulation.versions.get()
    assert (regulation.title, regulation.slug, regulation.level_code) == ("中华人民共和国街区法", "街区法", "law")
    assert (version.effective_from, version.dates_verified, version.has_text) == (dt.date(2010, 5, 1), True, True)
    assert version.provision("2.p1").parent.key == "2"
    assert version.provision("2.p1").article_key == "2"
    assert version.source_text.body == OLD
    assert (result.provisions, calls) == (6, [version])


def test_versions_of_one_law_meet_and_follow_each_other():
    bring(NEW, "新.md")
    result = bring(OLD, "旧.md")
    assert result.plan.action is Action.ADD_VERSION
    regulation = Regulation.objects.get()
    old, new = regulation.versions.order_by("effective_from")
    assert (old.effective_to, new.effective_to) == (dt.date(2020, 7, 1), None)
    assert new.provision("2.p1.i1").text == "丁。"
    assert regulation.title == "中华人民共和国街区法"
    assert regulation.aliases.get().name == "街区法"


def test_a_repeal_stays_at_the_end_when_a_version_comes_in_between():
    bring(OLD)
    RegulationVersion.objects.update(effective_to=dt.date(2026, 8, 15))
    bring(NEW, "新.md")
    ends = list(RegulationVersion.objects.order_by("effective_from").values_list("effective_to", flat=True))
    assert ends == [dt.date(2020, 7, 1), dt.date(2026, 8, 15)]


def test_the_same_again_changes_nothing(calls):
    bring(OLD)
    before = list(Provision.objects.values_list("pk", flat=True))
    assert bring(OLD, "另一处.md").plan.action is Action.UNCHANGED
    assert list(Provision.objects.values_list("pk", flat=True)) == before
    assert len(calls) == 1


def test_the_same_file_mended_updates_in_place():
    version = bring(OLD).version
    result = bring(OLD.replace("乙。", "乙乙。"))
    assert (result.plan.action, result.plan.differing) == (Action.REPLACE, ("2.p1",))
    assert result.version == version
    assert version.provision("2.p1").text == "乙乙。"
    assert Regulation.objects.count() == RegulationVersion.objects.count() == 1


def test_another_file_of_the_same_rank_replaces_only_when_asked():
    bring(OLD)
    other = OLD.replace("乙。", "已。")
    kept = bring(other, "另一处.md")
    assert (kept.plan.action, kept.plan.differing) == (Action.KEPT, ("2.p1",))
    assert "--replace" in kept.plan.reason
    assert Provision.objects.get(key="2.p1").text == "乙。"
    assert bring(other, "另一处.md", replace=True).plan.action is Action.REPLACE
    assert Provision.objects.get(key="2.p1").text == "已。"


def test_a_users_file_replaces_the_public_package_but_not_the_other_way_round():
    bring(OLD, source_kind=SourceKind.STATUTE_WHEEL)
    mine = bring(OLD.replace("乙。", "已。"), "本单位.md")
    assert mine.plan.action is Action.REPLACE
    assert mine.version.source_kind == SourceKind.USER_FILE
    assert bring(OLD, source_kind=SourceKind.STATUTE_WHEEL).plan.action is Action.KEPT


@pytest.mark.parametrize("verified", [True, False])
def test_gists_become_the_text_and_stay(verified):
    regulation = RegulationFactory(title="中华人民共和国街区法", slug="jqf")
    day = dt.date(2020, 3, 1) if verified else None
    gists = RegulationVersion.objects.create(
        regulation=regulation, promulgated_on=day, source_kind=SourceKind.GIST, dates_verified=verified
    )
    regulation.gists.create(key="2", text="丙的条旨")
    result = bring(NEW)
    assert (result.plan.action, result.version.pk) == (Action.FILL, gists.pk)
    assert result.version.effective_from == dt.date(2020, 7, 1)
    assert regulation.gists.get().text == "丙的条旨"
    assert result.regulation.slug == "jqf"


def test_gists_of_another_verified_day_are_another_version():
    regulation = RegulationFactory(title="中华人民共和国街区法")
    RegulationVersionFactory(
        regulation=regulation,
        promulgated_on=dt.date(2015, 1, 1),
        effective_from=dt.date(2015, 1, 1),
        dates_verified=True,
        has_text=False,
    )
    assert bring(NEW).plan.action is Action.ADD_VERSION


def test_dates_that_a_person_verified_outlast_a_guess():
    version = bring(OLD.replace("自2010年5月1日起施行", "另行通知")).version
    assert not version.dates_verified
    RegulationVersion.objects.update(dates_verified=True, effective_from=dt.date(2010, 6, 1))
    bring(OLD.replace("自2010年5月1日起施行", "另行公告"))
    version.refresh_from_db()
    assert (version.dates_verified, version.effective_from) == (True, dt.date(2010, 6, 1))


def test_a_failing_listener_keeps_the_whole_file_out():
    def fail(version):
        raise RuntimeError("索引失败")

    after_import.register(fail)
    try:
        with pytest.raises(RuntimeError):
            bring(OLD)
    finally:
        after_import.unregister(fail)
    assert not Regulation.objects.exists()


def test_only_those_who_may_import(member):
    plan = plan_import(parse_text(OLD, "街区法.md"))
    with pytest.raises(PermissionDenied):
        apply_import(plan, by=member("chen"))
    assert not Regulation.objects.exists()


def test_an_import_is_in_the_audit_trail():
    bring(OLD)
    assert AuditEntry.objects.get(verb="导入法规").actor is None


def test_a_plan_writes_nothing_and_a_stale_plan_doubles_nothing():
    first, second = plan_import(parse_text(OLD, "甲.md")), plan_import(parse_text(OLD, "乙.md"))
    assert not Regulation.objects.exists()
    assert [apply_import(p).plan.action for p in (first, second)] == [Action.CREATE, Action.UNCHANGED]


def test_the_command_reports_and_a_bad_file_keeps_only_itself_out(tmp_path):
    (tmp_path / "好.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04broken")
    report, code = run(tmp_path)
    assert code == 1
    assert (report["files"], report["versions"], report["articles"], report["refused"]) == (2, 1, 3, 1)
    assert "已损坏" in next(r["message"] for r in report["rows"] if r["action"] == "refused")
    assert Regulation.objects.count() == 1


def test_a_dry_run_writes_nothing(tmp_path):
    path = tmp_path / "好.md"
    path.write_text(OLD, encoding="utf-8")
    report, code = run(path, dry_run=True)
    assert (code, report["rows"][0]["action"], report["rows"][0]["dates"]["effective_from"]) == (
        0,
        "create",
        "2010-05-01",
    )
    assert not Regulation.objects.exists()


def test_a_file_without_title_or_text_is_explained(tmp_path):
    (tmp_path / "abc.txt").write_text("第一条 甲。\n第二条 乙。\n", encoding="utf-8")
    (tmp_path / "_index.md").write_text("---\na: b\n---\n", encoding="utf-8")
    report, code = run(tmp_path)
    assert code == 1
    assert {r["action"]: r["message"] for r in report["rows"]}.keys() == {"refused", "skipped"}
    assert "没有找到标题" in next(r["message"] for r in report["rows"] if r["action"] == "refused")


def test_no_such_path():
    report, code = run("/没有/这个")
    assert code == 1
    assert "没有这个文件" in report["rows"][0]["message"]


def test_the_table_for_people_names_lines(tmp_path):
    path = tmp_path / "缺.md"
    path.write_text(OLD.replace("第二条", "第五条"), encoding="utf-8")
    out = StringIO()
    call_command("import_regulations", str(path), stdout=out, stderr=StringIO())
    assert "第 8 行：缺少第 2 条至第 4 条" in out.getvalue()
    assert "导入完成：1 个文件" in out.getvalue()
