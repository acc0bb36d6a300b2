"""What a program sends: JSON or form data, checked for shape and handed to the forms of the pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.translation import gettext as _

from . import forms, schema
from .lines import LinesField


def read(request: Any, kind: Any, held: dict[str, Any] | None = None) -> Any:
    """The request's body as a form reads it, on top of what the record holds. Raises ValidationError by field."""
    if not isinstance(request.data, dict):
        raise ValidationError(_("Send an object with the fields of the form."))
    if isinstance(request.data, QueryDict):
        sent = {n: v if schema.takes_many(kind.base_fields.get(n)) else v[-1] for n, v in request.data.lists()}
        return held | sent if held else request.data
    found, wrong = dict(held or {}), {}
    for name, value in request.data.items():
        field = kind.base_fields.get(name)
        rows = value if isinstance(value, list) else [value]
        if field is None and not (name == "version" and request.method == "PATCH"):
            wrong[name if name.isprintable() else "__all__"] = _("There is no such field.")
        elif isinstance(field, LinesField) and all(isinstance(row, dict) for row in rows):
            found[name] = [{k: v if _simple(v) else "\0" for k, v in row.items()} for row in rows]
        elif isinstance(value, list) == schema.takes_many(field) and all(_simple(one) for one in rows):
            found[name] = value
        else:
            wrong[name] = _("This is not a value for this field.")
    if wrong:
        raise ValidationError(wrong)
    return found


def _simple(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    return isinstance(value, bool | float | None.__class__) or isinstance(value, int) and abs(value) < 2**63


def held(kind: Any, record: Any) -> dict[str, Any]:
    """What stands in the form before anybody writes in it: the record's values, or a new one's defaults."""
    if record is None:
        fresh = {n: f.initial() if callable(f.initial) else f.initial for n, f in kind.base_fields.items()}
        return {n: kind.base_fields[n].prepare_value(value) for n, value in fresh.items() if value is not None}
    found = {}
    for name, value in forms.values(record, kind).items():
        field = kind.base_fields[name]
        if isinstance(field, LinesField):
            found[name] = [model_to_dict(line, field.line.names()) for line in value.all()]
        else:
            found[name] = field.prepare_value(value)
    return found
