"""`export_issue`: files into a folder, or a printing kept by the site."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from casebook.models import Case, IssueFile
from content.storage import private_storage
from tests.factories.editions import citing_case, edition, law
from tests.printing import epubcheck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def issue(tmp_path, monkeypatch):
    monkeypatch.setitem(private_storage().__dict__, "location", str(tmp_path / "private"))
    law()
    return edition(citing_case("2026Q3-01"), citing_case("2026Q3-02"))


def run(*args: str) -> dict:
    out = io.StringIO()
    call_command("export_issue", *args, "--json", stdout=out)
    return json.loads(out.getvalue())["issues"][0]


def test_a_folder_gets_the_forms_asked_for_and_the_site_keeps_none(issue, tmp_path):
    report = run("2026Q3", "--to", str(tmp_path / "out"), "--form", "docx,epub")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["2026Q3.docx", "2026Q3.epub"]
    assert report["cases"] == 2 and not IssueFile.objects.exists()


def test_the_epub_of_an_edition_is_clean(issue, tmp_path):
    run("2026Q3", "--to", str(tmp_path), "--form", "epub")
    assert epubcheck(tmp_path / "2026Q3.epub") == []


def test_by_an_editor_the_printing_is_kept_and_recognised_again(issue, member):
    assert run("2026Q3", "--by", member("lin").username)["new"] is True
    assert run("2026Q3", "--by", "lin")["new"] is False
    assert IssueFile.objects.count() == 3


def test_a_case_left_out_is_named_and_the_command_fails_after_writing(issue, tmp_path, capsys):
    Case.objects.filter(case_no="2026Q3-02").update(withdrawn_at="2026-10-01T00:00:00Z")
    with pytest.raises(SystemExit):
        call_command("export_issue", "2026Q3", "--to", str(tmp_path), "--form", "epub")
    assert "未收 2026Q3-02" in capsys.readouterr().out
    assert (tmp_path / "2026Q3.epub").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["2026Q3"], "二者之一"),
        (["2031Q1", "--to", "x"], "没有这一期：2031Q1"),
        (["2026Q3", "--to", "x", "--form", "html"], "没有这种格式：html"),
        (["2026Q3", "--by", "nobody"], "没有账号"),
    ],
)
def test_wrong_arguments_are_said_in_words(issue, args, said):
    with pytest.raises(CommandError, match=said):
        call_command("export_issue", *args)


def test_somebody_who_may_not_make_files_is_refused(issue, member):
    with pytest.raises(CommandError, match="没有权限"):
        call_command("export_issue", "2026Q3", "--by", member("chen").username)
