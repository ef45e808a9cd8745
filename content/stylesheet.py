"""One style sheet out of many files, joined in a fixed order.

CSS @layer would state the order in the language itself, but browsers with a Chromium 86 kernel
drop everything inside a layer; so the order of the files is the order of the layers.
"""

from pathlib import Path

SOURCES = Path(__file__).parent / "static" / "css"
TARGET = SOURCES / "site.css"
LAYERS = ("reset.css", "tokens.css", "base.css", "layout.css", "components/*.css", "pages/*.css", "print.css")


def sources() -> list[Path]:
    """The source files, layer by layer, by name within a layer."""
    return [path for layer in LAYERS for path in sorted(SOURCES.glob(layer))]


def joined() -> str:
    """The whole style sheet, each file under its name."""
    parts = (f"/* {path.relative_to(SOURCES).as_posix()} */\n{path.read_text(encoding='utf-8')}" for path in sources())
    return "/* Made by `manage.py build_css`: change the sources beside this file. */\n" + "\n".join(parts)


def is_current() -> bool:
    """Whether site.css is what its sources say."""
    return TARGET.exists() and TARGET.read_text(encoding="utf-8") == joined()
