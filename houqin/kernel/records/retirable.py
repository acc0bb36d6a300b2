"""Records that go out of use but stay in the books (a room, a person, a category)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import clock
from ..verbs import verb
from .base import Record, RecordQuerySet


class RetirableQuerySet(RecordQuerySet):
    def active(self) -> Self:
        return self.filter(retired_at=None)


class Retirable(Record):
    """Something that can be retired and brought back; it is never deleted."""

    retired_at = models.DateTimeField(gettext_lazy("retired at"), null=True, editable=False)

    objects: ClassVar[Any] = RetirableQuerySet.as_manager()

    class Meta:
        abstract = True

    def _out(self, by: Any) -> str | None:
        return _("It is already out of use.") if self.retired_at else None

    def _in(self, by: Any) -> str | None:
        return None if self.retired_at else _("It is in use.")

    @verb(gettext_lazy("Retire"), past="retired", when=_out, icon="archive", tone="danger")
    def retire(self, *, by: Any, reason: str = "") -> None:
        """It can no longer be chosen; what refers to it stays as it was."""
        self.retired_at = clock.now()

    @verb(gettext_lazy("Bring back"), past="restored", when=_in, icon="arrow-back-up")
    def restore(self, *, by: Any) -> None:
        """It can be chosen again."""
        self.retired_at = None
