"""The menu: groups of register keys and other pages, and the frame around every page made from it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from . import access


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


_groups: list[Group] = []
_tabs: list[tuple[Any, str, str]] = []


def group(key: str, label: Any, icon: str, *entries: Any) -> Group:
    return Group(key, label, icon, entries)


def use(groups: Any, tabs: Any = ()) -> None:
    """Make these the product's menu (site/menu.py); `tabs` are the phone's: (label, url or route name, icon)."""
    _groups[:], _tabs[:] = groups, tabs


def address(url: str) -> str:
    """An address as it is, or the address of a route's name."""
    return url if url.startswith("/") else reverse(url)


def shell(request: Any) -> dict[str, Any]:
    """What shell.html draws: menu by right, current item, what waits for the user, week, unread messages."""
    from .registers.contributions import asked

    user = request.user
    waiting, unread = _waiting(user)
    groups = [shown for one in _groups if (shown := _shown(one, user, waiting))]
    _mark(groups, request.path)
    tabs = [{"label": t, "url": address(u), "icon": i, "on": address(u) == request.path} for t, u, i in _tabs]
    return {
        "groups": groups, "tabs": tabs, "user": user, "roles_label": getattr(user, "title", ""), "unread": unread,
        "week": next(iter(asked("pill")), None), "school": next(iter(asked("school")), ""), "links": {},
        "demo": getattr(settings, "DEMO", False), "languages": settings.LANGUAGES, "waiting": sum(waiting.values()),
    }  # fmt: skip


def _waiting(user: Any) -> tuple[dict[str, int], int]:
    """({register key: how many wait for the user}, unread messages): for all areas in one statement."""
    from .registers.contributions import asked
    from .registers.lists import counted

    if not user.is_authenticated:
        return {}, 0
    querysets = asked("waiting", user)
    found = counted([*querysets, *asked("unread", user)])
    unread = sum(found[len(querysets) :])
    total: dict[str, int] = {}
    for queryset, count in zip(querysets, found, strict=False):
        key = queryset.model._meta.label_lower
        total[key] = total.get(key, 0) + count
    return total, unread


def _shown(one: Group, user: Any, waiting: dict[str, int]) -> dict[str, Any] | None:
    from .registers.base import registry

    items = []
    for entry in one.entries:
        key, verb = (entry, "view") if isinstance(entry, str) else (entry.register, entry.verb)
        register = registry.get(key) if key else None
        if key and (register is None or not access.may(user, register.model, verb)):
            continue
        label = register.title if isinstance(entry, str) and register else entry.label
        url = reverse(register.model.url_name("list")) if isinstance(entry, str) and register else address(entry.url)
        items.append({"label": label, "url": url, "on": False})
    if not items:
        return None
    keys = [entry for entry in one.entries if isinstance(entry, str)]
    count = sum(waiting.get(key, 0) for key in keys)
    lone = len(items) == 1 and not keys
    return {
        "key": one.key, "label": one.label, "icon": one.icon, "url": items[0]["url"], "on": False, "count": count,
        "items": [] if lone else items, "own": items,
    }  # fmt: skip


def _mark(groups: list[dict[str, Any]], path: str) -> None:
    """The item whose address is the longest start of the page's."""
    found = [
        (item, one)
        for one in groups
        for item in one["own"]
        if path == item["url"] or item["url"] != "/" and path.startswith(item["url"])
    ]
    if found:
        item, one = max(found, key=lambda pair: len(pair[0]["url"]))
        item["on"] = one["on"] = True
