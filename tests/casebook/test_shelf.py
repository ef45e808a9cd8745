"""What a reader keeps of the library: favourites, notes, a reading list. Nobody else sees it."""

from io import BytesIO

import docx
import pytest

from casebook.models import Case, CaseNote, Favourite
from tests.factories.casebook import CaseFactory, public_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return public_case(title="某店占道经营案", outcome="责令改正，罚款")


def words_of(answer) -> str:
    document = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_case_is_kept_and_let_go(case, as_member):
    client = as_member("chen")
    client.post(f"{case.get_absolute_url()}favourite/", {"keep": "1"})
    client.post(f"{case.get_absolute_url()}favourite/", {"keep": "1"})
    assert case.title in client.get("/me/cases/").content.decode()
    assert Favourite.objects.count() == 1
    client.post(f"{case.get_absolute_url()}favourite/", {})
    assert case.title not in client.get("/me/cases/").content.decode()


def test_what_one_reader_keeps_no_other_sees(case, client, member):
    client.force_login(member("chen"))
    client.post(f"{case.get_absolute_url()}favourite/", {"keep": "1"})
    client.post(f"{case.get_absolute_url()}note/", {"text": "我的疑问", "place": ""})
    client.force_login(member("song"))
    assert "我的疑问" not in client.get(case.get_absolute_url()).content.decode()
    assert case.title not in client.get("/me/cases/").content.decode()


def test_a_note_stands_beside_its_section_and_an_empty_one_goes(case, as_member):
    client, place = as_member("chen"), case.sections()[0].field_name
    address = f"{case.get_absolute_url()}note/"
    client.post(address, {"text": "注意取证时间", "place": place})
    html = client.get(case.get_absolute_url()).content.decode()
    assert "注意取证时间" in html
    client.post(address, {"text": "  ", "place": place})
    assert not CaseNote.objects.exists()


def test_a_note_on_a_section_that_is_gone_is_refused(case, as_member):
    client = as_member("chen")
    answer = client.post(f"{case.get_absolute_url()}note/", {"text": "x", "place": "nowhere"}, follow=True)
    assert "已经不在案例中" in answer.content.decode()
    assert not CaseNote.objects.exists()


def test_without_an_account_one_is_asked_to_sign_in(case, client):
    for address in ("/me/cases/", "/me/cases/reading-list.docx"):
        assert client.get(address).status_code == 302
    assert client.post(f"{case.get_absolute_url()}favourite/", {"keep": "1"}).status_code == 302
    assert "我的收藏与笔记" not in client.get(case.get_absolute_url()).content.decode()


def test_a_draft_cannot_be_kept(as_member):
    draft = CaseFactory()
    assert as_member("chen").post(f"{draft.get_absolute_url()}favourite/", {"keep": "1"}).status_code == 404


def test_a_case_taken_down_leaves_the_shelf(case, as_member):
    client = as_member("chen")
    client.post(f"{case.get_absolute_url()}favourite/", {"keep": "1"})
    Case.objects.filter(pk=case.pk).update(withdrawn_at="2026-11-01T00:00:00Z")
    assert case.title not in client.get("/me/cases/").content.decode()


def test_the_reading_list_holds_the_cases_and_the_readers_notes(case, as_member):
    client = as_member("chen")
    client.post(f"{case.get_absolute_url()}favourite/", {"keep": "1"})
    client.post(f"{case.get_absolute_url()}note/", {"text": "与上月案件比较"})
    words = words_of(client.get("/me/cases/reading-list.docx"))
    assert all(text in words for text in (case.title, case.case_no, "责令改正，罚款", "与上月案件比较", "仅供参照"))


def test_the_librarys_list_follows_its_facets(case, client):
    other = public_case(title="别的领域的案", kind=Case.Kind.INSPECTION)
    words = words_of(client.get("/cases/reading-list.docx", {"kind": "inspection"}))
    assert other.title in words
    assert case.title not in words


def test_the_shelf_needs_few_queries(as_member, django_assert_max_num_queries):
    client = as_member("chen")
    for _ in range(6):
        client.post(f"{public_case().get_absolute_url()}favourite/", {"keep": "1"})
    with django_assert_max_num_queries(16):
        assert client.get("/me/cases/").status_code == 200
