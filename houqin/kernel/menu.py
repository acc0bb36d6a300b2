"""The menu: groups of register keys and other pages, and the frame around every page made from it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from . import access
from .counting import answered, counting


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
_menus: dict[tuple[int, str | None], tuple[Any, list[dict[str, Any]]]] = {}
MOST = 500


def group(key: str, label: Any, icon: str, *entries: Any) -> Group:
    return Group(key, label, icon, entries)


def use(groups: Any, tabs: Any = ()) -> None:
    """Make these the product's menu (site/menu.py); `tabs` are the phone's: (label, url or route name, icon)."""
    _groups[:], _tabs[:] = groups, tabs
    _menus.clear()
    _addressed.cache_clear()


def address(url: str) -> str:
    """An address as it is, or the address of a route's name."""
    return url if url.startswith("/") else reverse(url)


def shell(request: Any) -> dict[str, Any]:
    """What shell.html draws: menu by right, current item, what waits for the user, week, unread messages."""
    from .registers.contributions import asked

    user = request.user
    waiting, unread = _waiting(user)
    groups = [_counted(one, waiting) for one in _menu(user)]
    _mark(groups, request.path)
    tabs = [{"label": t, "url": u, "icon": i, "on": u == request.path} for t, u, i in _addressed()]
    return {
        "groups": groups, "tabs": tabs, "user": user, "roles_label": getattr(user, "title", ""), "unread": unread,
        "week": next(iter(asked("pill")), None), "school": next(iter(asked("school")), ""), "links": {},
        "demo": getattr(settings, "DEMO", False), "languages": settings.LANGUAGES, "waiting": sum(waiting.values()),
    }  # fmt: skip


def _waiting(user: Any) -> tuple[dict[str, int], int]:
    """({register key: how many wait for the user}, unread messages): for all areas in one statement."""
    if not user.is_authenticated:
        return {}, 0
    keys, questions = _questions(user)
    found = user.__dict__.pop("_waiting", None) or answered(questions)
    total = dict.fromkeys(keys, 0)
    for key, count in zip(keys, found, strict=False):
        total[key] += count
    return total, sum(found[len(keys) :])


def questions(user: Any) -> list[Any]:
    """What the shell will count; a page that counts anyway asks it too and hands the answers to `answer`."""
    return _questions(user)[1]


def answer(user: Any, found: list[int]) -> None:
    user.__dict__["_waiting"] = found


def _questions(user: Any) -> tuple[list[str], list[Any]]:
    """(register keys of the waiting records, SQL of everything counted): compiled for some seconds, asked each time."""
    from .registers.contributions import asked

    def compiled() -> tuple[list[str], list[Any]]:
        waiting = asked("waiting", user)
        return [q.model._meta.label_lower for q in waiting], [counting(q) for q in [*waiting, *asked("unread", user)]]

    return access.kept(user, "menu", compiled)


@cache
def _addressed() -> list[tuple[Any, str, str]]:
    return [(label, address(url), glyph) for label, url, glyph in _tabs]


def _menu(user: Any) -> list[dict[str, Any]]:
    """The groups as somebody with these rights sees them in this language: made once, as people share their rights."""
    rights, language = access.grants(user), get_language()
    kept = _menus.get((id(rights), language))
    if kept is None or kept[0] is not rights:
        if len(_menus) > MOST:
            _menus.clear()
        kept = _menus[id(rights), language] = rights, [made for one in _groups if (made := _shown(one, user))]
    return kept[1]


def _counted(one: dict[str, Any], waiting: dict[str, int]) -> dict[str, Any]:
    """A group for one page: with numbers, and free to be marked."""
    own = [dict(item) for item in one["own"]]
    count = sum(waiting.get(key, 0) for key in one["keys"])
    return one | {"own": own, "items": own if one["items"] else [], "count": count}


def _shown(one: Group, user: Any) -> dict[str, Any] | None:
    from .registers.base import registry

    items = []
    for entry in one.entries:
        key, verb = (entry, "view") if isinstance(entry, str) else (entry.register, entry.verb)
        register = registry.get(key) if key else None
        if key and (register is None or not access.may(user, register.model, verb)):
            continue
        label = register.title if isinstance(entry, str) and register else entry.label
        url = reverse(register.model.url_name("list")) if isinstance(entry, str) and register else address(entry.url)
        items.append({"label": str(label), "url": url, "on": False})
    if not items:
        return None
    keys = [entry for entry in one.entries if isinstance(entry, str)]
    lone = len(items) == 1 and not keys
    return {
        "key": one.key, "label": str(one.label), "icon": one.icon, "url": items[0]["url"], "on": False, "keys": keys,
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
