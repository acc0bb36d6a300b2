"""The link from a record to whatever caused it, without knowing what kind that is."""

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .base import Record


class Originated(Record):
    """A record that may have been caused by another one (an inspection's finding, a plan's task)."""

    origin_type = models.ForeignKey(ContentType, models.PROTECT, null=True, editable=False, related_name="+")
    origin_id = models.PositiveBigIntegerField(null=True, editable=False)
    origin: Any = GenericForeignKey("origin_type", "origin_id")

    class Meta:
        abstract = True
