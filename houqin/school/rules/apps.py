from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "houqin.school.rules"
    label = "rules"
    verbose_name = _("rules and numbers")

    def ready(self) -> None:
        from .models import seed

        post_migrate.connect(seed, sender=self)
