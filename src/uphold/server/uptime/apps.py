"""The app's name to Django."""

from django.apps import AppConfig


class UptimeConfig(AppConfig):
    """Maintenance, and later services, checks, evidence and outages."""

    name = "uphold.server.uptime"
    label = "uptime"

    def ready(self) -> None:
        """Lets the ledger write the rows of maintenance with its facts."""
        from uphold.server.ledger.projecting import register
        from uphold.server.uptime.projecting import MaintenanceProjector

        register(MaintenanceProjector())
