"""Which answer stands first: the law that is named, the document whose number is typed, the form asked for."""

import datetime as dt
import re

import pytest

from kb.models import AdjustmentBatch
from search import outbox
from search.engines import get_engine
from search.engines.base import SearchDocument
from search.models import QueryLog, Synonym
from tests.factories.kb import PowerItemFactory, RegulationVersionFactory


@pytest.fixture
def page(client, db):
    """A law of penalties, items whose type is the name of that law, one adjustment of the list."""
    Synonym.objects.all().delete()
    RegulationVersionFactory(
        regulation__title="中华人民共和国行政处罚法",
        regulation__slug="xzcff",
        articles={"1": ["为了规范行政处罚的设定和实施，制定本法。"]},
    )
    first = PowerItemFactory(name="对行政处罚决定拒不执行的处罚")
    for number in range(4):
        PowerItemFactory(name=f"对第{number}种行为的处罚", domain=first.domain, department=first.department)
    AdjustmentBatch.objects.create(
        doc_number="岸政〔2021〕9号",
        title="关于调整街道执法事项的通知",
        decided_on=dt.date(2021, 9, 1),
        kind=AdjustmentBatch.Kind.DELEGATE,
        reason="根据街道履职需要下放。",
    )
    Synonym.objects.create(colloquial="罚单", statutory="行政处罚")
    outbox.rebuild()
    return lambda query, **more: client.get("/search/", {"q": query, **more}).content.decode()


def main(html):
    return html.partition("<main")[2].partition("</main")[0]


def groups(html):
    return re.findall(r"<span>(\S+) <span class=\"muted num\">", main(html))


def test_a_law_typed_without_its_last_character_is_the_answer(page):
    shown = main(page("行政处罚"))
    assert "search-answer" in shown
    assert shown.index('href="/laws/xzcff/"') < shown.index('href="/items/')


def test_so_it_is_when_a_wrong_character_was_put_right(page):
    shown = main(page("行证处罚"))
    assert "以下是“<strong>行政处罚</strong>”的结果" in shown
    assert shown.index('href="/laws/xzcff/"') < shown.index('href="/items/')


@pytest.mark.parametrize(
    "number",
    ["岸政2021 9号", "岸政〔2021〕9号", "岸政【2021】9号", "岸政(2021)9号", "文号:岸政2021 9号", "岸政[2021]第9号"],
)
def test_an_adjustment_of_the_list_is_found_by_its_number(page, number):
    shown = main(page(number))
    assert "关于调整街道执法事项的通知" in shown
    assert "/items/changes/?from=2021-08-31&amp;to=2021-09-01" in shown
    assert groups(page(number))[0] == "法规与文件"


def test_a_renamed_adjustment_is_found_by_its_new_title(page):
    batch = AdjustmentBatch.objects.get()
    batch.title = "关于收回养犬事项的决定"
    batch.save()
    outbox.drain()
    assert "关于收回养犬事项的决定" in re.sub("</?mark>", "", page("收回养犬"))


def test_forms_stand_first_only_when_asked_for(page):
    written = SearchDocument("form:900", "form", "询问笔录", "/forms/1/", body="询问当事人、证人时使用", weight=1.0)
    get_engine().replace((), [written])
    PowerItemFactory(name="对询问时拒不作询问笔录的处罚")
    outbox.drain()
    assert groups(page("对询问拒不作"))[0] == "事项"
    assert groups(page("对询问拒不作 表格"))[0] == "文书"
    assert groups(page("询问笔录"))[0] == "文书"


def test_every_group_has_a_column_in_the_log(page):
    from search.querylog import NOTHING

    assert set(NOTHING) <= {column.name for column in QueryLog._meta.get_fields()}
