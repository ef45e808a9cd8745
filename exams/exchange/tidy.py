"""One spelling of a text for comparing what was written with what was read: blanks at the edges of lines, empty lines
and control characters say nothing, and no file format keeps all of them. Pure."""

import re
from dataclasses import replace

from exams.content import Content, Part, Point, Segment

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = str.maketrans({"\t": " ", "\xa0": " "})
# C0 and C1 controls, halves of surrogate pairs, non-characters: no XML holds them
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]")


def tidy_text(text: str) -> str:
    """`" a\\r\\n\\n b"` -> `"a\\nb"`."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text).translate(_BLANKS))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def tidied(content: Content) -> Content:
    """The content as any reader of this package would give it."""
    return Content(content.kind, tuple(_part(part) for part in content.parts), tidy_text(content.stem))


def _part(part: Part) -> Part:
    return replace(
        part,
        stem=tidy_text(part.stem),
        options=tuple(tidy_text(one) for one in part.options),
        key=tidy_text(part.key),
        blanks=tuple(tuple(tidy_text(word) for word in words) for words in part.blanks),
        points=tuple(Point(tidy_text(point.text), point.percent) for point in part.points),
        segments=tuple(_segment(one) for one in part.segments),
        explanation=tidy_text(part.explanation),
        basis=tidy_text(part.basis),
    )


def _segment(segment: Segment) -> Segment:
    """Sentences are cut from tidy lines already; blanks between two of them count."""
    return replace(segment, text=segment.text.translate(_BLANKS))
