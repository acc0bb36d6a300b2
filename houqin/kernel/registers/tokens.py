"""Keys for programs: a person's token for the API, kept only as its digest, with an end."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models

from .. import clock

LIFE = timedelta(days=180)


def _end() -> date:
    return clock.today() + LIFE


class ApiToken(models.Model):
    """What a program shows instead of a person's password."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60, blank=True)
    start = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField(default=clock.today)
    used_on = models.DateField(null=True)
    ends_on = models.DateField(default=_end)

    class Meta:
        app_label = "kernel"

    def __str__(self) -> str:
        return f"{self.start}…"

    @classmethod
    def make(cls, user: Any, name: str = "") -> tuple[Self, str]:
        """(row, the token itself); the token is shown this once."""
        text = secrets.token_urlsafe(32)
        return cls.objects.create(user=user, name=name[:60], start=text[:6], digest=_digest(text)), text

    @classmethod
    def holder(cls, text: str) -> Any:
        """The active person whose valid token this is, or None. Notes the day of use, at most once a day."""
        today = clock.today()
        token = cls.objects.select_related("user").filter(digest=_digest(text), ends_on__gt=today).first()
        if token is None or not token.user.is_active:
            return None
        if token.used_on != today:
            cls.objects.filter(pk=token.pk).update(used_on=today)
        return token.user


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
