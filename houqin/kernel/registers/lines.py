"""Rows of a document in a form: read from `name-N-field` posts or JSON lists, each row with its own errors."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST = 500


class LinesWidget(forms.Widget):
    """Collects the rows of a post; drawing is the macro `lines`'s job."""

    needs_multipart_form = False
    input_type = "lines"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data[name]
        found: dict[int, dict[str, Any]] = {}
        pattern = re.compile(re.escape(name) + r"-(\d{1,6})-(\w+)")
        for key in data:
            if match := pattern.fullmatch(key):
                found.setdefault(int(match[1]), {})[match[2]] = data[key]
        return [found[at] for at in sorted(found)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}-") for key in data)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return SafeString("")


class LinesField(forms.Field):
    """The value is a list of dicts, one a row; empty rows are dropped. `rows(bound)` gives them back to the page."""

    widget = LinesWidget

    def __init__(self, form: Any, line: Any, *, label: Any = "", **kwargs: Any) -> None:
        super().__init__(label=label, **kwargs)
        self.form, self.line = form, line
        self.counts = any("data-amount" in field.widget.attrs for field in form.base_fields.values())
        self.checked: list[forms.Form] | None = None

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = value if isinstance(value, list) else []
        if value and not isinstance(value, list) or any(not isinstance(row, dict) for row in rows):
            raise ValidationError(_("Send the rows as a list."), code="invalid")
        rows = [row for row in rows if not self._empty(row)]
        if len(rows) > MOST:
            raise ValidationError(_("At most %(n)s rows.") % {"n": MOST})
        if self.required and not rows:
            raise ValidationError(_("Enter at least one row."), code="required")
        prefix = self.line._meta.model_name
        self.checked = [
            self.form({f"{prefix}-{i}-{k}": v for k, v in row.items()}, prefix=f"{prefix}-{i}")
            for i, row in enumerate(rows)
        ]
        wrong = [_said(i, form) for i, form in enumerate(self.checked, 1) if not form.is_valid()]
        if wrong:
            raise ValidationError([sentence for row in wrong for sentence in row])
        return [{name: form.cleaned_data[name] for name in self.line.names()} for form in self.checked]

    def _empty(self, row: dict[str, Any]) -> bool:
        """Nothing was typed: every cell is blank or still holds what a new row begins with."""
        fields = {name: self.form.base_fields[name] for name in self.line.names()}
        begin = {name: ("", str(field.prepare_value(field.initial))) for name, field in fields.items()}
        asked = {name: value for name, value in row.items() if name in begin}
        typed = (v is not None and (not isinstance(v, str) or v.strip() not in begin[n]) for n, v in asked.items())
        return not any(typed)

    def rows(self, name: str, value: Any) -> "Rows":
        """What the page draws: the rows just posted with their errors, else the record's rows, else one empty row."""
        given = [form.data for form in self.checked] if self.checked is not None else []
        forms_ = [_again(self.form, form, f"{name}-{i}") for i, form in enumerate(self.checked or [])]
        if self.checked is None:
            lines = list(value.all()) if hasattr(value, "all") else value or []
            given = [row if isinstance(row, dict) else model_to_dict(row, self.line.names()) for row in lines]
            forms_ = [self.form(initial=row, prefix=f"{name}-{i}") for i, row in enumerate(given)]
        blank = self.form(prefix=f"{name}-__prefix__", use_required_attribute=False)
        return Rows(name, forms_ or [self.form(prefix=f"{name}-0")], blank)


def _again(form: Any, checked: forms.Form, prefix: str) -> forms.Form:
    """The checked row under the page's own prefix, its errors kept."""
    data = {f"{prefix}-{key}": checked.data.get(checked.add_prefix(key)) for key in checked.fields}
    made: forms.Form = form(data, prefix=prefix)
    made.is_valid()
    return made


def _said(number: int, form: forms.Form) -> list[str]:
    words = gettext_lazy("Row %(row)s, %(field)s: %(error)s")
    named = [(form.fields[key].label if key in form.fields else "", errors) for key, errors in form.errors.items()]
    return [
        str(words) % {"row": number, "field": label, "error": " ".join(str(e) for e in errors)}
        for label, errors in named
    ]


class Rows:
    """What the macro `lines` asks of a formset."""

    def __init__(self, prefix: str, rows: list[forms.Form], empty_form: forms.Form) -> None:
        self.prefix, self.rows, self.empty_form, self.management_form = prefix, rows, empty_form, ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def non_form_errors(self) -> list[str]:
        return []
