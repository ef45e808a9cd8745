"""The item page: one address that answers an officer's whole question, without signing in."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kb.actions.batches import apply_batch
from kb.basis_links import link_item
from kb.models import AdjustmentBatch, AdjustmentLine, Gist, ItemCode, PowerSubItem, ProvisionSuccession
from tests import cast
from tests.factories.kb import (
    DomainFactory,
    InstructorFactory,
    PowerItemFactory,
    RegulationFactory,
    RegulationVersionFactory,
    StreetAssignmentFactory,
)

CODE = "中华人民共和国生态环境法典"
OLD = "中华人民共和国大气污染防治法"
DUTY = ["开饭馆的应当给排烟口装上净化器。", "公告划定的地段和钟点不得在户外摆炉烧烤。"]
PENALTY = ["违反本法规定，有下列情形之一的，责令改正，处五百元以上五千元以下的罚款："]
BASIS = f"《{CODE}》第二百五十条第二款；《{CODE}》第一千一百三十二条第一款"


@pytest.fixture
def code(db):
    regulation = RegulationFactory(title=CODE, slug="eco-code")
    RegulationVersionFactory(
        regulation=regulation,
        effective_from=dt.date(2026, 8, 15),
        articles={"250": DUTY, "1132": PENALTY},
    )
    return regulation


@pytest.fixture
def item(code):
    found = PowerItemFactory(
        name="对露天烧烤的处罚",
        basis_text=BASIS,
        penalty_summary="责令改正，五百—五千元；拒不改正五千—二万元",
        evidence="现场照片\n询问笔录",
    )
    link_item(found)
    return found


@pytest.fixture
def read(client):
    def get(item, **query):
        answer = client.get(item.get_absolute_url(), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_basis_stands_by_role_with_its_text_in_force(item, read):
    page = read(item)
    assert page.index("义务依据") < page.index(DUTY[1]) < page.index("处罚依据") < page.index(PENALTY[0])
    assert DUTY[0] in page  # the whole article, folded away


def test_the_standard_citation_is_ready_to_copy_without_第一款_of_a_single_paragraph(item, read):
    page = read(item)
    assert f'data-copy="《{CODE}》第二百五十条第二款"' in page
    assert f'data-copy="《{CODE}》第一千一百三十二条"' in page


def test_costs_come_as_figures_and_words_with_their_condition(item, read):
    page = read(item)
    assert "¥500 — ¥5,000" in page
    assert "五千元以上二万元以下" in page
    assert "拒不改正的" in page


def test_a_law_known_by_gists_only_says_how_to_get_its_text(client, db):
    regulation = RegulationFactory(title="中华人民共和国城乡规划法")
    RegulationVersionFactory(regulation=regulation, has_text=False)
    Gist.objects.create(regulation=regulation, key="64", text="无证建设的处罚")
    item = PowerItemFactory(basis_text="《中华人民共和国城乡规划法》第六十四条")
    link_item(item)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "无证建设的处罚" in page
    assert "python manage.py import_statutes" in page


def test_an_unknown_law_is_shown_as_written_and_marked(client, db):
    item = PowerItemFactory(basis_text="《江城市犬只管理条例》第九条")
    link_item(item)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "《江城市犬只管理条例》第九条" in page
    assert "尚未关联到条文" in page


def test_the_old_basis_is_history_with_the_day_of_the_change(item, code, read):
    old = RegulationFactory(title=OLD)
    RegulationVersionFactory(
        regulation=old,
        effective_from=dt.date(2018, 10, 26),
        effective_to=dt.date(2026, 8, 15),
        articles={"118": ["旧条文。"]},
    )
    ProvisionSuccession.objects.create(
        old_regulation=old, old_key="118", new_regulation=code, new_key="1132", note="一档改两档"
    )
    item.previous_basis = "大气污染防治法第一百一十八条"
    item.save()
    link_item(item)
    page = read(item)
    assert "依据 2026-08-15 已更新" in page
    assert "已废止" in page
    assert "一档改两档" in page
    assert page.count(f"《{OLD}》第一百一十八条") == 1


def test_an_item_taken_back_says_so_before_anything_else(item, read):
    held = StreetAssignmentFactory(item=item)
    batch = AdjustmentBatch.objects.create(
        doc_number="江政发〔2023〕14号", decided_on=dt.date(2023, 8, 1), kind="take_back"
    )
    apply_batch(batch, [AdjustmentLine(item=item, action="take_back")], by=None)
    page = read(item)
    assert "自 2023年8月1日起不再行使本事项" in page
    assert "江政发〔2023〕14号（收回）" in page
    assert "不再行使" not in read(item, on="2023-07-31", street=held.street.pk)


def test_a_street_that_lost_the_item_is_told_though_others_hold_it(item, read):
    StreetAssignmentFactory(item=item)
    lost = StreetAssignmentFactory(item=item, valid_to=dt.date(2023, 8, 1))
    assert "不再行使" not in read(item)
    assert f"{lost.street.name}自 2023年8月1日起不再行使本事项" in read(item, street=lost.street.pk)


def test_who_is_signed_in_at_a_street_sees_what_holds_there(item, as_member):
    client = as_member("chen")
    StreetAssignmentFactory(item=item)
    StreetAssignmentFactory(item=item, street=cast.street(), valid_to=dt.date(2023, 8, 1))
    for_all = InstructorFactory(item=item)
    own = InstructorFactory(item=item, street=cast.street())
    page = client.get(item.get_absolute_url()).content.decode()
    assert "滨江街自 2023年8月1日起不再行使本事项" in page
    assert f"tel:{own.officer.phone}" in page
    assert f"tel:{for_all.officer.phone}" not in page


def test_missing_elements_of_disclosure_are_named(client, db):
    item = PowerItemFactory(process="", supervision="", basis_text="")
    page = client.get(item.get_absolute_url()).content.decode()
    assert "依据、流程、监督方式" in page
    assert page.count("待补") >= 4


def test_the_mark_待核_is_shown_with_what_is_unchecked(client, db):
    item = PowerItemFactory(needs_review=True, verification="条款待核")
    page = client.get(item.get_absolute_url()).content.decode()
    assert "核对情况：条款待核" in page


def test_people_parts_codes_and_neighbours_are_there(item, code, read):
    instructor = InstructorFactory(item=item)
    PowerSubItem.objects.create(item=item, name="提供场地", penalty="五百元以下")
    ItemCode.objects.create(item=item, scheme="国家基本编码", code="330275012000")
    neighbour = PowerItemFactory(name="对排放油烟的处罚", basis_text=f"《{CODE}》第一千一百三十二条第一款")
    link_item(neighbour)
    same_domain = PowerItemFactory(domain=item.domain, name="同一领域的事项")
    page = read(item)
    assert f'href="tel:{instructor.officer.phone}"' in page
    assert "提供场地" in page
    assert "330275012000" in page
    assert page.index(neighbour.name) < page.index(same_domain.name)


def test_the_page_names_no_exclamation_and_no_english(item, read):
    assert "！" not in read(item)


def test_a_code_in_small_letters_finds_its_item_and_an_unknown_one_nothing(item, client):
    assert client.get(reverse("kb:item", args=[item.code.lower()])).status_code == 200
    assert client.get(reverse("kb:item", args=["420102C01CF99999"])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_item(item, code, client, django_assert_max_num_queries):
    for _ in range(5):
        StreetAssignmentFactory(item=item)
        InstructorFactory(item=item, street=StreetAssignmentFactory(item=item).street)
        neighbour = PowerItemFactory(domain=DomainFactory(), basis_text=BASIS)
        link_item(neighbour)
    client.get(item.get_absolute_url())
    with django_assert_max_num_queries(26):
        client.get(item.get_absolute_url())


def test_a_kept_page_follows_the_item_and_its_citations_at_once(item, read, client, django_assert_max_num_queries):
    read(item)
    with django_assert_max_num_queries(16):
        read(item)
    item.basis_text = f"《{CODE}》第二百五十条第一款"
    item.save()
    link_item(item)
    assert DUTY[0] in read(item)
    item.citations.update(status="dismissed", decided_at=timezone.now())
    assert "/laws/eco-code/250" not in read(item)
