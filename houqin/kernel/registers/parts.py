"""The small declarations a register is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Tab:
    """A saved view that comes with the register: `narrow(queryset, user)` returns the queryset of the tab.

    `late` paints a count above zero red; `counted=False` shows no number (closed records: too many to count).
    """

    key: str
    label: Any
    narrow: Callable[[Any, Any], Any]
    late: bool = False
    counted: bool = True


@dataclass(frozen=True)
class Filter:
    """A filter on a field path; choices come from the field (or `choices`), dates get named ranges (this week, …)."""

    name: str
    label: Any = None
    choices: Callable[[], Any] | None = None
    narrow: Callable[[Any, Any], Any] | None = None


@dataclass(frozen=True)
class Card:
    """How a record stands in a phone's list and in lists of linked records; each a function of the record."""

    title: Callable[[Any], Any]
    meta: Callable[[Any], Any]
    icon: Callable[[Any], str] | None = None
    badge: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Sheet:
    """A printed form: a Typst template of the app (`templates/<app>/<name>.typ`) and what it is filled with.

    `fill(record, user)` returns plain data (dict, list, str, numbers) for the template; `many` prints several records
    in one file (labels, slips). `verb` is the right needed beside `view`.
    """

    name: str
    label: Any
    template: str
    fill: Callable[..., dict[str, Any]]
    many: bool = False
    verb: str = "view"
    options: dict[str, Any] = field(default_factory=dict)
