"""At which providers somebody is known: to begin with, where they have a role."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def know(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Everybody is known where they have a role."""
    memberships = apps.get_model("accounts", "Membership").objects
    for row in memberships.select_related("person", "organisation"):
        row.person.known_at.add(row.organisation.provider_id or row.organisation_id)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_register")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="known_at",
            field=models.ManyToManyField(related_name="+", to="accounts.organisation"),
        ),
        migrations.RunPython(know, migrations.RunPython.noop),
    ]
