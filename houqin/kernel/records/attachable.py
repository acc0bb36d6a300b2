"""Pictures and papers that belong to a record."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy

from .. import clock
from ..verbs import Photos, verb
from .base import Record


class Attachment(models.Model):
    """A picture or a paper, with who brought it and when; it is seen by whoever sees its record."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    file = models.FileField(upload_to="attachments/%Y/%m")
    thumbnail = models.FileField(upload_to="attachments/%Y/%m", blank=True)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stage = models.CharField(max_length=20, blank=True)
    taken_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="attachment_subject")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.mime.startswith("image/")


class Attachable(Record):
    """A record with pictures and papers."""

    class Meta:
        abstract = True

    @property
    def attachments(self) -> Any:
        return Attachment.objects.filter(subject_type=self.kind, subject_id=self.pk).order_by("id")

    def attach(self, files: Any, *, by: Any, stage: str = "") -> list[Attachment]:
        """Keep uploaded files: pictures re-encoded without position, papers as they are. Raises ValidationError."""
        from ..files import keep_all

        return keep_all(files or [], self, by=by, stage=stage)

    @verb(gettext_lazy("Add pictures or papers"), past="attached", icon="camera")
    def add_files(self, *, by: Any, files: Photos) -> None:
        """Up to nine at a time."""
        self.attach(files, by=by)
