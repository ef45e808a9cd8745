"""执法文书: changing a form, and beginning a new version of it. Of one form never two versions hold at once."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from kb.forms.citations import link_form
from kb.models import FormTemplate
from kb.permissions import can_edit_forms, require
from people import audit
from people.models import User

NOT_COPIED = ("id", "upload", "updated_at")


@transaction.atomic
def form_changed(form: FormTemplate, *, by: User | None) -> None:
    """What follows from a saved form: its versions meet, its basis is linked. Raises PermissionDenied."""
    require(by is None or can_edit_forms(by), "修改执法文书")
    settle_versions(form.code)
    form.refresh_from_db(fields=["valid_to"])
    link_form(form)
    audit.record(by=by, verb="修改执法文书", target=form)


@transaction.atomic
def begin_version(form: FormTemplate, *, by: User | None, valid_from: dt.date, label: str) -> FormTemplate:
    """A new version with the wording and fields of this one, to be edited; this one ends that day.

    The site's own file is not taken over: it is a file of the old version. Raises PermissionDenied,
    and ValidationError when the day is not after the beginning of the latest version.
    """
    require(by is None or can_edit_forms(by), "修改执法文书")
    latest = FormTemplate.objects.filter(code=form.code).order_by("-valid_from")[0]
    if valid_from <= latest.valid_from:
        raise ValidationError(
            f"最近的版本（{latest.version_label}）自 {latest.valid_from.isoformat()} 起使用；新版本的启用日期应当更晚。"
        )
    copied = {f.name: getattr(form, f.name) for f in form._meta.fields if f.name not in NOT_COPIED}
    new = FormTemplate(**copied | {"version_label": label, "valid_from": valid_from, "valid_to": None})
    new.save()
    for field in form.form_fields.all():
        field.pk, field.template = None, new
        field.save()
    settle_versions(form.code)
    link_form(new)
    audit.record(by=by, verb="另立文书新版本", target=new, detail=f"沿用{form.version_label}")
    return new


def settle_versions(code: str) -> None:
    """Each version ends where the next begins, unless it ended before."""
    versions = list(FormTemplate.objects.filter(code=code).order_by("valid_from"))
    for version, following in zip(versions, versions[1:], strict=False):
        if version.valid_to is None or version.valid_to > following.valid_from:
            version.valid_to = following.valid_from
            version.save(update_fields=["valid_to", "updated_at"])
