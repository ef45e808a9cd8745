"""The folders are the architecture: imports go one way, and this holds the arrow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

MAY_IMPORT = {
    "people": set(),
    "content": set(),
    "kb": {"people", "content"},
    "casebook": {"people", "content", "kb"},
    "exams": {"people", "content", "kb", "casebook"},
    "training": {"people", "content", "kb", "casebook", "exams"},
    "search": {"people", "content", "kb", "casebook", "exams", "training"},
    "demo": {"people", "content", "kb", "casebook", "exams", "training", "search"},
}
APPS = [name for name in MAY_IMPORT if (ROOT / name).is_dir()]
OURS = set(MAY_IMPORT) | {"config", "tests"}
SIGNALS = {"receiver", "post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed", "page_published"}
FORBIDDEN_STEMS = {"utils", "helpers", "common", "misc"}
PURE = ["kb/parser", "kb/citations", "kb/numerals.py", "kb/keys.py", "search/chinese.py", "search/query.py"]
PURE += ["kb/traditional.py", "content/pictures.py", "casebook/manuscript.py", "casebook/sections.py"]
PURE += ["casebook/anonymise"]
PURE += [f"exams/practice/{name}.py" for name in ("schedule", "told", "contest/ranking")]
PURE += ["exams/content.py", "exams/validation.py", "exams/marking.py", "exams/statistics.py"]
PURE += ["exams/results/keys.py", "exams/results/responses.py", "exams/results/verdicts.py"]
PURE += ["exams/quotas.py", "exams/papers/assignment.py", "exams/papers/printing/leaflet.py"]
PURE += ["exams/sittings/frame.py", "exams/sittings/answers.py"]
PURE += [
    f"casebook/intake/{name}.py"
    for name in (
        "values", "folding", "headings", "title", "sorting", "plain", "docx", "reading", "figures", "outcome", "wordml",
        "word_concealed", "word_leftovers", "word_pictures", "word_story",
    )
]  # fmt: skip
PURE += ["search/plan.py", "search/conditions.py", "search/document_numbers.py", "search/explaining.py"]


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        path = ROOT / folder
        yield from [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))


def imported_names(path: Path) -> Iterator[tuple[str, str]]:
    """(top-level package, imported name) of every import in the file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module.split(".")[0], alias.name) for alias in node.names)


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_what_lies_below_it(app):
    wrong = {
        f"{path.relative_to(ROOT)} imports {package}"
        for path in modules(app)
        for package, _ in imported_names(path)
        if package in OURS - MAY_IMPORT[app] - {app}
    }
    assert not wrong, sorted(wrong)


def test_signals_are_received_only_by_the_search_observers():
    wrong = [
        str(path.relative_to(ROOT))
        for path in modules(*APPS)
        if path.relative_to(ROOT).as_posix() != "search/observers.py"
        and "migrations" not in path.parts
        and SIGNALS & {name for _, name in imported_names(path)}
    ]
    assert not wrong


def test_files_are_named_by_their_subject():
    assert not [str(p.relative_to(ROOT)) for p in modules(*APPS, "tests") if p.stem in FORBIDDEN_STEMS]


def test_pure_packages_know_nothing_of_the_database():
    wrong = {
        str(path.relative_to(ROOT))
        for part in PURE
        if (ROOT / part).exists()
        for path in modules(part)
        for package, _ in imported_names(path)
        if package in {"django", "wagtail"}
    }
    assert not wrong, sorted(wrong)


def test_every_migration_has_a_name():
    wrong = [p.name for app in APPS for p in (ROOT / app / "migrations").glob("0*.py") if "_auto_" in p.name]
    assert not wrong
