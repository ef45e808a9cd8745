"""What a browser would send back of the first form of a page that has the field `csrfmiddlewaretoken`."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Names and values of a form's controls, as far as our tests send them."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.values: dict[str, str] = {}
        self.text_of = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("id") == self.form_id
        if self.inside:
            self._control(tag, said, {name for name, _ in attrs})

    def _control(self, tag: str, said: dict[str, str], present: set[str]) -> None:
        name = said.get("name", "")
        if tag == "option" and self.select and "selected" in present:
            self.values[self.select] = said.get("value", "")
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self.text_of = name
            self.values[name] = ""
        elif tag == "input" and name and said.get("type") not in ("submit", "file"):
            chosen = said.get("type") not in ("checkbox", "radio") or "checked" in present
            if chosen:
                self.values[name] = said.get("value", "on" if said.get("type") == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.values[self.text_of] = self.values.get(self.text_of, "").removeprefix("\n")
            self.text_of = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.text_of:
            self.values[self.text_of] += data


def form_data(reply, form_id: str = "w-editor-form") -> dict[str, str]:
    """The values of the editor's form as it was served."""
    fields = _Fields(form_id)
    fields.feed(reply.content.decode())
    return fields.values


def body_data(case) -> dict[str, str]:
    """The sections of a case as the form sends them; the page itself builds their fields by script."""
    data = {"body-count": str(len(case.body))}
    for n, block in enumerate(case.body):
        data |= {f"body-{n}-{name}": str(value) for name, value in _block(block, n).items()}
    return data


def _block(block, place: int) -> dict[str, object]:
    value = {f"value-{name}": block.value.get(name) or "" for name in ("heading", "text")}
    return {"deleted": "", "order": place, "type": block.block_type, "id": block.id, **value}


def case_form(reply, case) -> dict[str, str]:
    """Everything that the form of a case sends back unchanged."""
    return {**form_data(reply), **body_data(case.get_latest_revision_as_object())}
