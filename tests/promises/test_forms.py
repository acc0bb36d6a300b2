"""What is typed into a form becomes a record, is logged once with its actor, and page and API agree about all of it."""

import json
from typing import Any

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from houqin.kernel.events import Event
from houqin.kernel.registers import bodies, registry
from houqin.kernel.registers.forms import add_form, amend_form, verb_form
from houqin.kernel.registers.lines import LinesField

pytestmark = pytest.mark.django_db

ADDED = sorted(key for key, one in registry.items() if one.adds)
LONG = "长" * 20_001


def typed(register: Any, record: Any, kind: Any = None) -> dict[str, Any]:
    """What somebody types to enter a record like this one: {field: what the page posts}."""
    held = bodies.held(kind or add_form(register), record)
    return {name: value for name, value in held.items() if value not in (None, "", [])}


def posted(data: dict[str, Any]) -> dict[str, Any]:
    """The same as a browser sends it: rows of a document as name-0-field, no False."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            cells = {f"{name}-{i}-{key}": cell for i, row in enumerate(value) for key, cell in row.items()}
            found |= {key: cell for key, cell in cells.items() if cell is not None}
        elif value is not False:
            found[name] = value
    return found


def sendable(data: dict[str, Any]) -> dict[str, Any]:
    """The same as a program sends it."""
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))


def forget(record: Any) -> None:
    """As if the record had never been there; what it points to stays."""
    type(record)._base_manager.filter(pk=record.pk).delete()


def rows(register: Any) -> tuple[int, int]:
    """How many records and how many lines of history there are."""
    return register.model._base_manager.count(), Event.objects.count()


def api(register: Any, record: Any = None) -> str:
    base = f"/api/{register.opts.app_label}/{register.opts.model_name}/"
    return f"{base}{record.pk}/" if record else base


@pytest.fixture
def wanted(make: Any) -> Any:
    """wanted(register) → what the form is to be filled with, for a record that could be there and is not."""

    def make_wanted(register: Any) -> dict[str, Any]:
        record = make(register)
        data = typed(register, record)
        forget(record)
        return data

    return make_wanted


@pytest.fixture(params=ADDED)
def adding(request: pytest.FixtureRequest) -> Any:
    return registry[request.param]


def add(client: Client, register: Any, data: dict[str, Any]) -> Any:
    answer = client.post(reverse(register.model.url_name("add")), posted(data))
    assert answer.status_code == 302, (answer.status_code, answer.content.decode()[-3000:])
    record = register.model._base_manager.latest("pk")
    assert answer["Location"] == record.get_absolute_url()
    return record


def test_what_is_typed_is_added_shown_and_logged_once(adding: Any, wanted: Any, person: Any, signed_in: Any) -> None:
    clerk, data = person({adding.key: "view add"}), wanted(adding)
    client = signed_in(clerk)
    count = adding.model._base_manager.count()
    record = add(client, adding, data)
    assert adding.model._base_manager.count() == count + 1
    assert sendable(typed(adding, record)) == sendable(data)
    assert [(one.name, one.actor) for one in record.events] == [(f"{adding.key}.added", clerk)]
    page = client.get(record.get_absolute_url()).content.decode()
    assert escape(adding.heading(record)).replace("&#x27;", "&#39;") in page


def test_page_and_api_take_the_same_and_leave_the_same(adding: Any, wanted: Any, person: Any, signed_in: Any) -> None:
    clerk, data = person({adding.key: "view add"}), wanted(adding)
    client = signed_in(clerk)
    record = add(client, adding, data)
    (by_page,), said = record.events, typed(adding, record)
    forget(record)
    answer = client.post(api(adding), sendable(data), content_type="application/json")
    assert answer.status_code == 201, answer.json()
    (by_api,) = Event.objects.filter(name=f"{adding.key}.added", pk__gt=by_page.pk)
    assert (by_api.actor, by_api.particulars) == (clerk, by_page.particulars)
    assert typed(adding, registry[adding.key].model._base_manager.get(pk=answer.json()["id"])) == said


def test_the_api_describes_the_fields_of_the_page(person: Any, signed_in: Any) -> None:
    schema = signed_in(person({})).get("/api/schema/?format=json").json()
    silent = []
    for register in map(registry.__getitem__, ADDED):
        body = schema["paths"][api(register)]["post"]["requestBody"]["content"]["application/json"]["schema"]
        while "$ref" in body:
            body = schema["components"]["schemas"][body["$ref"].rpartition("/")[2]]
        silent += [
            f"{register.key}.{name}" for name in add_form(register).base_fields if name not in body["properties"]
        ]
    assert silent == []


def mistakes(register: Any, data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """(what is wrong, the data with it): each required field left out, each field that cannot mean what stands in it."""
    found = []
    for name, field in add_form(register).base_fields.items():
        if isinstance(field, LinesField | django_forms.FileField | django_forms.BooleanField):
            continue
        if field.required:
            found.append((f"{name} is missing", {k: v for k, v in data.items() if k != name}))
        wrong: Any = None
        if isinstance(field, django_forms.ModelMultipleChoiceField):
            wrong = ["987654321"]
        elif isinstance(field, django_forms.ChoiceField | django_forms.ModelChoiceField):
            wrong = "987654321"
        elif isinstance(field, django_forms.DateField | django_forms.DateTimeField):
            wrong = "2026-02-30"
        elif isinstance(field, django_forms.DecimalField | django_forms.IntegerField):
            wrong = "NaN"
        elif isinstance(field, django_forms.CharField):
            wrong = LONG
        if wrong is not None:
            found.append((f"{name} is wrong", data | {name: wrong}))
    return found


def test_a_wrong_form_answers_422_and_writes_nothing(adding: Any, wanted: Any, person: Any, signed_in: Any) -> None:
    client, data = signed_in(person({adding.key: "view add"})), wanted(adding)
    wrong = mistakes(adding, data)
    before, url = rows(adding), reverse(adding.model.url_name("add"))
    answers = {what: client.post(url, posted(given)) for what, given in wrong}
    assert wrong and {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(answers, 422)
    silent = [what for what, answer in answers.items() if 'class="err"' not in answer.content.decode()]
    assert silent == []
    assert rows(adding) == before


def test_a_wrong_body_answers_400_and_writes_nothing(adding: Any, wanted: Any, person: Any, signed_in: Any) -> None:
    client, data = signed_in(person({adding.key: "view add"})), wanted(adding)
    before = rows(adding)
    wrong = [(what, sendable(given)) for what, given in mistakes(adding, data) if what.endswith("wrong")]
    wrong += [("an unknown field", sendable(data) | {"no_such_field": 1}), ("no object", [1, 2])]
    answers = {what: client.post(api(adding), given, content_type="application/json") for what, given in wrong}
    assert {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(answers, 400)
    assert [what for what, answer in answers.items() if not answer.json()["detail"]] == []
    assert rows(adding) == before


@pytest.mark.parametrize("key", sorted(key for key, one in registry.items() if one.amends))
def test_a_form_sent_as_it_was_shown_changes_nothing(key: str, make: Any, person: Any, signed_in: Any) -> None:
    """Opening the amend form and saving it must not lose or alter a thing, and leaves no line of history."""
    register = registry[key]
    record = make(register)
    client = signed_in(person({key: "view amend"}))
    was, count = type(record)._base_manager.filter(pk=record.pk).values().get(), record.events.count()
    url = reverse(register.model.url_name("amend"), args=[record.pk])
    data = posted(typed(register, record, amend_form(register))) | {"version": record.version}
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert type(record)._base_manager.filter(pk=record.pk).values().get() == was
    assert record.events.count() == count


def test_every_choice_a_form_offers_is_taken(register: Any) -> None:
    """What a browser sends for a choice is its value as text, numbers too."""
    kinds = [verb_form(register, verb) for verb in register.verbs.values()]
    kinds += [add_form(register)] if register.adds else []
    refused = []
    for name, field in [pair for kind in kinds for pair in kind.base_fields.items()]:
        if isinstance(field, django_forms.ChoiceField) and not isinstance(field, django_forms.ModelChoiceField):
            for value, _label in field.choices:
                try:
                    field.clean(str(value)) if value not in ("", None) else None
                except ValidationError:
                    refused.append((name, value))
    assert refused == []
