"""Panels: the cards of a record's page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class Panel:
    """A card of a record's page: a title and either facts (field names), a template, rows of lines, or linked records.

    Exactly one of `facts` ("place worker due_on"), `template` (with `context(record, user)`), `lines` (the related name
    of the document's rows), `linked` (a function (record, user) → queryset of another register's records; shown as that
    register's cards, at most `limit`, with a link to all) or `builtin` ("timeline", "attachments") is given. A panel
    whose `when(record, user)` is false is not shown.
    """

    title: Any = ""
    facts: str = ""
    template: str = ""
    context: Callable[[Any, Any], dict[str, Any]] | None = None
    lines: str = ""
    linked: Callable[[Any, Any], Any] | None = None
    builtin: str = ""
    when: Callable[[Any, Any], bool] | None = None
    limit: int = 5
    more: Callable[[Any], str] | None = None
    """The query of the other register's list that shows all linked records: `lambda record: f"place={record.pk}"`."""
