"""What a person keeps about a list: named views of it, and the columns he wants to see."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import QueryDict

DROPPED = ("page", "after", "before", "view", "columns")


class SavedView(models.Model):
    """A list as somebody likes it: a name and the query of its address; the nameless one holds his columns."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    register = models.CharField(max_length=80)
    name = models.CharField(max_length=30, blank=True)
    query = models.TextField(blank=True)
    columns = models.CharField(max_length=400, blank=True)

    limit: ClassVar[int] = 12

    class Meta:
        app_label = "kernel"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "register", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def params(self) -> QueryDict:
        return QueryDict(self.query)

    @classmethod
    def of_user(cls, user: Any, register: Any) -> models.QuerySet["SavedView"]:
        """The user's named views of a register."""
        return cls.objects.filter(user=user, register=register.key).exclude(name="")

    @classmethod
    def of(cls, user: Any, register: Any) -> tuple[list["SavedView"], list[str]]:
        """(named views, names of the chosen columns) of a user for a register: one query."""
        rows = list(cls.objects.filter(user=user, register=register.key))
        chosen = next((row.columns.split() for row in rows if not row.name), [])
        return [row for row in rows if row.name], chosen

    @classmethod
    def keep(cls, user: Any, register: Any, name: str, params: QueryDict) -> "SavedView":
        """Save the list's address under a name; the same name again replaces it."""
        kept = params.copy()
        for word in DROPPED:
            kept.pop(word, None)
        key = {"user": user, "register": register.key, "name": name}
        return cls.objects.update_or_create(**key, defaults={"query": kept.urlencode()})[0]

    @classmethod
    def choose(cls, user: Any, register: Any, names: list[str]) -> None:
        """Keep which columns the user wants; none means the register's own."""
        key = {"user": user, "register": register.key, "name": ""}
        cls.objects.update_or_create(**key, defaults={"columns": " ".join(names[:30])[:400]})
