"""Text reaches 4.5:1 and law text 7:1 against what it stands on, in every scheme."""

import re

import pytest

from content.stylesheet import SOURCES

GROUNDS = ("paper", "wash")
TEXT = [("ink-2", ground) for ground in GROUNDS] + [("brand", ground) for ground in GROUNDS]
TEXT += [(tone, f"{tone}-wash") for tone in ("ok", "warn", "info", "seal")]
TEXT += [(tone, ground) for tone in ("ok", "warn", "info", "seal") for ground in GROUNDS]
TEXT += [("on-brand", "brand"), ("on-brand", "brand-ink"), ("on-bar", "bar"), ("on-bar", "bar-line")]
TEXT += [("brand-ink", "brand-wash"), ("ink", "brand-wash"), ("ink-2", "brand-wash"), ("brand", "brand-wash")]
TEXT += [("brand", "warn-wash"), ("brand", "info-wash"), ("brand", "seal-wash"), ("paper", "ink")]
LAW = [("ink", ground) for ground in GROUNDS] + [("on-mark", "mark")]


def blocks() -> list[dict[str, str]]:
    """The colours of each rule of tokens.css that sets some: light, dark, care, dark care, print."""
    css = (SOURCES / "tokens.css").read_text(encoding="utf-8")
    rules = (dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body)) for body in re.findall(r"\{([^{}]*)\}", css))
    return [rule for rule in rules if rule]


LIGHT, DARK, CARE, DARK_CARE, PAPER = blocks()
SCHEMES = {
    "light": LIGHT,
    "dark": LIGHT | DARK,
    "care": LIGHT | CARE,
    "dark-care": LIGHT | DARK | CARE | DARK_CARE,
    "print": LIGHT | PAPER,
}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_readable(scheme):
    colours = SCHEMES[scheme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_law_text_is_easy_to_read(scheme):
    colours = SCHEMES[scheme]
    assert all(contrast(colours[text], colours[ground]) >= 7 for text, ground in LAW)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_edges_of_fields_can_be_seen(scheme):
    colours = SCHEMES[scheme]
    assert contrast(colours["line-strong"], colours["paper"]) >= 3
