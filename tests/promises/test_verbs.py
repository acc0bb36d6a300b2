"""Verbs start where they may, happen once, and take the same from page and API."""

from typing import Any

import pytest
from django.urls import reverse

from houqin.kernel.events import Event, Unchangeable
from houqin.kernel.registers import registry
from houqin.kernel.registers.forms import verb_form
from houqin.kernel.verbs import NotAllowed

pytestmark = pytest.mark.django_db

# What a record must hold besides, so that the database lets it stand in every state.
BESIDES = {"repairs.repairorder": {"damage": "no"}}

STATEFUL = [
    (key, name)
    for key, one in sorted(registry.items())
    for name, verb in one.verbs.items()
    if verb.sources and any(f.name == "state" for f in one.model._meta.concrete_fields)
]


@pytest.mark.parametrize(("key", "name"), STATEFUL)
def test_a_verb_is_refused_from_every_other_state_and_leaves_no_trace(key: str, name: str, make: Any) -> None:
    register = registry[key]
    record, verb = make(register), register.verbs[name]
    states = [value for value, _label in register.model._meta.get_field("state").choices if value not in verb.sources]
    for state in states:
        type(record)._base_manager.filter(pk=record.pk).update(state=state, **BESIDES.get(key, {}))
        before = type(record)._base_manager.filter(pk=record.pk).values().get()
        events = Event.objects.count()
        with pytest.raises(NotAllowed):
            getattr(record, name)(by=None)
        assert type(record)._base_manager.filter(pk=record.pk).values().get() == before
        assert Event.objects.count() == events


@pytest.mark.parametrize(("key", "name"), STATEFUL)
def test_page_and_api_refuse_alike(key: str, name: str, make: Any, person: Any, signed_in: Any) -> None:
    """409 and the same sentence, and nothing written, when the state does not allow it."""
    register = registry[key]
    record, verb = make(register), register.verbs[name]
    others = [value for value, _label in register.model._meta.get_field("state").choices if value not in verb.sources]
    if not others or verb_form(register, verb).base_fields:
        others = []
    client = signed_in(person({key: register.words}))
    for state in others[:1]:
        type(record)._base_manager.filter(pk=record.pk).update(state=state, **BESIDES.get(key, {}))
        page = client.post(reverse(register.model.url_name(name), args=[record.pk]))
        api = client.post(f"/api/{register.opts.app_label}/{register.opts.model_name}/{record.pk}/{name}/")
        assert (page.status_code, api.status_code) == (409, 409)
        assert api.json()["detail"] in page.content.decode().replace("&#34;", '"')


def test_an_added_record_is_logged_once_with_its_actor(register: Any, make: Any) -> None:
    record = make(register)
    added = [event for event in record.events if event.past == "added"]
    assert [(event.actor, event.subject_id) for event in added] == [(None, record.pk)]


def test_history_cannot_be_changed(make: Any) -> None:
    record = make(registry["places.place"])
    event = record.events.get()
    event.name = "places.place.forged"
    for act in (event.save, event.delete, record.events.delete, lambda: record.events.update(name="forged")):
        with pytest.raises(Unchangeable):
            act()
    assert record.events.get().name == "places.place.added"


def test_an_amendment_of_a_stale_page_is_refused(make: Any, person: Any) -> None:
    place, clerk = make(registry["places.place"], name="教室"), person({"places.place": "amend"})
    place.amend(by=clerk, version=place.version, name="阅览室")
    with pytest.raises(NotAllowed):
        place.amend(by=clerk, version=place.version - 1, name="仓库")
    place.refresh_from_db()
    assert place.name == "阅览室"
