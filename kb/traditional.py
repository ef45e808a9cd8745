"""Traditional characters -> simplified, one for one, so that places in the text stay the same."""

from functools import cache
from pathlib import Path

import opencc

TABLE_FILE = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"


@cache
def table() -> dict[int, str]:
    """For `str.translate`; read once from OpenCC's own dictionary."""
    rows = (line.split("\t") for line in TABLE_FILE.read_text("utf-8").splitlines())
    return {ord(traditional): simplified.split()[0] for traditional, simplified in rows if len(traditional) == 1}


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length."""
    return text.translate(table())
