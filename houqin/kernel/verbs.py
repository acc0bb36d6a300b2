"""Verbs: the named acts a record allows.

A verb's signature is its form, its past tense the event, its name the right.
"""

import inspect
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from .events import Event


class NotAllowed(Exception):
    """A sentence for the clerk: why this cannot be done now."""


class Lines:
    """Annotation of a parameter that takes rows of a document: `materials: Lines = "materials"` of the record."""


class Photos:
    """Annotation of a parameter that takes pictures; the verb attaches them itself (`self.attach(...)`)."""


When = Callable[[Any, Any], "str | None"]


class Verb:
    """One declared act. `takes` is what it asks for; `refusal` says why not; called on a record it happens."""

    name: str

    def __init__(self, fn: Callable[..., Any], **words: Any) -> None:
        self.fn = fn
        self.label, self.sources, self.to, self.past = words["label"], words["sources"], words["to"], words["past"]
        self.when: When | None = words["when"]
        self.icon, self.tone, self.bulk = words["icon"], words["tone"], words["bulk"]
        self.__doc__ = fn.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, record: Any, owner: Any = None) -> Any:
        return self if record is None else BoundVerb(self, record)

    @cached_property
    def takes(self) -> dict[str, inspect.Parameter]:
        """{name: Parameter} of what the verb asks for, in order; `by` is not asked."""
        params = inspect.signature(self.fn).parameters.values()
        return {p.name: p for p in params if p.kind is p.KEYWORD_ONLY and p.name != "by"}

    def fits(self, record: Any) -> bool:
        """May it start from the record's state? Asked first where no sentence is needed, as that takes time."""
        return not self.sources or record.state in self.sources

    def refusal(self, record: Any, by: Any = None) -> str | None:
        """Why this cannot be done now, or None."""
        if reason := record.barred():
            return reason
        if self.sources and record.state not in self.sources:
            return _("“%(verb)s” is not possible while it is “%(state)s”.") % {
                "verb": self.label,
                "state": record.get_state_display(),
            }
        return self.when(record, by) if self.when else None


class BoundVerb:
    """A verb of one record; calling it is the only way to its next state."""

    def __init__(self, verb: Verb, record: Any) -> None:
        self.verb, self.record = verb, record

    @property
    def refusal(self) -> str | None:
        return self.verb.refusal(self.record)

    def __call__(self, *, by: Any, **given: Any) -> Event:
        """Lock, re-read, ask whether it may happen, do it, check, save, record. Raises NotAllowed, ValidationError."""
        verb, record = self.verb, self.record
        with transaction.atomic():
            record.lock()
            if reason := verb.refusal(record, by):
                raise NotAllowed(reason)
            was = getattr(record, "state", None)
            before = record.values()
            extra = verb.fn(record, by=by, **given)
            if verb.to:
                record.state = verb.to
            record.keep(before)
            facts = {"was": was, "now": getattr(record, "state", None)} | {k: plain(v) for k, v in given.items()}
            return Event.record(f"{record._meta.label_lower}.{verb.past}", record, by=by, **facts | (extra or {}))


class Verbs:
    """All the verbs of a class, its traits' included, in the order they were written (the class's own first)."""

    def __get__(self, record: Any, owner: type) -> dict[str, Verb]:
        if "_verbs" not in owner.__dict__:
            own: dict[str, Verb] = {}
            for cls in owner.__mro__:
                for name, value in vars(cls).items():
                    if isinstance(value, Verb) and isinstance(inspect.getattr_static(owner, name), Verb):
                        own.setdefault(name, inspect.getattr_static(owner, name))
            owner._verbs = own  # type: ignore[attr-defined]
        return owner._verbs  # type: ignore[attr-defined]


def verb(
    label: Any, *sources: Any, to: Any = None, past: str, when: When | None = None,
    icon: str = "arrow-right", tone: str = "", bulk: bool = False,
) -> Callable[[Callable[..., Any]], Any]:  # fmt: skip
    """Declare an act: its label, the states it may start from (none = any), where it ends, how its past tense reads.

    `when(record, by)` returns a sentence that says why not, or None. `tone` is "primary", "danger" or "". `bulk` offers
    it for several records at once. The body gets `by` and the parameters as keywords; what it returns (a dict) joins
    the event's particulars.
    """
    words = {"label": label, "sources": sources, "to": to, "past": past, "when": when}
    return lambda fn: Verb(fn, **words, icon=icon, tone=tone, bulk=bulk)


def asked(param: inspect.Parameter) -> tuple[Any, list[Any]]:
    """(type, extras) of a parameter annotated `Annotated[str, _("reason"), …]` or plainly."""
    if typing.get_origin(param.annotation) is typing.Annotated:
        kind, *extras = typing.get_args(param.annotation)
        return kind, extras
    return param.annotation, []


def plain(value: Any) -> Any:
    """A value as it stands in an event: readable without a query, and JSON."""
    if isinstance(value, Model):
        return {"id": value.pk, "text": str(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k != "id"}
    if isinstance(value, list | tuple | set) or hasattr(value, "iterator"):
        return [plain(v) for v in value]
    if isinstance(value, File):
        return value.name
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)
