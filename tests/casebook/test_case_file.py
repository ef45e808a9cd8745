"""One case as a Word file: what a reader may read of it, the notice, the articles of today."""

import datetime as dt
import io

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from casebook.models import Case, Replacement
from people.models import AuditEntry
from tests.factories.casebook import CaseFactory, made_public, public_case, section
from tests.factories.editions import CITING, citing_case, law

pytestmark = pytest.mark.django_db


def address(case: Case) -> str:
    return f"{case.get_absolute_url()}case.docx"


def words(answer) -> str:
    """Everything that the file prints, tables first."""
    word = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in word.paragraphs)])


def test_the_file_has_the_case_the_notice_and_the_articles_as_they_read_today(client):
    law()
    case = citing_case("2026Q3-01")
    answer = client.get(address(case))
    said = words(answer)
    assert "仅供参照，不作为执法依据" in said and f"http://testserver{case.get_absolute_url()}" in said
    assert "某店占用道路" in said and "处一百元罚款" in said and "五十元" not in said
    assert "依据已变更" in said
    assert "%E6%A1%88.docx" in answer["Content-Disposition"]


def test_the_original_of_a_replacement_is_nowhere_in_the_file(client):
    case = CaseFactory(title="王建国占道案", body=[section("facts", "当事人王建国占用道路。")])
    case.replacements = [Replacement(kind="person", original="王建国", shown="王某", decision="accepted")]
    case.save_revision()
    made_public(case)
    answer = client.get(address(case))
    assert "王某占道案" in words(answer) and "王建国" not in words(answer)
    assert "王建国" not in docx.Document(io.BytesIO(answer.content)).core_properties.title


def test_an_internal_case_is_for_the_staff_says_so_and_leaves_a_trace(client, as_member):
    case = public_case(anonymity=Case.Anonymity.INTERNAL)
    assert client.get(address(case)).status_code == 404
    assert "仅限本区执法和审核人员内部使用" in words(as_member("chen").get(address(case)))
    assert AuditEntry.objects.filter(verb="下载内部案例").count() == 1


def test_what_is_not_released_has_no_file(as_member):
    draft, gone = CaseFactory(), public_case()
    Case.objects.filter(pk=gone.pk).update(withdrawn_at="2026-11-01T00:00:00Z")
    client = as_member("lin")
    assert [client.get(address(case)).status_code for case in (draft, gone)] == [404, 404]
    assert address(draft) not in client.get(draft.get_absolute_url()).content.decode()


def test_the_page_of_a_case_offers_the_file_and_printing(client):
    case = public_case()
    page = client.get(case.get_absolute_url()).content.decode()
    assert address(case) in page and "data-print" in page


def test_a_picture_that_is_gone_is_named_and_the_rest_is_printed(client):
    image = get_image_model().objects.create(title="排烟口", file=get_test_image_file())
    picture = {"type": "picture", "value": {"image": image.pk, "alt": "排烟口", "text": "图一"}, "id": "photo"}
    case = public_case(body=[section("facts", "某店占道。"), picture])
    image.delete()
    said = words(client.get(address(case)))
    assert "图片“排烟口”已不在图片库中" in said and "某店占道。" in said


def test_the_file_asks_as_often_for_many_citations_as_for_one(client):
    law()
    one = citing_case("2026Q3-01")
    many = citing_case("2026Q3-02", body=[section("facts", f"{CITING}。" * 9, "a"), section("law", CITING * 9, "b")])
    counts = []
    for case in (one, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(address(case))
        counts.append(len(asked))
    assert counts[1] <= counts[0] <= 20


def test_the_same_case_on_the_same_day_is_the_same_file():
    from casebook.editions.single import case_file

    case = public_case()
    assert case_file(case, dt.date(2026, 11, 1)) == case_file(case, dt.date(2026, 11, 1))
