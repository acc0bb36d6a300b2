"""The menu's declaration: groups of register keys and of pages that are not registers."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """A page of the menu that is no register: shown to those who may do `verb` in `register` (None: everybody)."""

    label: Any
    url: str
    register: str | None = None
    verb: str = "view"


@dataclass(frozen=True)
class Group:
    """One of the twelve groups; `entries` are register keys or Entry objects, in order."""

    key: str
    label: Any
    icon: str
    entries: tuple[Any, ...]


def group(key: str, label: Any, icon: str, *entries: Any) -> Group:
    return Group(key, label, icon, entries)
