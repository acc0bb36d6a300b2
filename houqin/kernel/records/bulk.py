"""Many records at once: the same checks and the same history as `add`, in a few statements."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from ..events import Event, record_many
from ..verbs import plain
from .numbered import Numbered, NumberSeries, write_number

BATCH = 2000
_listeners: list[Any] = []


class RowErrors(Exception):
    """What is wrong in which row: {row index (from 0): ValidationError}. Nothing was written."""

    def __init__(self, errors: dict[int, ValidationError]) -> None:
        super().__init__(errors)
        self.errors = errors


def on_bulk(fn: Any) -> Any:
    """Hear of records written in bulk: fn(model, records), in the same transaction (the search index does)."""
    _listeners.append(fn)
    return fn


def written(model: type[Any], records: list[Any]) -> None:
    """Say that these records were written without an event of their own: added in bulk, or derived from another's."""
    for listener in _listeners:
        listener(model, records)


def add_many(
    model: type[Any], rows: Iterable[dict[str, Any]], *, by: Any, past: str = "added", now: str | None = None
) -> list[Any]:  # fmt: skip
    """Add one record a row (a dict of field values; relations as objects or `…_id`). All or nothing.

    A row may name its own `created_by`; `now` is the state the records began in when a row holds a later one.
    Returns the records with their primary keys, in order. Raises RowErrors. Many-to-many lists and lines are not taken.
    """
    with transaction.atomic():
        records = [model(**{"created_by": by} | row) for row in rows]
        _number(model, records)
        errors = {i: error for i, record in enumerate(records) if (error := _wrong(record))}
        if errors:
            raise RowErrors(errors)
        for part in _batches(records):
            model._default_manager.bulk_create(part)
            record_many(_added(record, past, now) for record in part)
            written(model, part)
    return records


def _number(model: type[Any], records: list[Any]) -> None:
    """One block of serials a year, in the order of the rows."""
    if not issubclass(model, Numbered):
        return
    by_year: dict[int, list[Any]] = {}
    for record in records:
        if not record.number:
            by_year.setdefault(record.number_year(), []).append(record)
    for year, group in by_year.items():
        sample = write_number(model.prefix, year, 0)
        plain_pattern = sample == f"{model.prefix}-{year}-0000"
        for record, serial in zip(group, NumberSeries.take(model.prefix, year, len(group)), strict=True):
            record.serial = serial
            record.number = (
                f"{model.prefix}-{year}-{serial:04d}" if plain_pattern else write_number(model.prefix, year, serial)
            )


def _wrong(record: Any) -> ValidationError | None:
    """The row's own errors; relations and uniqueness are left to the database's constraints, which also refuse all."""
    relations = [f.name for f in record._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    try:
        record.prepare(record.created_by)
        record.clean_fields(exclude=relations)
        record.clean()
    except ValidationError as error:
        return error
    return None


def _added(record: Any, past: str, now: str | None) -> Event:
    facts = {f.name: plain(getattr(record, f.attname)) for f in record._meta.concrete_fields if f.editable}
    name = f"{record._meta.label_lower}.{past}"
    state = now or getattr(record, "state", None)
    return Event.of(name, record, record.created_by, {"now": state} | facts, at=record.created_at)


def _batches(records: list[Any]) -> Iterator[list[Any]]:
    rows = iter(records)
    while part := list(islice(rows, BATCH)):
        yield part
