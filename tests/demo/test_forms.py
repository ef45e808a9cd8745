"""The forms of the demo: complete, tied to the law, and fictional where they name people."""

import re
import tarfile

import pytest

from demo.loaders.forms import load_forms, parsed
from demo.loaders.tables import DATA
from kb.citations import parse
from kb.forms.layout import unknown_blanks
from kb.importers.collecting import collect
from kb.importers.matching import title_key
from kb.importers.regulations import parse_regulation
from kb.models import Citation, FormField, FormTemplate, Procedure
from tests.demo.test_gists_against_texts import keys_of
from tests.paths import shared

pytestmark = pytest.mark.django_db
FILES = sorted((DATA / "forms").glob("*.md"))
# 行政处罚法 and 行政强制法, and the laws that the examples apply
LAWS = (
    "行政处罚法(2021",
    "行政强制法(2011",
    "城市道路管理条例",
    "城乡规划法",
    "城市市容和环境卫生管理条例",
    "移送涉嫌犯罪",
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> dict[str, set[str]]:
    """Title without 中华人民共和国 -> the keys of its text."""
    folder = tmp_path_factory.mktemp("laws")
    with tarfile.open(shared("laws", "laws.tar.xz")) as archive:
        members = [m for m in archive.getmembers() if m.isfile() and any(law in m.name for law in LAWS)]
        archive.extractall(folder, members=members, filter="data")
    laws = [parse_regulation(job.read()) for job in collect([folder]).jobs]
    return {title_key(law.title): keys_of(law) for law in laws}


def test_31_forms_are_in_use_in_every_stage_and_procedure():
    forms = FormTemplate.objects.in_force()
    assert forms.count() == 31
    assert set(forms.values_list("stage", flat=True)) == set(FormTemplate.Stage.values)
    for procedure in Procedure:
        assert forms.of_procedures(procedure.value).filter(is_frequent=True).exists(), procedure


def test_two_forms_have_an_older_version_that_ended_when_the_new_one_began():
    old = FormTemplate.objects.exclude(valid_to=None)
    assert sorted(old.values_list("code", flat=True)) == ["WS201", "WS504"]
    for form in old:
        assert FormTemplate.objects.filter(code=form.code, valid_from=form.valid_to).exists()


def test_each_form_has_fields_examples_and_someone_who_signs():
    for form in FormTemplate.objects.in_force().prefetch_related("form_fields"):
        fields = list(form.form_fields.all())
        assert len(fields) >= 7, form
        assert any(field.kind == FormField.Kind.SIGNATURE for field in fields), form
        assert not [f.name for f in fields if f.is_required and not f.example], form
        assert not [f.name for f in fields if not f.hint], form
        assert not unknown_blanks(form.wording, [f.name for f in fields]), form


def test_what_an_example_ticks_is_one_of_the_options():
    for field in FormField.objects.filter(kind=FormField.Kind.CHOICE):
        assert set(field.example.split("、")) <= set(field.choices), f"{field.template} {field}"


def test_every_basis_is_linked():
    lost = Citation.objects.filter(form_template__isnull=False).exclude(status="resolved")
    assert list(lost.values_list("raw", flat=True)) == []
    assert Citation.objects.filter(form_template__isnull=False).count() >= 75


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_article_that_a_form_names_is_in_the_text_of_the_law(path, texts):
    cited = [one for one in parse(path.read_text(encoding="utf-8")) if one.law_given and one.key]
    known = [(title_key(one.law), one.key) for one in cited if title_key(one.law) in texts]
    assert known
    assert [f"{law} {key}" for law, key in known if key not in texts[law]] == []


def test_every_telephone_number_is_one_that_nobody_has():
    numbers = re.compile(r"(?<!\d)(?:0\d{2,3}-\d{4}-?\d{4}|1[3-9]\d{9})(?!\d)")
    phones = numbers.findall("\n".join(FormField.objects.values_list("example", flat=True)))
    assert phones
    assert [number for number in phones if not number.startswith("010-5550-")] == []


def test_what_is_left_to_local_rules_is_marked():
    open_ones = FormTemplate.objects.in_force().filter(needs_review=True)
    assert open_ones.count() >= 3
    assert not open_ones.filter(verification="").exists()
    assert all("待核" in form.verification for form in open_ones)


def test_a_file_is_read_into_one_form_and_its_fields():
    form, fields = parsed(DATA / "forms" / "WS601.md")
    assert form["文书名称"] == "送达回证"
    assert form["常用"] == "是"
    assert fields[4]["选项"].startswith("直接送达、留置送达")
    assert {row["启用日期"] for row in fields} == {"2026-01-01"}


def test_loading_again_changes_nothing():
    before = _rows()
    assert load_forms() == {"文书": 33, "文书栏目": 387}
    assert _rows() == before


def _rows():
    """Everything stored of the forms, with the keys under which it is stored."""
    return list(FormTemplate.objects.values_list()), list(FormField.objects.values_list())
