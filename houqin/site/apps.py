"""The composition root: every area's registers and reactions are read once, then menu and matrix are known."""

import tomllib
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

MATRIX = Path(__file__).with_name("matrix.toml")


def matrix() -> dict[str, Any]:
    """The matrix file with its groups written out: {"roles", "duties", "registers": {key: {role code: line}}}."""
    found = tomllib.loads(MATRIX.read_text(encoding="utf-8"))
    groups = {name: codes.split() for name, codes in found.get("groups", {}).items()}
    for key, lines in found["registers"].items():
        wide: dict[str, str] = {}
        own: dict[str, str] = {}
        for words, line in lines.items():
            for word in words.split():
                if word in groups:
                    wide |= dict.fromkeys(groups[word], line)
                else:
                    own[word] = line
        found["registers"][key] = wide | own
    return found


def seed_rights(**_: Any) -> None:
    """After every migrate: what is new in matrix.toml becomes grants."""
    from houqin.kernel import access
    from houqin.kernel.registers import registry

    access.seed(matrix(), lambda key: registry[key].words)


class SiteConfig(AppConfig):
    name = "houqin.site"
    label = "houqin_site"

    def ready(self) -> None:
        from houqin.kernel import menu

        from .menu import MENU, TABS

        autodiscover_modules("registers", "reactions", "jobs")
        menu.use(MENU, TABS)
        # Sent only for apps with tables of their own, once all of them are there.
        post_migrate.connect(seed_rights, sender=apps.get_app_config("kernel"))
