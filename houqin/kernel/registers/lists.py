"""A list on its way to the page: what the address asks for, the rows, the tabs with their counts, the pages."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from .. import access
from ..counting import CAP, Counting, answered, counting
from . import filters, search
from .base import registry
from .columns import Column, columns
from .views_saved import SavedView

PAGE = 50


def matching(model: Any, text: str) -> Any:
    """Primary keys (a subquery) of the records whose searched text matches."""
    register = registry.get(model._meta.label_lower)
    if register is not None and register.search:
        return search.matching(model, text)
    found = Q(pk__in=[])
    for field in [f for f in model._meta.concrete_fields if f.get_internal_type() == "CharField"][:2]:
        found |= Q(**{f"{field.name}__icontains": text})
    return model._default_manager.filter(found).order_by().values("pk")


def words_of(count: int) -> str:
    return f"{CAP:,}+" if count > CAP else f"{count:,}"


def narrowed(register: Any, user: Any, params: QueryDict) -> Any:
    """All records an address of the list asks for, in its order: the page, the sheet and bulk verbs start here."""
    return Listing(register, user, params).ordered


@dataclass
class TabShown:
    """A tab as the page draws it."""

    label: str
    url: str
    on: bool
    count: str | None = None
    late: bool = False
    view: int | None = None


class Listing:
    """One request for a list. Nothing is asked of the database before it is read."""

    def __init__(self, register: Any, user: Any, params: QueryDict) -> None:
        self.register, self.user, self.params = register, user, params
        self.beside: list[Counting] = []
        """What else to count in the statement of the tabs; the answers go to `answers`."""
        self.answers: list[int] = []

    # what is asked -----------------------------------------------------------

    @cached_property
    def saved(self) -> tuple[list[SavedView], list[str]]:
        return SavedView.of(self.user, self.register)

    @cached_property
    def chosen(self) -> list[Column]:
        known = columns(self.register)
        wanted = self.params.getlist("columns") or self.saved[1]
        names = [name for name in wanted if name in known] or self.register.names("columns")
        return [known[name] for name in names]

    @cached_property
    def tab(self) -> Any:
        """The register's tab in the address; its first one when the address names none and filters nothing."""
        asked = self.params.get("tab")
        tabs = self.register.tabs
        return next((tab for tab in tabs if tab.key == asked), tabs[0] if tabs and asked is None else None)

    @cached_property
    def text(self) -> str:
        return self.params.get("q", "").replace("\x00", "").strip()[:100]

    @cached_property
    def applied(self) -> dict[str, list[str]]:
        return filters.applied(self.register, self.params)

    @cached_property
    def sort(self) -> str:
        """The order asked for, as a field path; the register's own otherwise."""
        asked = self.params.get("sort", "")
        column = columns(self.register).get(asked.lstrip("-"))
        return asked[: asked.startswith("-")] + column.sort if column and column.sort else self.register.order

    # the records ---------------------------------------------------------------

    @cached_property
    def seen(self) -> Any:
        return self.register.queryset(self.user)

    def under(self, tab: Any, params: QueryDict, text: str) -> Any:
        found = tab.narrow(self.seen, self.user) if tab else self.seen
        found = filters.narrowed(self.register, found, params)
        return found.filter(pk__in=matching(self.register.model, text)) if text else found

    @cached_property
    def queryset(self) -> Any:
        return self.under(self.tab, self.params, self.text)

    @cached_property
    def ordering(self) -> list[str]:
        names = self.sort.replace(",", " ").split()
        return names if names[-1].lstrip("-") in ("pk", "id") else [*names, "-pk"]

    @property
    def ordered(self) -> Any:
        return self.queryset.order_by(*self.ordering)

    # how many --------------------------------------------------------------------

    def _tabs_asked(self) -> dict[Any, Counting]:
        return {t.key: counting(t.narrow(self.seen, self.user)) for t in self.register.tabs if t.counted}

    @cached_property
    def counts(self) -> dict[Any, int]:
        """{tab key or saved view: rows, None: this list}: one statement."""
        asked: dict[Any, Counting] = dict(access.kept(self.user, self.register, self._tabs_asked))
        for view in self.saved[0]:
            listing = Listing(self.register, self.user, view.params)
            listing.seen = self.seen
            asked[view.pk] = counting(listing.queryset)
        if self.applied or self.text or self.tab is None or not self.tab.counted:
            asked[None] = counting(self.queryset)
        numbers = answered([*asked.values(), *self.beside])
        found, self.answers = dict(zip(asked, numbers, strict=False)), numbers[len(asked) :]
        return found if None in found else found | {None: found[self.tab.key]}

    @property
    def count(self) -> int:
        return self.counts[None]

    @cached_property
    def tabs(self) -> list[TabShown]:
        view = self.params.get("view", "")
        viewed = view in {str(row.pk) for row in self.saved[0]}
        shown = []
        for tab in self.register.tabs:
            count = self.counts.get(tab.key)
            text = None if count is None else words_of(count)
            on = tab is self.tab and not viewed
            shown.append(TabShown(str(tab.label), f"?tab={tab.key}", on, text, tab.late and bool(count)))
        for row in self.saved[0]:
            url = f"?{row.query}{'&' * bool(row.query)}view={row.pk}"
            shown.append(
                TabShown(row.name, url, viewed and view == str(row.pk), words_of(self.counts[row.pk]), view=row.pk)
            )
        return shown

    # the page ----------------------------------------------------------------------

    def link(self, **changes: Any) -> str:
        """The address with some words changed (None drops a word); a change of anything goes back to page one."""
        params = self.params.copy()
        for word in ("page", "after", "before", *changes):
            params.pop(word, None)
        for word, value in changes.items():
            if value is not None:
                params.setlist(word, value if isinstance(value, list) else [str(value)])
        return "?" + params.urlencode()
