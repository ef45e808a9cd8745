"""Versions of a form: of one form never two hold at once, and an old one stays readable."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from kb.actions.forms import begin_version, form_changed
from kb.models import Citation, FormTemplate
from people.models import AuditEntry
from tests.factories.kb import FormTemplateFactory, RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
NEXT_YEAR = dt.date(2027, 1, 1)


def test_a_new_version_takes_over_wording_fields_and_basis_but_not_the_file(member, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    RegulationVersionFactory(regulation=RegulationFactory(title="江城区办法"), articles={"3": ["应当记录。"]})
    form = FormTemplateFactory(basis_text="《江城区办法》第三条", form_fields=[("地点", "line"), ("签名", "signature")])
    form.upload.save("旧.docx", ContentFile(b"old"))
    new = begin_version(form, by=member("lin"), valid_from=NEXT_YEAR, label="2027年版")
    form.refresh_from_db()
    assert form.valid_to == new.valid_from == NEXT_YEAR
    assert [field.name for field in new.form_fields.all()] == ["地点", "签名"]
    assert form.form_fields.count() == 2
    assert not new.upload
    assert Citation.objects.of_source(new).get().status == "resolved"
    assert AuditEntry.objects.filter(verb="另立文书新版本", target_id=str(new.pk)).exists()


def test_a_version_that_begins_before_the_latest_is_refused(member):
    form = FormTemplateFactory()
    with pytest.raises(ValidationError, match="2026-01-01"):
        begin_version(form, by=member("lin"), valid_from=form.valid_from, label="重复")
    assert FormTemplate.objects.count() == 1


def test_only_editors_change_forms(member):
    form = FormTemplateFactory()
    for name in ("chen", "gao", "zhou"):
        with pytest.raises(PermissionDenied):
            begin_version(form, by=member(name), valid_from=NEXT_YEAR, label="2027年版")
        with pytest.raises(PermissionDenied):
            form_changed(form, by=member(name))


def test_on_each_day_one_version_at_most_is_in_force():
    form = FormTemplateFactory()
    begin_version(form, by=None, valid_from=NEXT_YEAR, label="2027年版")
    begin_version(form, by=None, valid_from=dt.date(2028, 1, 1), label="2028年版")
    days = [dt.date(2026, 6, 1), dt.date(2026, 12, 31), NEXT_YEAR, dt.date(2029, 1, 1)]
    labels = [FormTemplate.objects.in_force(day).get().version_label for day in days]
    assert labels == ["2026年版", "2026年版", "2027年版", "2028年版"]
    assert not FormTemplate.objects.in_force(dt.date(2025, 12, 31)).exists()


def test_the_database_refuses_two_versions_of_a_day_and_an_end_before_the_beginning():
    form = FormTemplateFactory()
    for wrong in ({"valid_from": form.valid_from}, {"valid_from": NEXT_YEAR, "valid_to": NEXT_YEAR}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FormTemplateFactory(code=form.code, **wrong)
