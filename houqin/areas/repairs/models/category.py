"""What kinds of things break, and who sees to them."""

from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.records import Retirable
from houqin.school.people.models import Department

from .catalogue import CATALOGUE


class Category(Retirable):
    """A kind of damage, with its usual symptoms and the team that mends it."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    icon = models.CharField(_("icon"), max_length=40, default="tool")
    symptoms = models.TextField(_("usual symptoms"), blank=True, help_text=_("Separate them by spaces or lines."))
    team = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible team")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    said_by = "name icon"

    class Meta:
        verbose_name = _("repair category")
        verbose_name_plural = _("repair categories")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def chips(self) -> list[str]:
        return self.symptoms.split()


def seed(**_kwargs: Any) -> None:
    """After every migrate: a school without any category gets the usual ones."""
    if Category._meta.db_table not in connection.introspection.table_names() or Category.objects.exists():
        return
    for position, (name, icon, words) in enumerate(CATALOGUE):
        Category.add(by=None, name=name, icon=icon, symptoms=words, position=position)
