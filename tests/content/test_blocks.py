"""What editors put into a page comes out in the words and shapes of the components."""

import pytest

from content.blocks import PROSE, FigureTableBlock
from content.models import StandardPage
from content.site import ensure_site

BODY = [
    ("heading", "当场处罚"),
    ("paragraph", "<p>先核对<b>事项</b>。</p>"),
    ("quote", {"text": "逐项隐去个人信息。", "source": "《江城区案例编写办法》第八条"}),
    ("notice", {"tone": "seal", "title": "禁止", "text": "不得以案例代替依据。"}),
    ("facts", [{"term": "办理时限", "text": "五个工作日"}]),
    ("checklist", ["出示执法证"]),
    ("table", {"caption": "学时", "lines": "类别 | 学时\n法律 | 20\n业务"}),
]


@pytest.mark.django_db
def test_a_page_shows_every_kind_of_block(client):
    page = StandardPage(title="使用帮助", slug="help", summary="怎样查事项", body=BODY)
    ensure_site().add_child(instance=page)
    html = client.get("/help/").content.decode()
    for words in (
        "<h2>当场处罚</h2>",
        "<b>事项</b>",
        "第八条",
        "notice--seal",
        "五个工作日",
        "出示执法证",
        "怎样查事项",
    ):
        assert words in html
    assert '<td data-label="学时">20</td>' in html


def test_a_short_row_of_a_typed_table_is_filled_up():
    block = FigureTableBlock()
    value = block.to_python({"caption": "学时", "lines": "类别｜学时\n业务"})
    assert block.get_context(value)["table"]["rows"] == [["业务", ""]]


def test_an_empty_typed_table_is_no_error():
    block = FigureTableBlock()
    assert block.get_context(block.to_python({"caption": "", "lines": " \n"}))["table"]["rows"] == []


@pytest.mark.parametrize(("name", "block"), PROSE, ids=[name for name, _ in PROSE])
def test_every_block_explains_itself_to_editors(name, block):
    assert block.meta.icon and block.meta.description and block.meta.group
    assert not any(letter.isascii() and letter.isalpha() for letter in block.label)


def test_blocks_stay_out_of_migrations():
    _, path, arguments, _ = StandardPage._meta.get_field("body").deconstruct()
    assert path == "content.fields.BodyField" and arguments == [[]]
