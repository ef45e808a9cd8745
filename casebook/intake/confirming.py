"""What the page of confirmation shows: each field beside the sentence in which its value was read."""

from typing import Any

from casebook.intake.figures import Found
from casebook.intake.forms import DATES, FACTS, RESULT, ConfirmForm
from casebook.models import Case
from content.money import in_figures

SHOWN = 160
CHOICES = {
    "kind": Case.Kind.choices,
    "source_kind": Case.Source.choices,
    "procedure": Case.Procedure.choices,
    "result": Case.Result.choices,
    "challenge": Case.Challenge.choices,
}


def sections_of(form: ConfirmForm) -> dict[str, Any]:
    """Groups of rows for the template. Every field of the form is in exactly one of them."""
    head = [name for name in ("title", "case_no", "domain", "street") if name in form.fields]
    return {
        "head": [_row(form, name) for name in head],
        "dates": [_row(form, name) for name in DATES],
        "facts": [_row(form, name) for name in FACTS],
        "result": [_row(form, name) for name in RESULT],
        "items": _items(form),
        "parts": [_part(form, number) for number in range(len(form.draft.parts))],
        "cited": [
            {"cited": cited, "field": form[f"cite_{number}"]} for number, cited in enumerate(form.proposals.cited)
        ],
        "refused": [picture for picture in form.draft.pictures if picture.fault],
    }


def _row(form: ConfirmForm, name: str) -> dict[str, Any]:
    readings = form.proposals.readings(name)
    return {
        "field": form[name],
        "readings": [{"value": _words(name, one), "sentence": one.sentence[:SHOWN]} for one in readings],
        "doubtful": len(readings) > 1,
    }


def _words(name: str, found: Found) -> str:
    """A reading as a person would say it."""
    choices = dict(CHOICES.get(name, ()))
    if found.value in choices:
        return str(choices[found.value])
    if name in DATES:
        return f"{found.value:%Y-%m-%d}"
    if name.endswith("_amount"):
        return in_figures(found.value)  # type: ignore[arg-type]
    return "是" if found.value is True else str(found.value)


def _items(form: ConfirmForm) -> list[dict[str, Any]]:
    boxes = {str(box.data["value"]): box for box in form["items"].subwidgets}
    return [{"proposal": one, "box": boxes[str(one.item.pk)]} for one in form.proposals.items]


def _part(form: ConfirmForm, number: int) -> dict[str, Any]:
    part = form.draft.parts[number]
    pictures = [p for p in form.draft.pictures if p.part == number and not p.fault]
    return {
        "number": number + 1,
        "part": part,
        "field": form[f"part_{number}"],
        "open": not part.block,
        "pictures": [
            {
                "picture": p,
                "keep": form[f"picture_{p.number}"],
                "caption": form[f"caption_{p.number}"],
                "alt": form[f"alt_{p.number}"],
            }
            for p in pictures
        ],
    }
