"""The library of forms: which are asked for, grouped by the stage at which they are used."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from kb.hub.listing import Choice, Facet
from kb.models import FormTemplate, PowerItem, Procedure


@dataclass(frozen=True)
class FormFilters:
    """What the address asks for; an unknown procedure or item asks for nothing."""

    text: str = ""
    procedure: str = ""
    item: PowerItem | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "FormFilters":
        asked, code = query.get("procedure", ""), query.get("item", "")
        item = PowerItem.objects.filter(code=code.upper()).first() if code else None
        return cls(query.get("q", "").strip()[:60], asked if asked in Procedure.values else "", item)

    def __bool__(self) -> bool:
        return bool(self.text or self.procedure or self.item)

    @property
    def procedure_label(self) -> str:
        return str(Procedure(self.procedure).label) if self.procedure else ""

    def as_query(self, **changed: str) -> str:
        parts = {"q": self.text, "procedure": self.procedure, "item": self.item.code if self.item else ""} | changed
        return urlencode({name: value for name, value in parts.items() if value})


@dataclass
class Library:
    """`stages` holds (words of the stage, forms in the order of use)."""

    filters: FormFilters
    stages: list[tuple[str, list[FormTemplate]]]
    facet: Facet
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = sum(len(forms) for _, forms in self.stages)


def library(filters: FormFilters) -> Library:
    """The forms in use today, or those for an item; one query."""
    forms = FormTemplate.objects.for_item(filters.item) if filters.item else FormTemplate.objects.in_force()
    named = [form for form in forms if _is_named(form, filters.text)]
    fitting = [form for form in named if not filters.procedure or getattr(form, f"in_{filters.procedure}")]
    groups = [(stage.label, [form for form in fitting if form.stage == stage]) for stage in FormTemplate.Stage]
    return Library(filters, [(label, forms) for label, forms in groups if forms], _facet(filters, named))


def _is_named(form: FormTemplate, text: str) -> bool:
    """Every word stands in the name, another name, the code or the purpose."""
    names = f"{form.name} {form.aliases} {form.code} {form.purpose}".lower()
    return all(word in names for word in text.lower().split())


def _facet(filters: FormFilters, forms: list[FormTemplate]) -> Facet:
    counts = Counter(value for form in forms for value in Procedure.values if getattr(form, f"in_{value}"))
    choices = [
        Choice(str(choice.label), counts[choice.value], _address(filters, choice.value), choice == filters.procedure)
        for choice in Procedure
        if counts[choice.value] or choice == filters.procedure
    ]
    clear = "?" + filters.as_query(procedure="") if filters.procedure else ""
    return Facet("适用程序", choices, clear)


def _address(filters: FormFilters, procedure: str) -> str:
    """Choosing the chosen one takes it away."""
    return "?" + filters.as_query(procedure="" if procedure == filters.procedure else procedure)
