"""A new site knows the colloquial terms from the first query on; `load_synonyms` adds what ships later."""

import csv
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "synonyms.tsv"


def load(apps, schema_editor):
    synonym = apps.get_model("search", "Synonym")
    with SHIPPED.open(encoding="utf-8", newline="") as lines:
        rows = [
            synonym(
                colloquial=row["colloquial"],
                statutory=row["statutory"],
                relation=row["relation"],
                field=row["domain"] or "",
                note=row["note"] or "",
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    synonym.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
