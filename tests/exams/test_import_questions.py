"""A file of questions against the bank: planned, shown, applied whole or not at all, and nothing overwritten silently.

Complaint 44: the same stem silently overwrites; an import "succeeds" and nothing is in the bank.
"""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exams.actions.questions import create_question, review_question
from exams.content import Kind
from exams.exchange.exporting import outgoing
from exams.exchange.formats import FORMATS, read_file, write_file
from exams.exchange.importing import Choice, Defaults, apply_plan, plan_import
from exams.models import Question
from people.models import AuditEntry
from tests.exams.bank_of_every_kind import fill_bank
from tests.factories.exams import single
from tests.factories.kb import DomainFactory, PowerItemFactory

BASIS = "《江城区市容管理办法》第三十三条"
FILE = f"""1. 【单选】听证的期限是（　）。
A. 三日
B. 五日
答案：B
解析：不是三日。
依据：{BASIS}
领域：通用程序
事项：420102C01CF01700
难度：2

2. 【判断】罚款可以当场收缴。
答案：错
依据：《江城区市容管理办法》第九十九条
领域：通用程序
"""
UPDATE, SKIP = Choice(update=True), Choice(skip=True)


@pytest.fixture(autouse=True)
def district(law):
    DomainFactory(slug="general", name="通用程序")
    DomainFactory(slug="smoke", name="油烟污染")
    PowerItemFactory(code="420102C01CF01700")


def plan(text: str, **defaults):
    return plan_import(read_file(text.encode(), "题.txt"), "题.txt", Defaults(**defaults))


def taken(text: str, choice: Choice | None = None, by=None, **defaults):
    return apply_plan(plan(text, **defaults), choice or Choice(), by=by, defaults=Defaults(**defaults))


def faults(text: str, **defaults) -> list[str]:
    return [str(one) for one in plan(text, **defaults).faults]


def test_new_questions_become_drafts_of_who_imports_them(member):
    report = taken(FILE, by=member("lin"))
    assert (report.created, report.saved) == (2, True)
    first, second = Question.objects.order_by("code")
    assert (first.code, first.status, first.author, first.difficulty) == ("Q000001", "draft", member("lin"), 2)
    assert [item.code for item in first.items.all()] == ["420102C01CF01700"]
    assert first.newest.basis_rows.get().key == "33"
    assert (second.kind, second.difficulty, second.origin) == ("judge", 3, "自编")


def test_citations_that_lead_nowhere_are_listed_and_do_not_stop_the_import():
    (remark,) = taken(FILE).warnings
    assert str(remark).startswith("第 11 行「依据」没有对应的条文：《江城区市容管理办法》第九十九条")


def test_a_dry_run_says_the_same_and_saves_nothing():
    report = plan(FILE).report(Choice())
    assert (report.created, report.saved, Question.objects.count()) == (2, False, 0)


def test_only_who_edits_questions_imports_them(member):
    with pytest.raises(PermissionDenied):
        taken(FILE, by=member("wu"))


def test_the_same_file_twice_changes_nothing():
    taken(FILE)
    entries = AuditEntry.objects.count()
    report = taken(FILE)
    assert (report.created, report.updated, report.unchanged, report.problems) == (0, 0, 2, [])
    assert (Question.objects.count(), AuditEntry.objects.count()) == (2, entries)


def test_a_stem_of_the_bank_is_reported_and_never_overwritten():
    """Complaint 44."""
    taken(FILE)
    found = faults(FILE.replace("答案：B", "答案：A").replace("的期限是", "的期限是："))
    assert found == [
        "第 1 行题库中已有相同的题 Q000001（不同的有：题干、答案）；要更新它请写上编号 Q000001，否则请删除这一题。"
    ]
    assert not taken(FILE.replace("答案：B", "答案：A"), UPDATE).saved
    assert Question.objects.get(code="Q000001").newest.content.parts[0].key == "B"


def test_two_alike_in_one_file_are_one_too_many():
    assert faults(FILE + "\n" + FILE) == [
        "第 16 行与第 1 行的题相同（题干和选项一样）；请只保留一题。",
        "第 26 行与第 11 行的题相同（题干和选项一样）；请只保留一题。",
    ]


def test_a_question_with_its_code_is_shown_old_and_new_and_changed_only_when_asked(member):
    taken(FILE)
    question = Question.objects.get(code="Q000001")
    review_question(question, by=None)
    changed = FILE.replace("答案：B", "答案：A").replace("难度：2", "难度：4\n编号：Q000001")
    (entry,) = plan(changed).of("有变化")
    assert entry.differences == [("答案", "B", "A"), ("难度", "2", "4")]
    refused = taken(changed)
    assert [str(one) for one in refused.problems] == [
        "第 1 行与题库中的 Q000001 不同（答案、难度）；要以文件更新题库，请选择“更新已有的题”。"
    ]
    assert taken(changed, UPDATE, by=member("lin")).updated == 1
    question.refresh_from_db()
    assert (question.newest.version_no, question.newest.content.parts[0].key, question.difficulty) == (2, "A", 4)
    assert (question.status, question.current.version_no, question.newest.note) == ("draft", 1, "导入 题.txt")


def test_what_the_file_does_not_say_stays():
    taken(FILE)
    short = "1. 【判断】罚款可以当场收缴。\n答案：错\n依据：《江城区市容管理办法》第九十九条\n编号：Q000002\n"
    assert taken(short, UPDATE).unchanged == 1


def test_a_kind_is_not_changed_by_a_file():
    taken(FILE)
    text = "1. 【判断】听证的期限是五日。\n答案：对\n领域：通用程序\n编号：Q000001\n"
    assert faults(text) == ["第 1 行题库中的 Q000001 是单选题，题型不能更改；请去掉编号，作为新题导入。"]


def test_a_code_that_the_bank_does_not_know_is_kept():
    taken(FILE.replace("难度：2", "编号：Q000417"))
    assert set(Question.objects.values_list("code", flat=True)) == {"Q000417", "Q000418"}


def test_a_number_of_the_file_is_no_code_of_the_bank():
    report = taken(FILE.replace("难度：2", "编号：12"))
    assert report.created == 2
    assert "“12”不是题库编号，没有采用。" in str(report.warnings[0])
    assert "不是题库编号" in faults(FILE.replace("难度：2", "编号：XF-甲"))[0]


def test_an_unknown_domain_names_the_known_ones_once():
    """Complaint 45: a name of the bank replaced at import."""
    found = faults(FILE.replace("通用程序", "消防"))
    assert found[0].startswith("第 1 行「领域」没有“消防”；现有领域：")
    assert "油烟污染" in found[0] and found[1] == "第 11 行「领域」没有“消防”；现有领域见第 1 行。"


def test_the_domain_may_be_given_for_the_whole_file_or_follow_from_the_item():
    bare = "1. 【判断】甲。\n答案：对\n\n2. 【判断】乙。\n答案：对\n事项：420102C01CF01700\n"
    assert "没有填写" in faults(bare)[0]
    taken(bare, domain="油烟污染", origin="外购")
    first, second = Question.objects.order_by("code")
    assert (first.domain.name, first.origin) == ("油烟污染", "外购")
    assert second.domain == second.items.get().domain


def test_an_unknown_item_is_named():
    assert faults(FILE.replace("420102C01CF01700", "420102C01CF09999、420102C01CF01700")) == [
        "第 1 行「事项」420102C01CF09999 不在事项清单中；请核对编码，或删除。"
    ]


def test_one_fault_keeps_the_whole_file_out_unless_it_is_skipped_on_purpose():
    faulty = FILE.replace("答案：错", "答案：")
    report = taken(faulty)
    assert (report.saved, Question.objects.count()) == (False, 0)
    assert str(report.problems[0]) == "第 11 行没有答案；判断题的答案请填写“对”或“错”。"
    report = taken(faulty, SKIP)
    assert (report.created, report.skipped, Question.objects.count()) == (1, 1, 1)
    assert "1 条没有导入" in report.summary


def test_what_somebody_has_written_since_the_preview_is_not_overwritten():
    """Complaint 44, by two people at once."""
    waiting = plan(FILE)
    create_question(read_file(FILE.encode(), "a.txt").questions[0].content, by=None, domain=DomainFactory())
    report = apply_plan(waiting, Choice(), by=None)
    assert not report.saved and "Q000001" in str(report.problems[0])
    assert Question.objects.count() == 1


@pytest.mark.parametrize("slug", FORMATS)
def test_the_exported_bank_comes_back_into_an_empty_one(slug):
    """Complaints 40 to 42 and 45: nothing lost, nothing re-encoded, no kind turned into another."""
    fill_bank()
    questions = Question.objects.order_by("code")
    if slug == "aiken":
        questions = questions.filter(kind__in=[Kind.SINGLE, Kind.JUDGE])
    before = outgoing(questions)
    written = write_file(FORMATS[slug], before)
    assert (written.count, written.left_out) == (len(before), ())
    name = f"题{FORMATS[slug].suffix}"
    assert plan_import(read_file(written.data, name, slug), name).report(Choice()).unchanged == len(before)
    wipe()
    report = apply_plan(plan_import(read_file(written.data, name, slug), name), Choice(), by=None)
    assert (report.created, report.problems) == (len(before), [])
    assert outgoing(Question.objects.order_by("code")) == before


def wipe() -> None:
    """An empty bank."""
    Question.objects.update(newest=None, current=None)
    for question in Question.objects.all():
        question.versions.all().delete()
    Question.objects.all().delete()


def test_a_large_file_is_planned_and_written_in_as_many_queries_as_a_small_one():
    def queries(count: int) -> int:
        text = "\n\n".join(
            f"{n}. 【判断】{count} 题中的第 {n} 题。\n答案：对\n依据：{BASIS}\n领域：通用程序"
            for n in range(1, count + 1)
        )
        with CaptureQueriesContext(connection) as asked:
            assert taken(text).created == count
        return len(asked)

    queries(2)
    assert queries(50) == queries(3)


def run(*arguments: str, capsys) -> dict:
    try:
        call_command(*arguments, "--json")
    except CommandError:
        return json.loads(capsys.readouterr().out) | {"refused": True}
    return json.loads(capsys.readouterr().out)


def test_the_commands_carry_a_bank_out_and_in(tmp_path, capsys, member):
    member("lin")
    source = tmp_path / "题.txt"
    source.write_text(FILE, encoding="gbk")
    (imported,) = run("import_questions", str(source), "--by", "lin", capsys=capsys)["files"]
    assert (imported["created"], imported["saved"], len(imported["warnings"])) == (2, True, 1)
    target = tmp_path / "题库.xml"
    exported = run("export_questions", "--format", "moodle", "--domain", "通用程序", "--to", str(target), capsys=capsys)
    assert exported == {"file": str(target), "questions": 2, "left_out": []}
    (again,) = run("import_questions", str(target), capsys=capsys)["files"]
    assert (again["unchanged"], again["errors"]) == (2, [])


def test_the_commands_exit_with_an_error_when_something_was_refused(tmp_path, capsys):
    source = tmp_path / "题.txt"
    source.write_text(FILE.replace("答案：错", ""), encoding="utf-8")
    for options in ([], ["--skip"]):
        assert run("import_questions", str(source), *options, capsys=capsys)["refused"]
    create_question(single("多选\n两行"), by=None, domain=DomainFactory())
    assert run("export_questions", "--format", "aiken", "--to", str(tmp_path / "a.txt"), capsys=capsys)["refused"]


def test_a_file_that_is_none_is_refused_in_words(tmp_path, capsys):
    for name, data, said in (
        ("题.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Word"),
        ("题.pdf", b"%PDF-1.7 ", "PDF"),
        ("题.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "请用记事本另存为 UTF-8"),
        ("题.xlsx", b"PK\x03\x04broken", "不是可读的 Excel"),
        ("题.zip", b"PK", "格式不支持"),
        ("空.txt", b"  \n", "是空的"),
        ("无.txt", "今天天气很好。".encode(), "没有读到题目"),
    ):
        (tmp_path / name).write_bytes(data)
        report = run("import_questions", str(tmp_path / name), capsys=capsys)
        assert report["refused"] and said in report["files"][0]["errors"][0], name
