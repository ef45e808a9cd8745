"""执法文书: the library, the page of a form, its versions by date, the forms at hand on an item page."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from kb.forms.citations import link_form
from kb.models import FormField, FormTemplate
from tests.factories.kb import FormTemplateFactory, PowerItemFactory, RegulationFactory, RegulationVersionFactory

LAW = "中华人民共和国行政处罚法"
WORDS = "问话的时候要有两个人在场，并且写下来。"
pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    """询问笔录 with its basis in a law whose text is there."""
    law = RegulationFactory(title=LAW, slug="cff")
    RegulationVersionFactory(regulation=law, articles={"55": ["出示证件。", WORDS]})
    form = FormTemplateFactory(
        code="WS202",
        name="询问笔录",
        aliases="谈话笔录",
        in_inspection=True,
        basis_text=f"《{LAW}》第五十五条第二款",
        mistakes="一人询问\n没有核对意见",
        form_fields=[("询问地点", "line"), ("询问内容", "passage"), ("询问人签名", "signature")],
    )
    link_form(form)
    return form


@pytest.fixture
def read(client):
    def get(url, **query):
        answer = client.get(url, query)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_the_library_groups_by_stage_in_the_order_of_use(read):
    FormTemplateFactory(name="结案审批表", stage="closing", sort_order=1)
    FormTemplateFactory(name="访谈笔录", sort_order=30)
    FormTemplateFactory(name="现场检查笔录", sort_order=20)
    page = read("/forms/")
    names = ["调查取证", "现场检查笔录", "访谈笔录", "结案归档", "结案审批表"]
    assert sorted(page.index(name) for name in names) == [page.index(name) for name in names]
    assert "3 种" in page


def test_the_library_is_narrowed_by_procedure_by_name_and_by_item(read):
    FormTemplateFactory(name="询问笔录", in_inspection=True)
    FormTemplateFactory(name="当场处罚决定书", in_ordinary=False, in_simple=True)
    item = PowerItemFactory(simple_procedure="否")
    assert "当场处罚决定书" not in read("/forms/", procedure="inspection")
    assert "询问笔录" not in read("/forms/", q="当场 决定").replace("如 询问笔录", "")
    page = read("/forms/", item=item.code)
    assert item.name in page
    assert "当场处罚决定书" not in page
    assert "没有符合条件的文书" in read("/forms/", q="不存在的名称")
    assert "2 种" in read("/forms/", procedure="nonsense")


def test_the_page_shows_fields_basis_in_force_mistakes_and_files(inquiry, read):
    page = read("/forms/WS202/")
    for field in inquiry.form_fields.all():
        assert field.name in page
        assert field.hint in page
    assert "/laws/cff/55#p2" in page
    assert WORDS in page
    assert "没有核对意见" in page
    assert reverse("kb:form_blank", args=["WS202"]) in page


def test_the_law_names_the_forms_that_rest_on_an_article(inquiry, read):
    assert "询问笔录" in read("/laws/cff/55")


def test_a_form_is_read_as_of_a_day_and_an_old_version_says_so(inquiry, read):
    FormTemplateFactory(
        code="WS202",
        name="旧式询问笔录",
        version_label="2021年版",
        valid_from=dt.date(2021, 9, 1),
        valid_to=dt.date(2026, 1, 1),
    )
    assert "旧式询问笔录" not in read("/forms/WS202/")
    old = read("/forms/WS202/", on="2025-12-31")
    assert "旧式询问笔录" in old
    assert "这一版本已停用" in old
    assert "2021年9月1日起使用，2026年1月1日起停用" in old
    assert "这一版本" not in read("/forms/WS202/", on="2026-01-01")
    assert "/forms/WS202/blank/?on=2025-12-31" in old
    assert 'value="?on' not in old  # the search box of the header is the reader's
    assert "旧式询问笔录" in read("/forms/WS202/", on="2019-01-01")
    assert "旧式询问笔录" not in read("/forms/")


def test_an_old_version_quotes_the_law_of_its_own_time(read):
    law = RegulationFactory(title=LAW, slug="cff")
    change = dt.date(2021, 7, 15)
    RegulationVersionFactory(regulation=law, effective_to=change, articles={"37": ["旧的写法。"]})
    RegulationVersionFactory(
        regulation=law,
        effective_from=change,
        promulgated_on=dt.date(2021, 1, 22),
        articles={"37": ["新的写法。"]},
    )
    basis = {"code": "WS9", "basis_text": f"《{LAW}》第三十七条"}
    old = FormTemplateFactory(**basis, valid_from=dt.date(2020, 9, 1), valid_to=dt.date(2021, 7, 15))
    new = FormTemplateFactory(**basis, valid_from=dt.date(2021, 7, 15))
    for form in (old, new):
        link_form(form)
    assert "旧的写法。" in read("/forms/WS9/", on="2021-01-01")
    assert "新的写法。" in read("/forms/WS9/")


def test_wording_and_example_stand_on_the_page_of_a_notice(read):
    form = FormTemplateFactory(code="WS203", wording="【当事人】：\n请于【期限】前改正。", in_simple=True)
    for name, example in (("当事人", "李某"), ("期限", "2026年9月5日")):
        FormField.objects.create(template=form, name=name, example=example)
    page = read("/forms/WS203/")
    assert '请于<span class="form-blank">期限</span>前改正。' in page
    form.example_note = "虚构的案件。"
    form.save()
    assert '请于<span class="form-filled">2026年9月5日</span>前改正。' in read("/forms/WS203/")


def test_what_is_not_checked_is_marked(read):
    FormTemplateFactory(code="WS703", needs_review=True, verification="保管期限按本地规定，待核。")
    assert "保管期限按本地规定，待核。" in read("/forms/WS703/")
    assert "待核" in read("/forms/")


def test_an_unknown_form_is_not_found_and_small_letters_do_not_matter(inquiry, client):
    assert client.get("/forms/WS999/").status_code == 404
    assert client.get("/forms/WS999/blank/").status_code == 404
    assert client.get("/forms/ws202/").status_code == 200


def test_a_file_of_the_site_is_served_instead_of_the_one_made_here(inquiry, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = client.get("/forms/WS202/blank/")
    assert made.content.startswith(b"PK")
    assert made["Content-Type"].endswith("wordprocessingml.document")
    inquiry.upload.save("区里统一格式.pdf", ContentFile(b"%PDF-1.7 district"))
    own = client.get("/forms/WS202/blank/")
    assert own.content == b"%PDF-1.7 district"
    assert own["Content-Type"] == "application/pdf"
    assert "attachment" in own["Content-Disposition"]
    assert client.get("/forms/WS202/example/").content.startswith(b"PK")


def test_an_item_has_the_forms_of_its_procedures_at_hand(read):
    FormTemplateFactory(name="询问笔录", code="WS202", is_frequent=True, sort_order=2)
    FormTemplateFactory(name="听证笔录", sort_order=3)
    FormTemplateFactory(name="当场处罚决定书", in_ordinary=False, in_simple=True, is_frequent=True, sort_order=4)
    FormTemplateFactory(name="查封决定书", in_ordinary=False, in_coercion=True, is_frequent=True)
    penalty = read(PowerItemFactory(simple_procedure="视数额").get_absolute_url())
    assert penalty.index("询问笔录") < penalty.index("当场处罚决定书")
    assert "全部 3 种" in penalty
    assert "听证笔录" not in penalty
    assert "查封决定书" not in penalty
    assert '<a href="#forms">文书</a>' in penalty
    ordinary = read(PowerItemFactory(simple_procedure="否").get_absolute_url())
    assert "当场处罚决定书" not in ordinary
    assert "查封决定书" in read(PowerItemFactory(power_type="coercion").get_absolute_url())
    assert "#forms" not in read(PowerItemFactory(power_type="inspection").get_absolute_url())


def test_an_item_as_of_a_day_has_the_forms_of_that_day(read):
    FormTemplateFactory(name="现在的笔录")
    FormTemplateFactory(name="从前的笔录", valid_from=dt.date(2021, 9, 1), valid_to=dt.date(2026, 1, 1))
    item = PowerItemFactory()
    assert "从前的笔录" in read(item.get_absolute_url(), on="2024-05-01")
    assert "从前的笔录" not in read(item.get_absolute_url())


def test_library_and_page_cost_the_same_for_any_number_of_forms_and_fields(
    inquiry, client, django_assert_max_num_queries
):
    FormTemplateFactory.create_batch(30)
    for position in range(20):
        FormField.objects.create(template=inquiry, name=f"栏目{position}")
    client.get("/forms/")
    client.get("/forms/WS202/")
    with django_assert_max_num_queries(6):
        client.get("/forms/")
    with django_assert_max_num_queries(18):
        client.get("/forms/WS202/")
    assert FormTemplate.objects.count() == 31
