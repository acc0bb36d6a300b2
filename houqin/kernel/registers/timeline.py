"""The history of a record in words: who did what and when, what was given, what changed."""

import re
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from markupsafe import Markup

from ..ui import wording
from .columns import fields_along, label_of, writer
from .forms import Pictures, verb_form

NOUGHT = re.compile(r"0(\.0+)?")
ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")


def told(register: Any, event: Any, newest: bool = False) -> dict[str, Any]:
    """One entry for the macro `tl`."""
    verb = next((v for v in register.verbs.values() if v.past == event.past), None)
    given = event.particulars
    words = {"added": _("Added"), "amended": _("Corrected")}.get(event.past) or (
        verb.label if verb else register.told.get(event.past, event.past)
    )
    parts = _given(register, verb, given) if verb else _changes(register, given.get("changes", {}))
    was, now = given.get("was"), given.get("now")
    moved = (
        Markup('<span class="fs12 t3">{} → {}</span>').format(*(_state(register, s) for s in (was, now)))
        if was != now and was
        else ""
    )
    return {
        "mark": "on" if newest else "", "verb": words, "who": event.actor or _("The system"),
        "role": getattr(event.actor, "title", ""), "at": wording.moment(event.at), "text": "\n".join(parts),
        "more": moved,
    }  # fmt: skip


def _state(register: Any, value: str) -> str:
    return writer(register.opts.get_field("state"))(value)


def _given(register: Any, verb: Any, given: dict[str, Any]) -> list[str]:
    """What was said stands alone, everything else behind its label; empty answers are left out."""
    form = verb_form(register, verb)
    facts, sentences = [], [str(given["said"])] if given.get("said") else []
    for name, field in form.base_fields.items():
        value = given.get(name)
        if value in (None, "", [], False) or NOUGHT.fullmatch(str(value)):
            continue
        text = str(len(value)) if isinstance(field, Pictures) else say(register.model, name, value)
        if isinstance(value, str) and getattr(field.widget, "template_name", "").endswith("textarea.html"):
            sentences.append(text)
        else:
            facts.append(_("%(label)s: %(value)s") % {"label": field.label, "value": text})
    return [*([" · ".join(facts)] if facts else []), *sentences]


def _changes(register: Any, changes: dict[str, Any]) -> list[str]:
    words = _("%(label)s: %(old)s → %(new)s")
    found = []
    for name, (old, new) in changes.items():
        label = _label(register.model, name)
        found.append(
            words % {"label": label, "old": say(register.model, name, old), "new": say(register.model, name, new)}
        )
    return found


def _label(model: Any, name: str) -> str:
    if name in model.line_names():
        line = next(r for r in model._meta.related_objects if r.get_accessor_name() == name).related_model
        return str(line._meta.verbose_name_plural)
    return label_of(model, name)


def say(model: Any, name: str, value: Any) -> str:
    """A plain value of an event in words."""
    if value is None or value == "" or value == []:
        return wording.NOTHING
    if isinstance(value, dict):
        return (
            str(value["text"])
            if "text" in value
            else " ".join(say(model, k, v) for k, v in value.items() if v not in (None, ""))
        )
    if isinstance(value, list):
        return ("；" if any(isinstance(v, dict) and "text" not in v for v in value) else "、").join(
            say(model, name, v) for v in value
        )
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    fields = fields_along(model, name)
    if fields and getattr(fields[-1], "choices", None):
        return writer(fields[-1])(value)
    return _moment(value) if isinstance(value, str) and ISO.fullmatch(value) else str(value)


def _moment(value: str) -> str:
    found: date | datetime | None = parse_datetime(value) if "T" in value else parse_date(value)
    return wording.moment(found) if found else value
