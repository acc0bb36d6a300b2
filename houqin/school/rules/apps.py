from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RulesConfig(AppConfig):
    name = "houqin.school.rules"
    label = "rules"

    def ready(self) -> None:
        from .models import seed

        post_migrate.connect(seed, sender=self)
