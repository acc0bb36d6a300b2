"""Forms: compiled once from a model's fields or a verb's signature, patient with how people write."""

import inspect
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.forms.models import fields_for_model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ..fields import Money, Quantity, UnitPrice
from ..verbs import Photos, Verb, asked
from .lines import LinesField
from .reading import number_text, read_day, read_moment

FEW = 6
SHOWN, COUNTED = "amount_shown", {"data-amount": "", "readonly": True, "tabindex": "-1"}
"""The amount of a row, reckoned on the page from quantity and price; what is posted of it is not read."""
LONG = 10_000


class _Patient(forms.Field):
    """Reads a number as people write it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(number_text(value) if isinstance(value, str) else value)


class Amount(_Patient, forms.DecimalField):
    widget = forms.TextInput(attrs={"inputmode": "decimal", "data-amount": ""})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def prepare_value(self, value: Any) -> Any:
        return format(value.normalize(), "f") if isinstance(value, Decimal) and value.is_finite() else value


class Whole(_Patient, forms.IntegerField):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "data-amount": ""})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class Day(forms.DateField):
    def to_python(self, value: Any) -> Any:
        return _read(read_day, super().to_python, value)


class Moment(forms.DateTimeField):
    def to_python(self, value: Any) -> Any:
        return _read(read_moment, super().to_python, value)


def _read(reader: Callable[[Any], Any], otherwise: Callable[[Any], Any], value: Any) -> Any:
    if not isinstance(value, str):
        return otherwise(value)
    try:
        return otherwise(reader(value) or value)
    except ValueError:
        raise ValidationError(_("There is no such day. Write it like 2026-09-01 or 9.1."), code="invalid") from None


class Pictures(forms.FileField):
    """Several photos; the value is a list of uploaded files."""

    class FilesInput(forms.ClearableFileInput):
        allow_multiple_selected = True

    widget = FilesInput(attrs={"accept": "image/*,.heic,.heif", "multiple": True})
    most: ClassVar[int] = 9

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most:
            raise ValidationError(_("At most %(n)s photos at a time.") % {"n": self.most})
        return [super(Pictures, self).clean(file) for file in files]


class RecordForm(forms.Form):
    """The form of a record or of a verb. `rows` is the layout: names that stand beside each other."""

    rows: ClassVar[list[list[str]]] = []
    optional: ClassVar[frozenset[str]] = frozenset()
    """Names that fall back to the verb's own default when left empty."""

    def __init__(self, *args: Any, register: Any = None, record: Any = None, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self._choices(name, field, register, record, user)

    def _choices(self, name: str, field: Any, register: Any, record: Any, user: Any) -> Any:
        model = field.queryset.model
        every = model._default_manager.all()
        found = every.active() if hasattr(every, "active") else every
        found = register.choices(name, found, record, user) if register else found
        held = getattr(record, f"{name}_id", None)
        return found | every.filter(pk=held) if held and not found.query.is_sliced else found


def given(form: forms.Form) -> dict[str, Any]:
    """What the record's method gets from a valid form; an empty answer leaves the verb's own default."""
    optional = getattr(form, "optional", ())
    return {k: v for k, v in form.cleaned_data.items() if k not in optional or v not in (None, "")}


def take(form: forms.Form, error: ValidationError) -> None:
    """Show what the record itself found wrong beside the fields it names."""
    if not hasattr(error, "error_dict"):
        return form.add_error(None, error)
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def values(record: Any, kind: Any) -> dict[str, Any]:
    """What the record holds now, as initial values of a form."""
    found = {}
    for name in kind.base_fields:
        value: Any = getattr(record, name, None)
        if isinstance(value, Verb) or callable(value) and not hasattr(value, "all"):
            continue
        found[name] = list(value.all()) if hasattr(value, "all") and name not in record.line_names() else value
    return found


def form_field(field: Any, **kwargs: Any) -> Any:
    """A model field's form field, with the patient readers and our widgets; None for one that is not edited."""
    if isinstance(field, models.ManyToManyField | models.ForeignKey):
        one = forms.Select(attrs={"data-combo": ""})
        kwargs["widget"] = forms.CheckboxSelectMultiple() if field.many_to_many else one
    elif field.choices:
        few = len(field.flatchoices) <= FEW and not field.blank
        return field.formfield(**kwargs, **({"widget": forms.RadioSelect} if few else {}))
    for kind, form_class in PATIENT:
        if isinstance(field, kind):
            kwargs |= {"form_class": form_class, "widget": form_class.widget}
            break
    if isinstance(field, models.TextField) and not field.max_length:
        kwargs["max_length"] = LONG
    return field.formfield(**kwargs)


PATIENT: list[tuple[Any, Any]] = [
    (models.DateTimeField, Moment), (models.DateField, Day), (models.DecimalField, Amount),
    (models.IntegerField, Whole),
]  # fmt: skip


def model_fields(model: Any, names: list[str]) -> dict[str, forms.Field]:
    """Form fields of a model's fields and lines, in the order of the names."""
    made = fields_for_model(model, [n for n in names if n not in model.line_names()], formfield_callback=form_field)
    if unknown := [name for name, field in made.items() if field is None]:
        raise FieldDoesNotExist(f"{model._meta.label} has no {' '.join(unknown)} to ask for")
    return {n: lines_field(model, n) if n in model.line_names() else made[n] for n in names}


def lines_field(model: Any, name: str) -> LinesField:
    line = next(r for r in model._meta.related_objects if r.get_accessor_name() == name).related_model
    made = fields_for_model(line, line.names(), formfield_callback=form_field)
    counts = {Quantity: "data-qty", UnitPrice: "data-price", Money: "data-amount"}
    for key, field in made.items():
        word = counts.get(type(line._meta.get_field(key)))
        field.widget.attrs |= {word: ""} if word else {}
        if word and word != "data-amount":
            field.widget.attrs.pop("data-amount", None)
    words = {word for field in made.values() for word in field.widget.attrs}
    shown = {key: made[key] for key in line.names()}
    if {"data-qty", "data-price"} <= words and "data-amount" not in words:
        shown[SHOWN] = forms.CharField(
            label=_lazy("Amount (yuan)"), required=False, widget=forms.TextInput(attrs=COUNTED)
        )
    form = type("LineForm", (forms.Form,), shown)
    return LinesField(form, line, label=str(capfirst(line._meta.verbose_name_plural)))


@cache
def add_form(register: Any) -> Any:
    return _form(register, register.form)


@cache
def amend_form(register: Any) -> Any:
    return _form(register, register.amend_form if register.amend_form is not None else register.form)


def _form(register: Any, given: Any) -> Any:
    if not isinstance(given, str):
        return given
    rows = [row.split() for row in given.split(",") if row.strip()]
    fields = model_fields(register.model, [name for row in rows for name in row])
    return type(f"{register.model.__name__}Form", (RecordForm,), {**fields, "rows": rows})


@cache
def verb_form(register: Any, verb: Verb) -> Any:
    """The form of a verb: its own from `verb_forms`, or one from its signature; it may have no fields."""
    if verb.name in register.verb_forms:
        return register.verb_forms[verb.name]
    fields = {name: asked_field(register.model, name, param) for name, param in verb.takes.items()}
    optional = frozenset(name for name, p in verb.takes.items() if p.default is not inspect.Parameter.empty)
    words: dict[str, Any] = {"rows": [[name] for name in fields], "optional": optional}
    return type(f"{verb.name.title()}Form", (RecordForm,), {**fields, **words})


def asked_field(model: Any, name: str, param: inspect.Parameter) -> Any:
    """The field for one parameter. A parameter named like a field of the model is that field."""
    kind, extras = asked(param)
    must = param.default is inspect.Parameter.empty
    if name in model.line_names():
        field: Any = lines_field(model, name)
    else:
        field = _own_field(model, name) if not extras or kind is inspect.Parameter.empty else None
        field = field or _typed_field(kind, extras)
    field.required = must and not isinstance(field, forms.BooleanField)
    label = next((e for e in extras if e != "short" and not callable(e)), None)
    field.label = capfirst(label or field.label or name.replace("_", " "))
    if not must and param.default not in (None, "") and not isinstance(param.default, type):
        field.initial = param.default
    return field


def _own_field(model: Any, name: str) -> Any:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return form_field(field) if hasattr(field, "formfield") else None


def _typed_field(kind: Any, extras: list[Any]) -> Any:
    many = typing.get_origin(kind) is list
    if many or isinstance(kind, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if kind is str and "short" not in extras:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=LONG)
    if isinstance(kind, type) and issubclass(kind, models.Model):
        made = forms.ModelMultipleChoiceField if many else forms.ModelChoiceField
        picker = forms.CheckboxSelectMultiple() if many else forms.Select(attrs={"data-combo": ""})
        return made(kind._default_manager.none(), widget=picker, label=str(capfirst(kind._meta.verbose_name)))
    if isinstance(kind, type) and issubclass(kind, models.Choices):
        plain = int if issubclass(kind, models.IntegerChoices) else str
        words: dict[str, Any] = {"choices": kind.choices, "widget": forms.RadioSelect, "empty_value": None}
        return forms.TypedChoiceField(coerce=lambda value: kind(plain(value)), **words)
    if kind not in TYPED:
        raise TypeError(f"no form field for {kind!r}")
    return TYPED[kind]()


TYPED: dict[Any, Callable[[], Any]] = {
    str: lambda: forms.CharField(max_length=200), bool: forms.BooleanField, int: Whole, datetime: Moment, date: Day,
    Decimal: lambda: Amount(max_digits=14, decimal_places=3), Photos: Pictures,
}  # fmt: skip
