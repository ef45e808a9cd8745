"""From the upload to the draft case: read, confirmed, and nothing half-written on the way."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.images import get_image_model

from casebook.intake.keeping import folder_of, from_json
from casebook.models import Case, CaseIntake
from tests import cast
from tests.casebook.docx_drafts import SAMPLES
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory
from tests.factories.people import UnitFactory

UPLOAD = "casebook_intake"


@pytest.fixture
def site(db, settings, tmp_path):
    """Roles, a law and an item that the samples speak of; pictures in a folder of the test."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "media"
    call_command("set_up_roles", verbosity=0)
    law = RegulationFactory(title="江城区餐饮油烟管理办法", slug="yanyou")
    articles = {"8": ["餐饮单位应当清洗油烟管道。"], "20": ["违反第八条的，处一千元以上一万元以下罚款。"]}
    RegulationVersionFactory(regulation=law, articles=articles)
    return PowerItemFactory(code="420102C01CF07300", name="对未清洗油烟管道的处罚", short_name="油烟管道未清洗")


@pytest.fixture
def send(site, as_member):
    """`send("lin", "bold_lines")` uploads that sample as that person and gives the answer."""

    def upload(name: str, sample: str, street=None):
        made = SAMPLES[sample]()
        file = SimpleUploadedFile(f"{sample}{made.suffix}", made.raw)
        data = {"draft": file} | ({"street": street.pk} if street else {})
        return as_member(name).post(reverse(UPLOAD), data)

    return upload


def filled(page, **changes) -> dict:
    """What a browser sends back from the page of confirmation."""
    form = page.context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value is None or value is False or value == "":
            continue
        data[field.html_name] = (
            [getattr(v, "pk", v) for v in value] if isinstance(value, list) else getattr(value, "pk", value)
        )
    return {name: value for name, value in (data | changes).items() if value is not None}


def confirm(client, intake, **changes):
    address = reverse("casebook_intake_confirm", args=[intake.pk])
    return client.post(address, filled(client.get(address), **changes))


def test_a_draft_becomes_a_case_with_what_its_text_says(send, site, client):
    answer = send("lin", "bold_lines")
    intake = CaseIntake.objects.get()
    assert answer.url == reverse("casebook_intake_confirm", args=[intake.pk])
    confirm(client, intake)
    case = Case.objects.get()
    assert (case.live, case.title, case.author) == (False, "某烧烤店未清洗油烟管道案", cast.member("lin"))
    assert (case.filed_on, case.decided_on) == (dt.date(2025, 10, 15), dt.date(2025, 11, 18))
    assert (case.fine_amount, case.collective, case.outcome, case.result) == (8000, True, "罚款", "fine")
    assert [section.kind for section in case.sections()] == ["facts", "handling", "law", "value"]
    assert case.duty_basis == "《江城区餐饮油烟管理办法》第八条"
    assert case.penalty_basis == "《江城区餐饮油烟管理办法》第二十条"
    assert list(case.items.all()) == [site]


def test_the_text_as_written_is_the_first_revision_and_the_file_is_not_kept(send, client):
    send("lin", "bold_lines")
    intake = CaseIntake.objects.get()
    written = [part.text for part in from_json(intake.draft).parts]
    confirm(client, intake)
    intake.refresh_from_db()
    first = Case.objects.get().revisions.earliest("pk").as_object()
    assert [section.text for section in first.sections()] == written
    assert intake.draft == "" and "可见文字" in intake.report


def test_the_page_shows_every_value_with_its_sentence(send, client):
    send("lin", "bold_lines")
    page = client.get(reverse("casebook_intake_confirm", args=[CaseIntake.objects.get().pk])).content.decode()
    assert "2025年10月15日立案调查。" in page and "罚款人民币8000元" in page
    assert "引用同一条文" not in page and "用词相近" in page


def test_citations_that_lead_nowhere_stand_in_red_with_the_reason(site, as_member):
    text = "某店案\n基本案情\n当事人违反了《江城区餐饮油烟管理办法》第九十九条，依据《无名办法》第三条处罚。"
    client = as_member("lin")
    client.post(reverse(UPLOAD), {"draft": SimpleUploadedFile("稿.txt", text.encode())})
    page = client.get(reverse("casebook_intake_confirm", args=[CaseIntake.objects.get().pk])).content.decode()
    assert page.count("未能关联") == 2
    assert "第九十九条" in page and "《无名办法》第三条" in page


def test_text_that_nobody_can_place_must_be_placed_or_dropped(send, client):
    send("lin", "unknown_headings_wait_for_the_editor")
    intake = CaseIntake.objects.get()
    refused = confirm(client, intake)
    assert "请为第 6 段选择归入哪一部分" in refused.content.decode() and not Case.objects.exists()
    confirm(client, intake, part_0="drop", part_5="append")
    case = Case.objects.get()
    assert case.sections()[-1].text.endswith("领导批示\n\n请各科室学习。")
    assert "晴岚街道" not in "".join(section.text for section in case.sections())
    intake.refresh_from_db()
    assert "编辑确认不采用 1 段，7 字。" in intake.report


def test_parts_are_mapped_as_the_editor_says(send, client):
    send("lin", "bold_lines")
    confirm(client, CaseIntake.objects.get(), part_3="errors", part_2="append")
    assert [section.kind for section in Case.objects.get().sections()] == ["facts", "handling", "errors"]


def test_pictures_come_along_with_caption_and_without_their_hidden_data(send, client):
    send("lin", "pictures_with_captions")
    intake = CaseIntake.objects.get()
    assert len(list(folder_of(intake).iterdir())) == 2
    shown = client.get(reverse("casebook_intake_picture", args=[intake.pk, 1]))
    assert shown.status_code == 200 and b"Exif" not in b"".join(shown.streaming_content)
    confirm(client, intake, picture_2=None)
    case = Case.objects.get()
    kinds = [section.kind for section in case.sections()]
    assert kinds == ["facts", "picture", "handling", "law", "value"]
    picture = case.sections()[1]
    assert (picture.text, picture.alt) == ("图1　控制面板", "净化器控制面板")
    image = get_image_model().objects.get(pk=picture.image_id)
    with image.file.open() as file:
        assert b"Exif" not in file.read()
    assert not folder_of(intake).exists()
    assert "［图1］" in case.sections()[0].text and "［图2］" not in case.sections()[2].text


def test_a_picture_without_words_is_asked_for_them(send, client):
    send("lin", "pictures_with_captions")
    refused = confirm(client, CaseIntake.objects.get(), alt_2=None)
    assert "请为图2写一句图片说明" in refused.content.decode() and not Case.objects.exists()


def test_the_same_file_again_leads_to_the_first(send, client):
    send("lin", "bold_lines")
    page = send("lin", "bold_lines").content.decode()
    first = CaseIntake.objects.get()
    assert "已经上传过" in page and reverse("casebook_intake_confirm", args=[first.pk]) in page


def test_a_street_uploads_for_itself_only(send, client):
    elsewhere = UnitFactory()
    send("gao", "bold_lines", street=elsewhere)
    intake = CaseIntake.objects.get()
    assert intake.street == cast.street()
    confirm(client, intake, street=elsewhere.pk)
    assert Case.objects.get().street == cast.street()


def test_a_street_sees_no_draft_of_another(send, as_member):
    send("lin", "bold_lines", street=UnitFactory())
    address = reverse("casebook_intake_confirm", args=[CaseIntake.objects.get().pk])
    client = as_member("gao")
    assert client.get(address).status_code in (302, 403)
    assert "bold_lines" not in client.get(reverse(UPLOAD)).content.decode()
    again = send("gao", "bold_lines").content.decode()
    assert "已经上传过" in again and address not in again


def test_discarding_leaves_nothing(send, client):
    send("lin", "pictures_with_captions")
    intake = CaseIntake.objects.get()
    folder = folder_of(intake)
    client.post(reverse("casebook_intake_discard", args=[intake.pk]))
    assert not CaseIntake.objects.exists() and not folder.exists()


def test_a_failure_half_way_leaves_neither_case_nor_pictures(send, client, monkeypatch, settings):
    send("lin", "pictures_with_captions")
    intake = CaseIntake.objects.get()
    monkeypatch.setattr("casebook.models.Case.save_revision", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirm(client, intake, picture_2=None)
    intake.refresh_from_db()
    assert not Case.objects.exists() and not get_image_model().objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("case-*"))
    assert intake.draft and len(list(folder_of(intake).iterdir())) == 2


def test_a_wrong_number_and_a_missing_item_are_named(send, client):
    send("lin", "bold_lines")
    refused = confirm(
        client, CaseIntake.objects.get(), case_no="2026-1", items=None, other_items="123"
    ).content.decode()
    assert "案例编号应写成季度加序号" in refused and "没有编码为“123”的事项" in refused
    assert not Case.objects.exists()


def test_the_list_of_uploads_needs_no_query_for_each(send, client, django_assert_max_num_queries):
    for sample in ("bold_lines", "chinese_numbers", "square_brackets", "nothing_but_words"):
        send("lin", sample)
    with django_assert_max_num_queries(14):
        client.get(reverse(UPLOAD))
