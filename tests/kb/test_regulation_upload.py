"""Uploading laws in the admin: the report first, the import after a second yes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kb.models import Gist, Regulation, RegulationVersion, SourceText
from people.models import AuditEntry
from tests.factories.kb import RegulationFactory, RegulationVersionFactory
from tests.kb.law_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_roles")]

LAW = """# 江城区犬只管理办法

（2026年3月1日江城区人民政府公布　自2026年5月1日起施行）

第一条　为了规范犬只管理，制定本办法。

第二条　携犬外出应当牵引：

（一）使用牵引绳；

（二）避让行人。

第四条　本办法自2026年5月1日起施行。
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def send(client, *files: tuple[str, bytes], **fields):
    uploads = [SimpleUploadedFile(name, body) for name, body in files]
    return client.post(reverse("kb_regulation_upload"), {"laws": uploads, "source": ""} | fields)


def law_file(name: str = "江城区犬只管理办法.md", text: str = LAW) -> tuple[str, bytes]:
    return name, text.encode()


def test_the_report_comes_before_anything_is_saved(as_member):
    client = as_member("wu")
    assert send(client, law_file()).url == reverse("kb_regulation_upload_report")
    page = text_of(client.get(reverse("kb_regulation_upload_report")))
    assert "尚未保存任何内容" in page
    assert "新增法规" in page
    assert "编号缺少：第3条" in page
    assert "2026-05-01" in page
    assert not Regulation.objects.exists()


def test_a_second_yes_imports_and_keeps_source_and_audit(as_member):
    client = as_member("wu")
    send(client, law_file(), source="区司法局汇编")
    page = text_of(client.post(reverse("kb_regulation_upload_report")))
    version = RegulationVersion.objects.get()
    assert "导入完成" in page
    assert version.source == "区司法局汇编"
    assert version.provision("2.p1.i2").text == "避让行人。"
    assert SourceText.objects.get(version=version).body.startswith("# 江城区犬只管理办法")
    assert AuditEntry.objects.filter(actor__username="wu").exists()
    assert "避让行人" in text_of(client.get(version.regulation.get_absolute_url()))


def test_the_files_are_gone_after_the_import_and_cannot_be_applied_twice(as_member, settings):
    client = as_member("wu")
    send(client, law_file())
    client.post(reverse("kb_regulation_upload_report"))
    assert not list((settings.VAR_DIR / "regulation_uploads").iterdir())
    assert client.post(reverse("kb_regulation_upload_report")).url == reverse("kb_regulation_upload")
    assert RegulationVersion.objects.count() == 1


def test_the_text_of_a_law_known_by_gist_fills_it_and_the_gist_stays(as_member):
    law = RegulationFactory(title="江城区犬只管理办法")
    RegulationVersionFactory(
        regulation=law,
        has_text=False,
        source_kind="gist",
        promulgated_on=None,
        effective_from=None,
        dates_verified=False,
    )
    Gist.objects.create(regulation=law, key="2", text="牵引")
    client = as_member("wu")
    send(client, law_file())
    assert "补入全文" in text_of(client.post(reverse("kb_regulation_upload_report")))
    assert Regulation.objects.count() == 1
    assert law.gists.count() == 1


def test_one_bad_file_does_not_keep_the_good_one_out(as_member):
    client = as_member("wu")
    send(client, law_file(), ("假.docx", b"not a zip file"))
    page = text_of(client.get(reverse("kb_regulation_upload_report")))
    assert "未导入" in page
    client.post(reverse("kb_regulation_upload_report"))
    assert Regulation.objects.count() == 1


@pytest.mark.parametrize("name", ["照片.jpg", "老文件.doc", "程序.exe"])
def test_other_formats_are_refused_by_name(as_member, name):
    page = text_of(send(as_member("wu"), (name, b"x")))
    assert f"「{name}」不是可以导入的格式" in page


def test_a_file_name_cannot_leave_its_folder(as_member, settings):
    client = as_member("wu")
    send(client, law_file("../../逃逸.md"))
    folders = list((settings.VAR_DIR / "regulation_uploads").iterdir())
    assert [file.name for folder in folders for file in folder.iterdir()] == ["逃逸.md"]


def test_nobody_else_sees_or_applies_the_files_of_a_session(as_member, client):
    send(as_member("wu"), law_file())
    other = as_member("song")
    other.session.flush()
    assert as_member("song").get(reverse("kb_regulation_upload_report")).status_code == 302


@pytest.mark.parametrize("name", ["lin", "chen", "mei"])
def test_only_those_who_keep_regulations_may_upload(as_member, name):
    assert send(as_member(name), law_file()).status_code in (302, 403)
    assert not Regulation.objects.exists()
