"""Charts as SVG in the page, drawn by pygal on the server: bars, stacked bars, lines, points.

    bar(Frame("成绩分布", "150 人，众数在 70—80 分"), ["0—10", ...], [0, ...])

The SVG has no style, script or address of its own: `css/components/chart.css` colours it by the site's tokens, so that
it follows the dark scheme, 关怀版 and paper, and the policy of the site holds. It is read aloud as one picture with the
frame's words; the page puts the same numbers beside it as a table. What is hovered says its value (SVG's own <title>).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pygal
from django.utils.safestring import SafeString, mark_safe
from lxml import etree
from pygal.style import Style

WIDTH, HEIGHT = 760, 320  # user units; the page scales the picture
TEXT = 14
_DROPPED = frozenset({"style", "script", "defs", "desc"})
_KEPT = frozenset({"class", "x", "y", "width", "height", "d", "cx", "cy", "r", "transform", "viewBox", "rx", "ry"})
_FONT = "sans-serif"
# pygal measures text to leave room for it; the real font is the page's
_STYLE = Style(
    font_family=_FONT,
    label_font_size=TEXT,
    major_label_font_size=TEXT,
    value_font_size=TEXT,
    value_label_font_size=TEXT,
    title_font_size=TEXT,
    legend_font_size=TEXT,
)


@dataclass(frozen=True)
class Frame:
    """What a chart is called, what it says in a sentence, and what its axes measure."""

    title: str
    says: str = ""
    x_title: str = ""
    y_title: str = ""


@dataclass(frozen=True)
class Dot:
    """A point of a scatter; `label` is said on hovering, and printed beside it where `is_named`."""

    x: float
    y: float
    label: str
    is_named: bool = False


def bar(frame: Frame, labels: Sequence[str], values: Sequence[float]) -> SafeString:
    """One bar a label."""
    return stacked_bar(frame, labels, {frame.y_title or frame.title: values})


def stacked_bar(frame: Frame, labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> SafeString:
    """One bar a label, a layer a series; the layers are told apart in the table, too."""
    chart = pygal.StackedBar(**_config(frame, integers=_are_whole(series.values()), named=len(series) > 1))
    chart.x_labels = list(labels)
    for name, values in series.items():
        chart.add(name, list(values))
    return _drawn(chart, frame)


def line(frame: Frame, labels: Sequence[str], series: Mapping[str, Sequence[float | None]]) -> SafeString:
    """A line a series; None leaves a gap."""
    chart = pygal.Line(**_config(frame, integers=False, named=len(series) > 1))
    chart.x_labels = list(labels)
    for name, values in series.items():
        chart.add(name, list(values), allow_interruptions=True)
    return _drawn(chart, frame)


def scatter(
    frame: Frame,
    series: Mapping[str, Iterable[Dot]],
    *,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
) -> SafeString:
    """Points on two scales; a range fixes a scale, whatever the points are."""
    config = _config(frame, integers=False, named=len(series) > 1)
    chart = pygal.XY(stroke=False, dots_size=5, show_x_guides=True, print_labels=True, **config)
    if x_range:
        chart.xrange, chart.x_labels = x_range, _ticks(*x_range)
    if y_range:
        chart.range, chart.y_labels = y_range, _ticks(*y_range)
    for name, dots in series.items():
        chart.add(name, [_dot(one) for one in dots])
    return _drawn(chart, frame)


def _config(frame: Frame, *, integers: bool, named: bool) -> dict[str, Any]:
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "style": _STYLE,
        "css": [],
        "js": [],
        "show_legend": named,
        "legend_at_bottom": True,
        "x_title": frame.x_title or None,
        "y_title": frame.y_title or None,
        "include_x_axis": True,
        "no_data_text": "没有数据",
        "margin": 12,
        "spacing": 12,
        "value_formatter": _whole if integers else _rounded,
        "x_value_formatter": _rounded,
        "min_scale": 2,
        "max_scale": 6,
    }


def _dot(dot: Dot) -> dict[str, Any]:
    # a label of pygal is printed; what is only hovered goes the way of the formatter
    return {"value": (dot.x, dot.y), "label": dot.label if dot.is_named else None, "formatter": lambda _: dot.label}


def _are_whole(series: Iterable[Sequence[float]]) -> bool:
    return all(float(value).is_integer() for values in series for value in values)


def _whole(value: float) -> str:
    """Counts have no halves: a guide between two people is left without a number."""
    return f"{value:.0f}" if float(value).is_integer() else ""


def _rounded(value: float) -> str:
    return f"{value:.10g}" if abs(value) < 1e-9 or value == round(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def _ticks(first: float, last: float) -> list[float]:
    """Six marks, or five where the scale lies on both sides of zero, so that zero is one of them."""
    steps = 4 if first < 0 < last else 5
    return [first + n * (last - first) / steps for n in range(steps + 1)]


def _drawn(chart: Any, frame: Frame) -> SafeString:
    """The picture, cleaned: nothing that the policy forbids, nothing that leads off the page."""
    root = chart.render_tree()
    etree.strip_tags(root, etree.Comment)
    root.remove(root.find("title"))
    for node in [one for one in root.iter() if one is not root]:
        _clean(node)
    etree.cleanup_namespaces(root)
    root.attrib.clear()
    words = f"{frame.title}。{frame.says}".rstrip("。") + "。"
    attributes = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "class": "chart", "role": "img", "aria-label": words}
    root.attrib.update(attributes)
    return mark_safe(etree.tostring(root, encoding="unicode"))  # noqa: S308  lxml escaped every text in it


def _clean(node: Any) -> None:
    parent, classes = node.getparent(), (node.get("class") or "").split()
    if node.tag in _DROPPED or "tooltip-overlay" in classes:
        if "value" in classes and node.text:
            _say(parent, node.text)
        parent.remove(node)
        return
    for name in set(node.attrib) - _KEPT:
        del node.attrib[name]
    if node.tag == "title" and not node.text:
        parent.remove(node)


def _say(group: Any, words: str) -> None:
    """What is hovered says its value."""
    title = etree.Element("title")
    title.text = words
    group.insert(0, title)
