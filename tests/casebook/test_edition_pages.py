"""The web edition: contents, notes, files, what was taken down, cases as they were printed."""

import pytest
from django.core.management import call_command

from casebook.editions import actions as editions
from casebook.models import Case
from content.jobs.models import Job
from content.storage import private_storage
from tests.factories.casebook import made_public, section
from tests.factories.editions import citing_case, edition, law

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]
ADDRESS = "/cases/issues/2026Q3/"


@pytest.fixture
def issue(tmp_path, monkeypatch, member):
    monkeypatch.setitem(private_storage().__dict__, "location", str(tmp_path))
    law()
    issue = edition(citing_case("2026Q3-01"), citing_case("2026Q3-02"), preface="本期选编。", notes=("请注意取证。",))
    editions.make_files(issue, by=member("lin"))
    return issue


def withdraw(number: str) -> None:
    Case.objects.filter(case_no=number).update(withdrawn_at="2026-10-01T00:00:00Z")


def page(client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


def test_the_edition_shows_preface_notes_and_files_with_checksums(issue, client):
    shown = page(client)
    assert all(words in shown for words in ("街道综合行政执法案例汇编", "本期选编", "请注意取证"))
    for file in issue.files.all():
        assert file.sha256 in shown and f"{ADDRESS}files/1.{file.form}" in shown


def test_everybody_downloads_the_files_of_a_published_edition(issue, client):
    for file in issue.files.all():
        answer = client.get(f"{ADDRESS}files/1.{file.form}")
        assert b"".join(answer.streaming_content) == file.file.read()
        assert "attachment" in answer["Content-Disposition"]


def test_a_printing_that_does_not_exist_is_not_found(issue, client):
    assert client.get(f"{ADDRESS}files/2.pdf").status_code == 404
    assert client.get(f"{ADDRESS}files/1.exe").status_code == 404


def test_files_with_a_case_taken_down_are_held_back_from_the_public_but_not_from_editors(issue, client, as_member):
    withdraw("2026Q3-02")
    assert "暂停下载" in page(client) and "第 2 篇已撤下" in page(client)
    assert client.get(f"{ADDRESS}files/1.pdf").status_code == 404
    assert as_member("lin").get(f"{ADDRESS}files/1.pdf").status_code == 200


def test_a_corrected_printing_is_announced_and_downloaded_beside_the_old_one(issue, client, member):
    withdraw("2026Q3-02")
    editions.make_files(issue, by=member("lin"), reason="一篇案例已撤下。")
    shown = page(client)
    assert all(words in shown for words in ("第2次印刷", "一篇案例已撤下。", "撤下案例：2026Q3-02。", "以前的印次"))
    assert client.get(f"{ADDRESS}files/2.pdf").status_code == 200
    assert client.get(f"{ADDRESS}files/1.pdf").status_code == 404


def test_a_case_that_changed_since_is_read_as_it_was_printed(issue, client):
    case = Case.objects.get(case_no="2026Q3-01")
    draft = case.get_latest_revision_as_object()
    draft.body = [section("facts", "修订后的案情。")]
    draft.save_revision()
    made_public(case)
    address = f"{ADDRESS}{case.slug}/"
    assert address in page(client)
    shown = page(client, address)
    assert "某店占用道路" in shown and "修订后的案情" not in shown
    assert "?on=2026-09-25" in shown  # citations lead to the law of the deadline


def test_a_case_that_did_not_change_is_read_on_its_own_page(issue, client):
    case = Case.objects.get(case_no="2026Q3-01")
    answer = client.get(f"{ADDRESS}{case.slug}/")
    assert answer.status_code == 302 and answer.url == case.get_absolute_url()


def test_a_case_taken_down_is_not_read_as_it_was_printed(issue, client):
    withdraw("2026Q3-02")
    assert client.get(f"{ADDRESS}2026q3-02/").status_code == 404


def test_the_editors_page_says_what_would_change_and_makes_it(issue, at_desk):
    withdraw("2026Q3-02")
    address, client = "/admin/cases/quarters/2026Q3/files/", at_desk("lin")
    shown = page(client, address)
    assert "更正版（第2次印刷）" in shown and "撤下案例：2026Q3-02" in shown
    assert client.post(address, {"reason": ""}).status_code == 302
    assert not issue.files.filter(printing_no=2).exists()
    assert "制作更正版请写明理由" in page(client, address)
    client.post(address, {"reason": "一篇案例已撤下。"})
    assert issue.files.filter(printing_no=2).count() == 3
    shown = page(client, address)
    assert "已制作第2次印刷。" in shown and "未收 2026Q3-02" in shown


def test_a_page_that_waits_for_the_files_tells_how_far_they_are(issue, at_desk, settings):
    settings.TASKS = settings.TASKS | {"jobs": {"BACKEND": "content.jobs.backends.LeftToWorker"}}
    withdraw("2026Q3-02")
    address, client = "/admin/cases/quarters/2026Q3/files/", at_desk("lin")
    for _ in range(2):
        client.post(address, {"reason": "一篇案例已撤下。"})
    assert Job.objects.count() == 1
    shown = page(client, address)
    assert "排队" in shown and f'hx-get="{address}state/"' in shown and "更正理由（印在" not in shown
    assert "排队" in page(client, f"{address}state/")
    call_command("run_jobs", "--once", verbosity=0)
    assert client.get(f"{address}state/")["HX-Refresh"] == "true"
    shown = page(client, address)
    assert "完成" in shown and "已制作第2次印刷。" in shown and "hx-get" not in shown


def test_without_fonts_the_editors_page_says_what_to_do(issue, at_desk, settings, tmp_path):
    settings.FONTS_DIR = tmp_path / "none"
    assert "没有 PDF 所需的中文字体" in page(at_desk("lin"), "/admin/cases/quarters/2026Q3/files/")


def test_the_page_of_an_edition_asks_as_often_for_many_cases_as_for_few(issue, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        page(client)
    others = [citing_case(f"2026Q3-1{n}") for n in range(4)]
    for n, case in enumerate(others, 10):
        issue.entries.create(case=case, section="专题", sort_order=n, printed_revision_id=case.live_revision_id)
    with django_assert_max_num_queries(25):
        page(client)
