"""The admin speaks Chinese: what Wagtail's own translation lacks is in locale/, compiled."""

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from tests.paths import ROOT

FOLDER = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def entries(path: Path) -> list[tuple[str, str]]:
    """(msgid, msgstr) of the plain entries."""
    found = re.findall(r'^msgid (".*(?:\n".*)*)\nmsgstr (".*(?:\n".*)*)', path.read_text("utf-8"), re.M)
    texts = [tuple("".join(re.findall(r'"(.*)"', part)) for part in pair) for pair in found]
    return [pair for pair in texts if pair[0]]


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_every_placeholder_survives_translation(name):
    wrong = [
        original
        for original, translated in entries(FOLDER / name)
        if not set(PLACEHOLDER.findall(translated)) <= set(PLACEHOLDER.findall(original))
    ]
    assert not wrong


@pytest.mark.parametrize("text", ["Search all pages…", "Schedule to publish", "Locked by workflow", "Refresh"])
def test_the_compiled_file_is_used(text):
    with override("zh-hans"):
        assert gettext(text) != text
