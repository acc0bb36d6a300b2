"""A bound field of a Django form as a control of our look: the right class, type and descriptions."""

from typing import Any

from django.forms import BoundField
from markupsafe import Markup

_SELECTS = {"select", "nullbooleanselect", "selectmultiple", "lazyselect"}
_TICKS = {"checkbox"}
_TYPES = {"date": "date", "datetime": "datetime-local", "time": "time"}
_FORMATS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M", "time": "%H:%M"}


def kind(bound: BoundField) -> str:
    """Which shape the `field` macro draws: tick, chips, file, or a plain control."""
    widget = bound.widget_type
    if widget in _TICKS:
        return "tick"
    if widget in ("radioselect", "checkboxselectmultiple"):
        return "chips"
    return "file" if "file" in widget or widget == "image" else "hidden" if bound.is_hidden else "plain"


def control(bound: BoundField, **extra: Any) -> Markup:
    """The HTML of the field's own widget; `extra` are attributes, underscores standing for dashes."""
    widget = bound.field.widget
    name = bound.widget_type
    attrs = {key.replace("_", "-"): value for key, value in extra.items() if value not in (None, False)}
    css = "form-select" if name in _SELECTS else "form-check-input" if name in _TICKS else "form-control"
    if name in _TYPES:
        widget.input_type = _TYPES[name]
        widget.format = _FORMATS[name]
    if name == "number":
        # a type=number field swallows what it cannot parse and counts on the mouse wheel
        widget.input_type = "text"
        attrs.setdefault("inputmode", "decimal")
    if counts(bound):
        css += " num"
    if bound.errors:
        css += " is-invalid"
    given = [widget.attrs.get("class", ""), attrs.pop("class", "")]
    attrs["class"] = " ".join(word for word in [css, *given] if word)
    attrs["aria-describedby"] = described_by(bound) or None
    if name == "textarea" and str(widget.attrs.get("rows", "10")) == "10":
        attrs.setdefault("rows", 3)
    attrs = {key: value for key, value in attrs.items() if value is not None}
    return Markup(bound.as_widget(attrs=attrs))  # noqa: S704  Django's widgets escape their own values


def counts(bound: BoundField) -> bool:
    """True for numbers, which are written to the right."""
    return bound.widget_type == "number" or bool(
        {"data-qty", "data-price", "data-amount"} & set(bound.field.widget.attrs)
    )


def described_by(bound: BoundField) -> str:
    """Ids of the help and error lines under the control."""
    ids = [f"{bound.auto_id}_help"] if bound.help_text else []
    return " ".join([*ids, f"{bound.auto_id}_err"] if bound.errors else ids)
