"""Where maintenance is, who asked for it, and since when it is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("uptime", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="maintenance",
            name="site",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="maintenance",
            name="requested_by",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="maintenance",
            name="known_us",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="maintenance",
            index=models.Index(
                fields=["provider", "state", "start_us"], name="maintenance_calendar"
            ),
        ),
    ]
