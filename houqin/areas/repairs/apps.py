from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RepairsConfig(AppConfig):
    name = "houqin.areas.repairs"
    label = "repairs"

    def ready(self) -> None:
        from .models.category import seed

        post_migrate.connect(seed, sender=self)
