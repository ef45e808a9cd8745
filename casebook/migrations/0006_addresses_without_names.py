from django.db import migrations


def use_numbers(apps, schema_editor) -> None:
    """What was typed for an address may hold a name: back to the number, which every case has."""
    Case, FormerAddress = (apps.get_model("casebook", name) for name in ("Case", "FormerAddress"))
    typed = [case for case in Case.objects.only("slug", "case_no") if case.slug != case.case_no.lower()]
    for case in typed:
        if not Case.objects.filter(slug=case.case_no.lower()).exists():
            FormerAddress.objects.create(case=case, slug=case.slug)
            Case.objects.filter(pk=case.pk).update(slug=case.case_no.lower())


class Migration(migrations.Migration):
    dependencies = [("casebook", "0005_addresses")]

    operations = [migrations.RunPython(use_numbers, migrations.RunPython.noop)]
