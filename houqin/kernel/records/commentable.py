"""Remarks in a record's history, with @mentions."""

from typing import Annotated, Any

from django.utils.translation import gettext_lazy

from ..verbs import verb
from .base import Record


class Commentable(Record):
    """A record people talk about; each remark is a line of its history."""

    class Meta:
        abstract = True

    @verb(gettext_lazy("Write a remark"), past="commented", icon="message-circle")
    def comment(self, *, by: Any, text: Annotated[str, gettext_lazy("remark")]) -> None:
        """Everybody who sees the record sees the remark; @name tells that person."""
