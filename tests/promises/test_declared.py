"""What every register, verb and relation must have declared."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from houqin.kernel import events
from houqin.kernel.checks import unplaced
from houqin.kernel.registers import registry
from houqin.site.apps import matrix
from houqin.site.menu import MENU

from .conftest import factory_of

NOT_IN_MENU = {
    "terms.week": "reached from a term",
    "workplan.intake": "reached from the import page",
}
FLOORS = ["kernel", "rules", "people", "places", "terms", "repairs", "workplan", "desk", "demo"]


def test_every_register_stands_in_menu_and_matrix() -> None:
    assert unplaced(MENU, matrix(), NOT_IN_MENU) == []


def test_every_register_has_a_factory(register: Any) -> None:
    assert factory_of(register)._meta.model is register.model


def test_every_verb_says_what_it_does(register: Any) -> None:
    silent = [name for name, verb in register.verbs.items() if not (verb.__doc__ or "").strip()]
    assert silent == []


def test_every_verb_has_a_past_of_its_own(register: Any) -> None:
    pasts = [verb.past for verb in register.verbs.values()]
    assert sorted(pasts) == sorted(set(pasts))
    assert set(pasts).isdisjoint({"added", "amended", "exported"})


def test_every_verb_of_the_matrix_exists() -> None:
    from houqin.kernel.access import parse_line

    unknown = [
        (key, code, verb)
        for key, lines in matrix()["registers"].items()
        for code, line in lines.items()
        for verb, _scope in parse_line(line, registry[key].words)
        if verb not in registry[key].words
    ]
    assert unknown == []


def test_every_scope_of_the_matrix_is_a_method_of_the_records() -> None:
    from houqin.kernel.access import parse_line

    unknown = [
        (key, code, scope)
        for key, lines in matrix()["registers"].items()
        for code, line in lines.items()
        for _verb, scope in parse_line(line, registry[key].words)
        if not hasattr(registry[key].model._default_manager.all(), scope)
    ]
    assert unknown == []


def test_every_event_somebody_waits_for_can_be_said() -> None:
    said = {f"{key}.{past}" for key, one in registry.items() for past in ("added", "amended", "exported")}
    said |= {f"{key}.{verb.past}" for key, one in registry.items() for verb in one.verbs.values()}
    waited = {name for name in [*events._reactions, *events._afters] if name != "*"}
    assert sorted(waited - said) == []


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m.__module__.startswith("houqin.")])
def test_every_relation_points_down(model: Any) -> None:
    """String foreign keys are invisible to the import contracts; the person of an act is the named exception."""
    own = FLOORS.index(model._meta.app_label)
    upward = [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
        and field.related_model._meta.app_label in FLOORS
        and FLOORS.index(field.related_model._meta.app_label) > own
    ]  # fmt: skip
    assert upward == []
