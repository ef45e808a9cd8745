"""The files of an edition: checksums, never overwritten, corrected printings, and a process killed half-way."""

import os
import signal
import traceback
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casebook.editions import actions as editions
from casebook.editions import files
from casebook.models import Case, CasebookIssue, IssueFile
from content.storage import private_storage
from people.models import AuditEntry
from tests.factories.editions import citing_case, edition, law

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def issue(tmp_path, monkeypatch) -> CasebookIssue:
    monkeypatch.setitem(private_storage().__dict__, "location", str(tmp_path))
    law()
    return edition(citing_case("2026Q3-01"), citing_case("2026Q3-02"))


def withdraw(number: str) -> None:
    Case.objects.filter(case_no=number).update(withdrawn_at="2026-10-01T00:00:00Z")


def test_all_three_forms_are_kept_with_size_and_checksum(issue, member):
    made = editions.make_files(issue, by=member("lin"))
    assert made.is_new and {file.form for file in made.files} == {"pdf", "docx", "epub"}
    for file in IssueFile.objects.all():
        data = file.file.read()
        assert (file.printing_no, file.size, file.sha256) == (1, len(data), files.digest(data))
    assert AuditEntry.objects.filter(verb="制作汇编文件").count() == 1


def test_files_lie_outside_the_folder_that_web_servers_hand_out(issue, member, settings, tmp_path):
    made = editions.make_files(issue, by=member("lin"))
    assert all(Path(file.file.path).is_relative_to(tmp_path) for file in made.files)
    assert not Path(made.files[0].file.path).is_relative_to(settings.MEDIA_ROOT)


def test_the_same_edition_is_recognised_and_not_made_again(issue, member):
    first = editions.make_files(issue, by=member("lin"))
    again = editions.make_files(issue, by=member("song"), reason="再做一次")
    assert not again.is_new
    assert {file.pk for file in again.files} == {file.pk for file in first.files}


def test_the_same_edition_gives_the_same_bytes(issue):
    one, two = (editions.write_forms(editions.build_book(issue), editions.FORMS, print) for _ in range(2))
    assert one == two


def test_a_change_needs_a_reason_and_says_what_changed(issue, member):
    editions.make_files(issue, by=member("lin"))
    withdraw("2026Q3-02")
    with pytest.raises(ValidationError, match=r"撤下案例：2026Q3-02。.*请写明理由"):
        editions.make_files(issue, by=member("lin"))
    assert IssueFile.objects.count() == 3


def test_a_corrected_printing_stands_beside_the_old_one(issue, member):
    old = editions.make_files(issue, by=member("lin")).files
    before = {file.form: file.file.read() for file in old}
    withdraw("2026Q3-02")
    made = editions.make_files(issue, by=member("lin"), reason="一篇案例已撤下。")
    assert made.is_new and {file.printing_no for file in made.files} == {2}
    assert made.files[0].case_pks == set(Case.objects.published().values_list("pk", flat=True))
    for file in IssueFile.objects.filter(printing_no=1):
        assert file.file.read() == before[file.form]


def test_a_case_that_cannot_be_printed_is_named_and_the_rest_is_made(issue, member):
    withdraw("2026Q3-02")
    made = editions.make_files(issue, by=member("lin"))
    assert [str(left) for left in made.left_out] == [f"2026Q3-02 {made.left_out[0].title}：已撤下"]
    assert len(made.files[0].case_pks) == 1


def test_an_edition_without_printable_cases_is_refused(issue, member):
    withdraw("2026Q3-01")
    withdraw("2026Q3-02")
    with pytest.raises(ValidationError, match="没有可以编印的案例"):
        editions.make_files(issue, by=member("lin"))


def test_only_editors_of_editions_make_files_and_only_of_published_ones(issue, member):
    with pytest.raises(PermissionDenied):
        editions.make_files(issue, by=member("wu"))
    issue.status = "editing"
    with pytest.raises(ValidationError, match="尚未发布"):
        editions.make_files(issue, by=member("lin"))


def test_a_file_that_was_given_out_is_neither_changed_nor_deleted(issue, member):
    file = editions.make_files(issue, by=member("lin")).files[0]
    with pytest.raises(ValidationError, match="不能修改"):
        file.save()
    with pytest.raises(ValidationError, match="不能删除"):
        file.delete()


def test_checking_says_what_would_be_made_and_writes_nothing(issue, tmp_path):
    withdraw("2026Q3-02")
    check = editions.check_files(issue)
    assert (check.printing_no, check.total, check.is_needed) == (1, 1, True)
    assert [left.case_no for left in check.left_out] == ["2026Q3-02"]
    assert not IssueFile.objects.exists() and not list(tmp_path.iterdir())


def killed_in(act) -> None:
    """Runs `act` in a process of its own, which must die by SIGKILL within it."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:
            traceback.print_exc()  # who is not killed says what happened instead
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def die(*args, **kwargs) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_killed_while_writing_leaves_no_file_under_the_name(issue, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", die)
        killed_in(lambda: files.keep("editions/2026Q3/a.pdf", b"whole" * 1000))
    assert not (tmp_path / "editions/2026Q3/a.pdf").exists()
    files.keep("editions/2026Q3/a.pdf", b"whole")
    assert (tmp_path / "editions/2026Q3/a.pdf").read_bytes() == b"whole"


class Stopped(BaseException):
    """Like a signal: nothing catches it."""


@pytest.mark.parametrize("place", ["write_forms", "keep", "audit.record"])
def test_whatever_stops_it_before_the_end_leaves_no_printing(place, issue, member, monkeypatch):
    """`audit.record` stands within the transaction, after the rows: the database takes them back."""

    def stop(*args, **kwargs):
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(f"casebook.editions.actions.{place}", stop)
        with pytest.raises(Stopped):
            editions.make_files(issue, by=member("lin"))
    assert not IssueFile.objects.exists()
    assert len(editions.make_files(issue, by=member("lin")).files) == 3


def test_files_that_a_killed_process_left_are_taken_over(issue, member):
    book = editions.build_book(issue)
    data = editions.write_forms(book, ("pdf",), print)["pdf"]
    files.keep(files.name_of(issue, 1, "pdf", data), data)
    made = editions.make_files(issue, by=member("lin"))
    assert next(file for file in made.files if file.form == "pdf").file.read() == data


def test_an_unfinished_file_of_a_dead_process_is_cleared_away(settings, issue, tmp_path):
    folder = tmp_path / "editions/2026Q3"
    folder.mkdir(parents=True)
    stale, fresh = folder / ".a.pdf.1.part", folder / ".b.pdf.2.part"
    stale.write_bytes(b"")
    fresh.write_bytes(b"")
    os.utime(stale, (0, 0))
    files.keep("editions/2026Q3/c.pdf", b"c")
    assert not stale.exists() and fresh.exists()
