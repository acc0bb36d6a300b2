"""What happened, to what, by whom. Written inside the transaction; told after it."""

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from . import clock

log = logging.getLogger(__name__)
Reaction = Callable[["Event"], Any]
_reactions: dict[str, list[Reaction]] = defaultdict(list)
_afters: dict[str, list[Reaction]] = defaultdict(list)


class Unchangeable(RuntimeError):
    """History is written once."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> int:
        raise Unchangeable("events are never changed")

    def delete(self) -> Any:
        raise Unchangeable("events are never deleted")

    def about(self, record: models.Model) -> "EventQuerySet":
        kind = ContentType.objects.get_for_model(record)
        return self.filter(subject_type=kind, subject_id=record.pk)


class Event(models.Model):
    """One line of the history: an act, its record, its actor, and the particulars given."""

    name = models.CharField(max_length=100)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    particulars = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        app_label = "kernel"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["name", "at"], name="event_name_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.subject_id}"

    @property
    def past(self) -> str:
        return self.name.rpartition(".")[2]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchangeable("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise Unchangeable("events are never deleted")

    @classmethod
    def of(cls, name: str, subject: models.Model, by: Any, particulars: dict[str, Any], at: Any = None) -> "Event":
        """An event not yet written; `at` only for history that is told later (imports, the demo school)."""
        kind = ContentType.objects.get_for_model(subject)
        text = json.dumps(particulars, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return cls(
            name=name, actor=by, subject_type=kind, subject_id=subject.pk, particulars=particulars,
            digest=digest, at=at or clock.now(),
        )  # fmt: skip

    @classmethod
    def record(cls, name: str, subject: models.Model, /, *, by: Any, **particulars: Any) -> "Event":
        """Write what happened, let others react in this transaction, and tell it once committed."""
        event = cls.of(name, subject, by, particulars)
        event.subject = subject
        event.save()
        for react in _heard(_reactions, name):
            react(event)
        if _heard(_afters, name):
            transaction.on_commit(event.tell)
        return event

    def tell(self) -> None:
        for tell in _heard(_afters, self.name):
            try:
                tell(self)
            except Exception:
                log.exception("after %s failed", self.name)


def _heard(listeners: dict[str, list[Reaction]], name: str) -> list[Reaction]:
    """Whoever listens to an event; asking leaves no empty entry behind."""
    return [*listeners.get(name, ()), *listeners.get("*", ())]


def record_many(events: Iterable[Event]) -> list[Event]:
    """Write many events at once; reactions to "*" see each, named reactions do not run (bulk is quiet)."""
    return Event.objects.bulk_create(list(events), batch_size=2000)


def on(name: str) -> Callable[[Reaction], Reaction]:
    """React in the same transaction: if the reaction fails, nothing happened. "*" hears everything."""
    return lambda fn: _reactions[name].append(fn) or fn  # type: ignore[func-returns-value]


def after(name: str) -> Callable[[Reaction], Reaction]:
    """React once the transaction is committed; a failure is logged and undoes nothing."""
    return lambda fn: _afters[name].append(fn) or fn  # type: ignore[func-returns-value]
