"""What an upper register adds to a lower page, collected by name: the lower register knows none of them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_given: dict[str, list[Any]] = defaultdict(list)


def contribute(place: str, thing: Any) -> Any:
    """Add `thing` at a named place.

    Places: "panel:<register key>" and "side:<register key>" (Panel objects on a record's page), "action:<register key>"
    (a function (record, user) → {label, url, icon} or None: a button), "todo" (a function (user) → list of dicts
    {kind, title, meta, url, due, tone, label}), "alert" (function (user) → list of {group, title, meta, badge, tone,
    url}), "quick" (function (user) → {label, icon, url} or None), "chart" (function (user) → dict or None),
    "block" (function (user) → markup of a desk card or None), "open:person" (function (person) → list of open items),
    "waiting" (function (user) → queryset of the records of one register that wait for him: the numbers of the menu),
    "unread" (function (user) → queryset of his unread messages), "pill" (function () → {label, range} of this week),
    "week" (function (day) → (first, last) of the school's week), "school" (function () → its name),
    "qr:<register key>" (a function (record, user) → list of {label, url, icon} for the page behind a printed code).
    """
    _given[place].append(thing)
    return thing


def given(place: str) -> list[Any]:
    return _given[place]


def asked(place: str, *args: Any) -> list[Any]:
    """Call every function given at a place and keep what is not None; lists are joined."""
    found: list[Any] = []
    for fn in _given[place]:
        answer: Callable[..., Any] | Any = fn(*args)
        if isinstance(answer, list | tuple):
            found.extend(answer)
        elif answer is not None:
            found.append(answer)
    return found
