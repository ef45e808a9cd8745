"""What the form of a question is drawn with."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exams.content import BLANK, Kind, Part, Segment
from exams.documents import numbered_lines

register = template.Library()
STEM_HELP = {Kind.FILL: f"要填的地方写成{BLANK}", Kind.JUDGE: "写成一句可以判断对错的话"}


@register.filter
def of(wrong: dict[str, list[str]], name: str) -> list[str]:
    """The problems of one field."""
    return wrong.get(name, [])


@register.filter
def of_part(wrong: dict[str, list[str]], prefix: str) -> list[str]:
    """The problems of the options of a part, which are told at the first of them."""
    return wrong.get(f"{prefix}-option-1", [])


@register.filter
def stem_help(kind: Kind) -> str:
    return STEM_HELP.get(kind, "")


@register.simple_tag
def text_field(
    wrong: dict[str, list[str]], prefix: str, name: str, label: str, text: str, *, rows: int = 3, help: str = ""
) -> SafeString:
    """A text area with its label, help and problems, tied to it for who cannot see them."""
    name = f"{prefix}-{name}"
    errors = wrong.get(name, [])
    told = [f"{name}-error"] * bool(errors) + [f"{name}-help"] * bool(help)
    return format_html(
        '<div class="bank-field{}"><label for="id_{}">{}</label>{}{}<textarea id="id_{}" name="{}" rows="{}"{}{}>\n{}'
        "</textarea></div>",
        " is-wrong" if errors else "",
        name,
        label,
        format_html_join("", '<p class="bank-error" id="{}-error">{}</p>', ((name, one) for one in errors)),
        format_html('<p class="bank-help" id="{}-help">{}</p>', name, help) if help else "",
        name,
        name,
        rows,
        format_html(' aria-describedby="{}"', " ".join(told)) if told else "",
        SafeString(' aria-invalid="true"') if errors else "",
        text,
    )


@register.filter
def document_lines(part: Part) -> list[list[tuple[int, str, str, str, str]]]:
    """Lines of a faulty document: (number, before, wrong, right, after) for each sentence."""
    return [[(number, *_taken_apart(one)) for number, one in line] for line in numbered_lines(part.segments)]


def _taken_apart(one: Segment) -> tuple[str, str, str, str]:
    return one.text[: one.at], one.wrong, one.right, one.text[one.at + len(one.wrong) :]
