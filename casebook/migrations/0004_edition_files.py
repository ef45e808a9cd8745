from django.db import migrations, models

import content.storage


class Migration(migrations.Migration):
    dependencies = [
        ("casebook", "0003_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="issuefile",
            name="contents",
            field=models.TextField(blank=True, default="", verbose_name="收录内容"),
        ),
        migrations.AlterField(
            model_name="issuefile",
            name="file",
            field=models.FileField(
                max_length=200, storage=content.storage.private_storage, upload_to="editions/", verbose_name="文件"
            ),
        ),
    ]
