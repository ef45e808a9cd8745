"""Without the pinned fonts there is no PDF, and the message says what to do."""

import pytest
from django.core.management import CommandError, call_command

from content.exports import write_pdf
from content.exports.fonts import FILES, FontsUnavailable, without_glyph
from content.wheels import PinnedWheel
from tests.factories.books import book


@pytest.fixture
def empty(settings, tmp_path, monkeypatch):
    """A machine without fonts and without a network."""
    settings.FONTS_DIR = tmp_path / "fonts"
    monkeypatch.setattr(PinnedWheel, "download", lambda wheel, folder: None)
    return settings.FONTS_DIR


def test_a_pdf_without_fonts_is_refused(empty):
    with pytest.raises(FontsUnavailable, match="没有 PDF 所需的中文字体.*make fonts"):
        write_pdf(book())


def test_fetching_without_a_network_says_where_to_put_the_file(empty):
    with pytest.raises(CommandError, match=r"mplfonts-0\.0\.11-py3-none-any\.whl"):
        call_command("fetch_fonts")
    call_command("fetch_fonts", "--if-missing")


def test_a_file_that_is_not_the_pinned_font_is_refused(empty):
    empty.mkdir()
    for name in FILES:
        (empty / name).write_bytes(b"another font")
    with pytest.raises(FontsUnavailable, match="校验和不符"):
        write_pdf(book())


def test_a_wheel_that_is_not_the_pinned_one_is_refused(empty):
    (empty.parent / "mplfonts-0.0.11-py3-none-any.whl").write_bytes(b"another wheel")
    with pytest.raises(CommandError, match="校验和不符"):
        call_command("fetch_fonts")


def test_the_fonts_draw_the_characters_of_the_field_and_say_which_they_cannot(fonts):
    assert without_glyph("案例汇编（第三季度）“罚款”①②㎡℃—…·〔2026〕\n　ABC123，。", fonts) == []
    assert without_glyph("甲😀乙\u0e01", fonts) == ["😀", "\u0e01"]
