"""导入试题 and 导出试题: upload, look, confirm; the bank's list leaves as a file, only for who may read the bank."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exams.exchange.formats import FORMATS, read_file
from exams.models import Question
from people.models import AuditEntry
from tests.exams.bank_of_every_kind import fill_bank
from tests.factories.kb import DomainFactory, PowerItemFactory

BASIS = "《江城区市容管理办法》第三十三条"
FILE = f"""1. 【单选】听证的期限是（　）。
A. 三日
B. 五日
答案：B
依据：{BASIS}；《没有的法》第一条
领域：通用程序

2. 【判断】罚款可以当场收缴。
答案：错
领域：通用程序
"""
UPLOAD, PREVIEW = "/admin/questions/import/", "/admin/questions/import/preview/"


@pytest.fixture
def page(as_member, law):
    """Lin's browser."""
    call_command("set_up_roles", verbosity=0)
    DomainFactory(slug="general", name="通用程序")
    DomainFactory(slug="smoke", name="油烟污染")
    PowerItemFactory(code="420102C01CF01700")
    return as_member("lin")


def upload(page, text: str | bytes = FILE, name: str = "题.txt", **values):
    data = text if isinstance(text, bytes) else text.encode()
    return page.post(UPLOAD, {"file": SimpleUploadedFile(name, data), "format": "auto"} | values, follow=True)


def test_a_file_is_looked_at_and_then_imported(page, member):
    shown = upload(page).content.decode()
    assert Question.objects.count() == 0
    assert "听证期限为五日。" in shown, "the law in force stands beside the question"
    assert "没有对应的条文" in shown and "《没有的法》第一条" in shown
    assert "本题没有写；可以导入，审定前须补上。" in shown
    done = page.post(PREVIEW, follow=True).content.decode()
    assert "已新增 2 条" in done
    assert set(Question.objects.values_list("author__username", "status")) == {("lin", "draft")}
    assert "没有等待导入的文件" in page.get(PREVIEW, follow=True).content.decode()


def test_a_fault_is_shown_with_its_line_and_keeps_the_file_out(page):
    faulty = FILE.replace("答案：错", "答案：")
    shown = upload(page, faulty).content.decode()
    assert "第 8 行没有答案；判断题的答案请填写“对”或“错”。" in shown
    refused = page.post(PREVIEW)
    assert "没有导入任何内容" in refused.content.decode() and Question.objects.count() == 0
    done = page.post(PREVIEW, {"skip": "on"}, follow=True).content.decode()
    assert "已新增 1 条" in done and "1 条没有导入" in done


def test_a_question_of_the_bank_is_changed_only_by_the_tick(page):
    upload(page)
    page.post(PREVIEW)
    changed = FILE.replace("答案：B", "答案：A").replace("领域", "编号：Q000001\n领域", 1)
    shown = upload(page, changed).content.decode()
    assert "更新已有的 1 题" in shown and "题库中的" in shown
    assert "要以文件更新题库" in page.post(PREVIEW).content.decode()
    page.post(PREVIEW, {"update": "on"})
    assert Question.objects.get(code="Q000001").newest.content.parts[0].key == "A"


def test_a_file_that_cannot_be_read_is_refused_on_the_form(page):
    """Complaint 44: "something went wrong"."""
    shown = upload(page, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "题.doc").content.decode()
    assert "旧版 Word 文档" in shown and "另存为" in shown
    assert "没有读到题目" in upload(page, "今天天气很好。").content.decode()


def test_domain_and_source_may_be_given_on_the_form(page):
    upload(page, "1. 应当亮证。（√）", domain="油烟污染", origin="外购")
    page.post(PREVIEW)
    question = Question.objects.get()
    assert (question.domain.name, question.origin) == ("油烟污染", "外购")


def test_the_preview_asks_as_many_queries_for_many_questions_as_for_few(page):
    def queries(count: int) -> int:
        upload(page, "\n\n".join(f"{n}. 第 {n} 题。（√）\n依据：{BASIS}\n领域：通用程序" for n in range(1, count + 1)))
        with CaptureQueriesContext(connection) as asked:
            assert page.get(PREVIEW).status_code == 200
        return len(asked)

    queries(2)
    assert queries(40) == queries(3)


@pytest.mark.parametrize("slug", FORMATS)
def test_each_template_can_be_downloaded_and_imported(page, slug):
    """Complaint 44: a site that rejects its own template."""
    answer = page.get(f"{UPLOAD}templates/{slug}/")
    name = f"模板{FORMATS[slug].suffix}"
    assert "attachment" in answer["Content-Disposition"]
    assert "需要改正" not in upload(page, answer.content, name, format=slug).content.decode().split("</h2>")[0]
    page.post(PREVIEW)
    assert Question.objects.count() == len(read_file(answer.content, name, slug).questions)


def test_the_list_leaves_as_its_filters_show_it(page, member):
    fill_bank()
    shown = page.get("/admin/questions/export/?kind=judge").content.decode()
    assert "列表中的 1 道题" in shown
    answer = page.get("/admin/questions/export/excel/?kind=judge")
    (question,) = read_file(answer.content, "a.xlsx").questions
    assert question.content.kind == "judge"
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(verb="导出试题")
    assert (entry.actor, entry.detail) == (member("lin"), "Excel（一题一行） 1 道")


def test_what_a_format_cannot_hold_is_listed_before_the_download(page):
    fill_bank()
    shown = page.get("/admin/questions/export/aiken/").content.decode()
    assert "Q000401：Aiken 没有多选题" in shown and not AuditEntry.objects.filter(verb="导出试题").exists()
    answer = page.get("/admin/questions/export/aiken/?rest=1")
    assert len(read_file(answer.content, "a.txt").questions) == 3


def test_the_list_leads_to_import_and_export(page):
    shown = page.get("/admin/questions/?kind=judge").content.decode()
    assert "/admin/questions/export/?kind=judge" in shown and UPLOAD in shown
