"""A record's page: header, verbs, stepper, panels."""

from functools import cache, cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from .. import access
from ..fields import Money
from ..records import Attachable
from ..records.base import choice_words
from ..ui import wording
from . import contributions
from .base import registry
from .columns import bind, fields_along, getter, label_of, state_html, writer
from .panels import Panel
from .parts import Sheet
from .render import fragment
from .timeline import told

ASIDE = ("comment", "add_files")
"""Verbs whose button stands in a panel's head, not in the page's."""
SHOWN = 3


class Detail:
    """One record as one user sees it now."""

    def __init__(self, register: Any, record: Any, user: Any) -> None:
        self.register, self.record, self.user = register, record, user

    # header ------------------------------------------------------------------

    @cached_property
    def heading(self) -> Any:
        return self.register.heading(self.record)

    @cached_property
    def subtitle(self) -> Any:
        return self.register.subtitle(self.record)

    @property
    def number(self) -> str:
        number = getattr(self.record, "number", "")
        return number if isinstance(number, str) and number != str(self.heading) else ""

    @cached_property
    def state(self) -> Any:
        if getattr(self.record, "voided_at", None) or getattr(self.record, "retired_at", None):
            words = _("Void") if getattr(self.record, "voided_at", None) else _("Out of use")
            return Markup('<span class="hq-st is-off">{}</span>').format(words)
        return state_html(self.record)

    @cached_property
    def offered(self) -> dict[str, Any]:
        return {verb.name: verb for verb in access.offered(self.user, self.record)}

    @cached_property
    def verbs(self) -> dict[str, list[Any]]:
        """primary (at most one), others (shown), rest (in the menu, dangers last)."""
        own = {name: verb for name, verb in self.offered.items() if name not in ASIDE}
        first = next((n for n in self.register.primary.split() if n in own), None)
        first = first or next((n for n, verb in own.items() if verb.tone == "primary"), None)
        primary = [own.pop(first)] if first else []
        mild = [verb for verb in own.values() if verb.tone != "danger"]
        danger = [verb for verb in own.values() if verb.tone == "danger"]
        return {"primary": primary, "others": mild[:SHOWN], "rest": mild[SHOWN:] + danger}

    @cached_property
    def amends(self) -> bool:
        refused = self.record.barred() or self.record.amend_refusal(self.user)
        return self.register.amends and not refused and access.may_on(self.user, self.record, "amend")

    @cached_property
    def sheets(self) -> list[Any]:
        """The register's own forms, then the one every record has."""
        own = [s for s in self.register.sheets if access.may(self.user, self.register.model, s.verb)]
        return [*own, Sheet("record", _("Record sheet") if own else _("Print"), "", fill=dict)]

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        return contributions.asked(f"action:{self.register.key}", self.record, self.user)

    def link(self, page: str, *args: Any) -> str:
        return reverse(self.register.model.url_name(page), args=[self.record.pk, *args])

    # story -----------------------------------------------------------------------

    @cached_property
    def events(self) -> list[Any]:
        """Newest first; one query feeds the timeline and the stepper."""
        return list(self.record.events.select_related("actor").order_by("-id")[:200])

    @cached_property
    def timeline(self) -> list[dict[str, Any]]:
        return [told(self.register, event, newest=n == 0) for n, event in enumerate(self.events)]

    @cached_property
    def steps(self) -> list[tuple[str, str, str]]:
        """(words, when reached, mark) of each step up to now; what lies ahead has no time."""
        if not self.register.steps:
            return []
        field = self.register.opts.get_field("state")
        labels = choice_words(field, get_language()) | self.register.step_words
        reached = {event.particulars.get("now"): event.at for event in self.events if event.particulars.get("now")}
        steps = [step if isinstance(step, tuple) else (step,) for step in self.register.steps]
        now = self.record.state
        here = next((i for i, step in enumerate(steps) if now in step), None)
        last = max((i for i, step in enumerate(steps) if set(step) & set(reached)), default=-1)
        shown = []
        for i, step in enumerate(steps):
            at = next((reached[s] for s in step if s in reached), None)
            past = i < here if here is not None else i <= last
            mark = "now" if i == here and here < len(steps) - 1 else "ok" if past or i == here else ""
            words = labels.get(now if i == here else step[0], step[0])
            shown.append((str(words), wording.moment(at) if at and mark else "", mark))
        return shown

    # panels --------------------------------------------------------------------------

    @cached_property
    def main(self) -> list[dict[str, Any]]:
        panels = [*self.register.panels, *contributions.given(f"panel:{self.register.key}")]
        if not self.register.panels:
            facts = [n for n in dict.fromkeys(_fact_names(self.register)) if n != "state"]
            panels = [Panel(title=_("Particulars"), facts=" ".join(facts)), *panels]
            panels += [Panel(lines=name) for name in self.register.model.line_names()]
            panels += [Panel(builtin="attachments")] if isinstance(self.record, Attachable) else []
        if not any(p.builtin == "timeline" for p in [*panels, *self.register.side]):
            panels.append(Panel(builtin="timeline"))
        return self._filled(panels)

    @cached_property
    def side(self) -> list[dict[str, Any]]:
        return self._filled([*self.register.side, *contributions.given(f"side:{self.register.key}")])

    def _filled(self, panels: list[Panel]) -> list[dict[str, Any]]:
        wanted = [p for p in panels if p.when is None or p.when(self.record, self.user)]
        return [found for panel in wanted if (found := self._fill(panel)) is not None]

    def _fill(self, panel: Panel) -> dict[str, Any] | None:
        title = panel.title(self.record) if callable(panel.title) else panel.title
        if panel.facts:
            return {"kind": "facts", "title": title, "pairs": self.facts(panel.facts)}
        if panel.template:
            words = {"record": self.record, "user": self.user, "register": self.register, "detail": self}
            words |= panel.context(self.record, self.user) if panel.context else {}
            text = fragment(panel.template, words)
            return {"kind": "template", "title": title, "html": Markup(text)} if text.strip() else None  # noqa: S704
        if panel.lines:
            return self._lines(panel.lines) | ({"title": title} if title else {})
        if panel.linked:
            return self._linked(panel, title)
        title = title or (_("History") if panel.builtin == "timeline" else _("Pictures and papers"))
        if panel.builtin == "attachments":
            files = list(self.record.attachments.select_related("by"))
            photos = [_file(f) for f in files if f.is_photo]
            return {
                "kind": "attachments",
                "title": title,
                "photos": photos,
                "papers": [_file(f) for f in files if not f.is_photo],
            }
        return {"kind": panel.builtin, "title": title}

    def facts(self, names: str) -> list[tuple[str, Any]]:
        """(words, value) of fields named by path; a record of another register links to it where it may be seen."""
        return [(label_of(self.register.model, name), self._fact(name)) for name in names.replace(",", " ").split()]

    def _fact(self, name: str) -> Any:
        value = getter(name)(self.record)
        other = registry.get(value._meta.label_lower) if isinstance(value, models.Model) else None
        if other and value is not None and access.may(self.user, type(value), "view"):
            return Markup('<a href="{}">{}</a>').format(value.get_absolute_url(), value)
        if name == "state":
            return state_html(self.record, dot=True)
        return _writer(self.register.model, name)(value)

    def _lines(self, name: str) -> dict[str, Any]:
        manager = getattr(self.record, name)
        fields = [f for f in manager.model._meta.concrete_fields if f.name not in ("id", "position", "head")]
        rows = list(manager.order_by("position"))
        heads = [(label_of(manager.model, f.name, unit=True), bind(_Bare(manager.model), f.name).css) for f in fields]
        cells = [[writer(f)(getattr(row, f.name)) for f in fields] for row in rows]
        totals = [sum(getattr(r, f.name) or 0 for r in rows) if isinstance(f, Money) else None for f in fields]
        foot = [None if total is None else wording.money(total) for total in totals]
        title = str(capfirst(manager.model._meta.verbose_name_plural))
        return {
            "kind": "lines",
            "title": title,
            "heads": heads,
            "rows": cells,
            "foot": foot if rows and any(foot) else [],
        }

    def _linked(self, panel: Panel, title: Any) -> dict[str, Any] | None:
        found: QuerySet[Any] = panel.linked(self.record, self.user)  # type: ignore[misc]
        register = registry[found.model._meta.label_lower]
        if not access.may(self.user, found.model, "view"):
            return None
        rows = list(access.within(self.user, found)[: panel.limit + 1])
        more = ""
        if len(rows) > panel.limit and panel.more:
            more = f"{reverse(found.model.url_name('list'))}?{panel.more(self.record)}"
        return {
            "kind": "linked",
            "title": title or register.title,
            "register": register,
            "rows": rows[: panel.limit],
            "more": more,
        }


class _Bare:
    """As much of a register as a line needs to be shown."""

    def __init__(self, model: Any) -> None:
        self.model = model


@cache
def _writer(model: Any, name: str) -> Any:
    fields = fields_along(model, name)
    return writer(fields[-1] if fields else None, full=True)


def _fact_names(register: Any) -> list[str]:
    form = register.form if isinstance(register.form, str) else ""
    lines = set(register.model.line_names())
    return [n for n in [*register.names("columns"), *form.replace(",", " ").split()] if n not in lines]


def _file(file: Any) -> dict[str, Any]:
    words = f"{file.by or ''} {wording.moment(file.at)}".strip()
    return {"url": f"/files/{file.pk}/", "thumb": f"/files/{file.pk}/?size=small", "alt": file.name, "caption": words}
