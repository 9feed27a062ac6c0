"""The table of answers kept for callers who repeat a call."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caller", models.CharField(max_length=120)),
                ("key", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("body", models.TextField(blank=True, default="")),
                ("expires_us", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["expires_us"], name="answer_expires")],
                "constraints": [
                    models.UniqueConstraint(fields=("caller", "key"), name="one_answer")
                ],
            },
        ),
    ]
