"""What the OpenAPI document says of a register: made from the same forms and columns that do the work."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.db import models
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers as s

from .columns import Column, bind, fields_along
from .filters import filters
from .forms import Pictures, add_form, amend_form, verb_form
from .lines import LinesField

SAID = {str, date, datetime, time, timedelta, Decimal}


class Problem(s.Serializer):
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField()
    errors: Any = s.DictField(child=s.JSONField())


class Named(s.Serializer):
    id = s.IntegerField()
    text = s.CharField()


class SignIn(s.Serializer):
    username = s.CharField(max_length=150)
    password = s.CharField(max_length=200, trim_whitespace=False)
    name = s.CharField(max_length=60, required=False, help_text="What the token is for.")


class Token(s.Serializer):
    token = s.CharField()
    ends_on = s.DateField()


FIELDS: list[tuple[Any, Any]] = [
    (forms.BooleanField, s.BooleanField), (forms.IntegerField, s.IntegerField), (forms.DecimalField, s.CharField),
    (forms.DateTimeField, s.CharField), (forms.DateField, s.CharField), (forms.ModelChoiceField, s.IntegerField),
]  # fmt: skip
ANSWERS: list[tuple[Any, Any]] = [
    (models.DateTimeField, s.DateTimeField), (models.DateField, s.DateField), (models.BooleanField, s.BooleanField),
    (models.IntegerField, s.IntegerField), (models.CharField, s.CharField), (models.TextField, s.CharField),
]  # fmt: skip


def takes_many(field: Any) -> bool:
    many = forms.ModelMultipleChoiceField | forms.MultipleChoiceField | LinesField
    return isinstance(field, many)


def _asked(field: Any, partial: bool) -> Any:
    must: dict[str, Any] = {"required": field.required and not partial, "label": str(field.label or "")}
    if not field.required:
        must["allow_null"] = True
    if isinstance(field, LinesField):
        return s.ListField(child=s.DictField(), **must)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return s.ListField(child=s.IntegerField(), **must)
    if isinstance(field, Pictures):
        return s.ListField(child=s.FileField(), **must)
    for kind, said in FIELDS:
        if isinstance(field, kind):
            return said(**must)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return s.CharField(help_text=" ".join(str(value) for value, _label in choices if value), **must)
    return s.CharField(**must, **({"max_length": field.max_length} if getattr(field, "max_length", None) else {}))


def question(name: str, kind: Any, partial: bool = False) -> Any:
    """The body a form reads; None for a form without fields."""
    fields = {key: _asked(field, partial) for key, field in kind.base_fields.items()}
    if partial:
        fields["version"] = s.IntegerField(required=False, help_text="409 when it is another by now.")
    return type(name, (s.Serializer,), fields) if fields else None


@cache
def served(register: Any) -> list[Column]:
    """What the pages show of a record: its columns and facts."""
    facts = [name for panel in (*register.panels, *register.side) for name in panel.facts.replace(",", " ").split()]
    always = [name for name in ("number", "state", "version", "created_at") if hasattr(register.model, name)]
    given: list[Any] = register.columns.split() if isinstance(register.columns, str) else list(register.columns)
    names: dict[str, Any] = {}
    for one in [*always, *given, *register.extra_columns.split(), *facts]:
        names.setdefault(getattr(one, "name", one), one)
    return [bind(register, one) for one in names.values()]


@cache
def answer(register: Any) -> Any:
    """What is told of one record."""
    fields: dict[str, Any] = {"id": s.IntegerField(), "text": s.CharField()}
    for column in served(register):
        found = fields_along(register.model, column.name)
        field: Any = found[-1] if found else None
        words: dict[str, Any] = {"required": False, "allow_null": True}
        if field is None:
            fields[column.name] = s.JSONField(**words)
        elif field.is_relation:
            fields[column.name] = Named(many=bool(field.many_to_many or field.one_to_many), **words)
        else:
            said = next((said for kind, said in ANSWERS if isinstance(field, kind)), s.CharField)
            fields[column.name] = said(**words)
    return type(register.model.__name__, (s.Serializer,), fields)


def _responses(good: int, said: Any, *codes: int) -> dict[int, Any]:
    return {good: said, **dict.fromkeys((*codes, 401, 403), Problem)}


def of_verb(register: Any, verb: Any) -> Any:
    name = f"{register.model.__name__}{verb.name.title().replace('_', '')}"
    kind = verb_form(register, verb)
    files = any(isinstance(field, forms.FileField) for field in kind.base_fields.values())
    body = question(name, kind)
    return extend_schema(
        summary=str(verb.label), responses=_responses(200, answer(register), 400, 404, 409),
        request={"multipart/form-data": body} if files else body,
    )  # fmt: skip


def documented(register: Any, found: Any) -> Any:
    name = register.model.__name__
    one = answer(register)
    many = type(f"{name}List", (s.Serializer,), {
        "count": s.IntegerField(help_text="At most 10 000."), "capped": s.BooleanField(), "limit": s.IntegerField(),
        "offset": s.IntegerField(), "results": one(many=True),
    })  # fmt: skip
    asked = [OpenApiParameter(n, str) for n in ("q", "ordering", *filters(register))]
    asked += [OpenApiParameter(n, int) for n in ("limit", "offset")]
    keys = [str(tab.key) for tab in register.tabs]
    asked += [OpenApiParameter("tab", str, enum=keys)] if keys else []
    parts = {
        "list": extend_schema(parameters=asked, responses=_responses(200, many, 400)),
        "retrieve": extend_schema(responses=_responses(200, one, 404)),
    }
    if register.adds:
        body = question(f"New{name}", add_form(register))
        parts["create"] = extend_schema(request=body, responses=_responses(201, one, 400, 409))
    if register.amends:
        body = question(f"Amended{name}", amend_form(register), partial=True)
        parts["partial_update"] = extend_schema(request=body, responses=_responses(200, one, 400, 404, 409))
    return extend_schema_view(**parts)(found)
