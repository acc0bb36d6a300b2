"""What is wrong with a register is said when the product starts, not when somebody clicks."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import models

from .records import Record
from .registers.base import registry
from .registers.columns import columns, fields_along
from .registers.filters import filters
from .registers.forms import add_form, amend_form, verb_form

TAKEN = {
    "amend",
    "sheet",
    "new",
    "export",
    "import",
    "bulk",
    "columns",
    "views",
    "choices",
    "list",
    "detail",
    "add",
    "view",
}
WORDS = {"q", "tab", "sort", "page", "after", "before", "view", "columns"}


@register()
def check_registers(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Names that do not exist, verbs that hide a method of Model, forms that cannot be built."""
    return [Error(f"{key}: {text}", id="houqin.R001") for key, one in registry.items() for text in _wrong(one)]


def _wrong(one: Any) -> Iterator[str]:
    for name, verb in one.verbs.items():
        if hasattr(models.Model, name) or name in TAKEN or hasattr(Record, name) and name not in Record.verbs:
            yield f"the verb {name} has a name that is taken"
        yield from _tried(f"the form of {name}", lambda verb=verb: verb_form(one, verb))
    for column in columns(one).values():
        if not fields_along(one.model, column.name) and column.label is None:
            yield f"the column {column.name} is no field of the model; give it a label"
    for name, found in filters(one).items():
        if found.field is None and not found.given.narrow:
            yield f"the filter {name} is no field of the model"
        if name in WORDS:
            yield f"the filter {name} has a name that is taken"
    for path in f"{one.search} {one.needs} {one.related}".split():
        if not fields_along(one.model, path):
            yield f"{path} is no field of the model"
    for name in [*one.names("bulk"), *one.primary.split()]:
        if name not in one.verbs:
            yield f"{name} is no verb"
    if one.adds:
        yield from _tried("the add form", lambda: add_form(one))
    if one.amends:
        yield from _tried("the amend form", lambda: amend_form(one))


def _tried(what: str, build: Any) -> Iterator[str]:
    try:
        build()
    except Exception as error:
        yield f"{what} cannot be built: {error}"


def unplaced(groups: Any, matrix: dict[str, Any], exempt: dict[str, str]) -> list[str]:
    """Registers in no menu group or no matrix line, and exemptions that are not needed any more."""
    listed = {entry for group in groups for entry in group.entries if isinstance(entry, str)}
    missing = {
        key: [w for w, there in (("menu", key in listed), ("matrix", key in matrix["registers"])) if not there]
        for key in registry
    }
    found = [
        f"{key} is not in the {' or the '.join(what)}" for key, what in missing.items() if what and key not in exempt
    ]
    return found + [f"the exemption of {key} is not needed" for key in exempt if not missing.get(key)]
