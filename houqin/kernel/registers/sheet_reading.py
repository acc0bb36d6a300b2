"""A sheet read against a register: what would be new, changed, unchanged or wrong; then written in one transaction."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from .. import access
from ..records import Numbered
from ..records.bulk import RowErrors, add_many
from ..verbs import NotAllowed
from . import forms
from .columns import columns, fields_along, heading_of, label_of, writer
from .lines import LinesField
from .sheet_cells import reads
from .sheet_tables import find, tables, words

SHOWN = {"wrong": 200, "new": 30, "changed": 100}


@dataclass
class Row:
    """One row of the sheet and what would become of it; `errors` are (column, sentence)."""

    number: int
    texts: dict[str, str]
    record: Any = None
    given: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return "wrong" if self.errors else "new" if self.record is None else "changed" if self.changes else "same"


def known_heads(register: Any) -> dict[str, str]:
    """{heading as compared: field of the form, "number", or "" for what only the export shows}, in all languages."""
    form = forms.add_form(register)
    found: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found |= {words(heading_of(register, column)): "" for column in columns(register).values()}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            for name, one in form.base_fields.items():
                if not isinstance(one, LinesField | django_forms.FileField):
                    found |= {words(name): name, words(one.label): name}
            if issubclass(register.model, Numbered):
                found |= {"number": "number", words(label_of(register.model, "number")): "number"}
    return found


class Reading:
    """A table read against a register for one user. Nothing is written before `write`."""

    def __init__(self, register: Any, user: Any, path: Path) -> None:
        self.register, self.user, self.model = register, user, register.model
        self.known = known_heads(register)
        aliases = {words(alias): name for alias, name in register.import_aliases.items()}
        self.table = find(tables(path), self.known, aliases)
        named = set(self.table.columns.values())
        self.adding, self.amending = self._form(forms.add_form, None), self._form(forms.amend_form, named)
        self.rows = [Row(number, texts) for number, texts in self.table.rows]
        self._recognise()
        taken: dict[tuple[str, str], int] = {}
        for row in self.rows:
            self._clean(row)
            self._refuse_twice(row, taken)

    def _form(self, kind: Any, names: set[str] | None) -> Any:
        made = kind(self.register)
        extra = {"register": self.register, "user": self.user} if issubclass(made, forms.RecordForm) else {}
        return reads(made({}, **extra), names)

    @cached_property
    def key(self) -> list[str]:
        """The fields that name a record: `import_key`, else the first one that must be unique."""
        given = self.register.import_key.split()
        return given or [name for name in self.adding.fields if getattr(self._field(name), "unique", False)][:1]

    @property
    def keyed(self) -> bool:
        return bool(self.key) and set(self.key) <= set(self.table.columns.values())

    def _field(self, name: str) -> Any:
        return next(iter(fields_along(self.model, name)), None)

    def _recognise(self) -> None:
        """Find the records that rows name, by number or key; a number nobody gave out is refused."""
        found: dict[int, int] = {}
        by_number, by_key = self._by_number(), self._by_key()
        unknown = _("The number %(n)s is not known. Leave it empty for a new one.")
        for row in self.rows:
            number = row.texts.get("number") if issubclass(self.model, Numbered) else None
            pk = by_number.get(number) if number else by_key.get(self._key_of(row)) if by_key else None
            if number and not pk:
                row.errors.append((self.head("number"), unknown % {"n": number}))
            found |= {row.number: pk} if pk else {}
        within = self.register.queryset(self.user, "amend") if self.register.amends else self.model.objects.none()
        joins = [name for name in self.amending.fields if getattr(self._field(name), "many_to_one", False)]
        records: dict[int, Any] = {}
        for some in _pieces(sorted(set(found.values()))):
            records |= within.select_related(*joins).in_bulk(some)
        for row in self.rows:
            row.record = records.get(found.get(row.number, 0))
            if row.number in found and row.record is None:
                row.errors.append(("", _("It is there already, and you may not correct it.")))

    def _by_number(self) -> dict[str, int]:
        if not issubclass(self.model, Numbered):  # a class and a week have a number too
            return {}
        numbers = sorted({row.texts["number"] for row in self.rows if row.texts.get("number")})
        found: dict[str, int] = {}
        for some in _pieces(numbers):
            found |= dict(self.model._default_manager.filter(number__in=some).values_list("number", "pk"))
        return found

    def _by_key(self) -> dict[tuple[str, ...], int]:
        """The keys of everything in use; empty when the sheet does not carry the key's columns."""
        if not self.keyed:
            return {}
        there = self.model._default_manager.all()
        there = there.active() if hasattr(there, "active") else there
        return {tuple(map(str, key)): pk for *key, pk in there.values_list(*self.key, "pk")}

    def _key_of(self, row: Row) -> tuple[str, ...]:
        try:
            values = [self.adding.fields[name].clean(row.texts[name]) for name in self.key]
        except ValidationError:
            return ()
        return () if None in values or "" in values else tuple(str(getattr(value, "pk", value)) for value in values)

    def _clean(self, row: Row) -> None:
        if row.errors:
            return
        form = self.adding if row.record is None else self.amending
        if row.record is None and not (self.register.adds and access.may(self.user, self.model, "add")):
            row.errors.append(("", _("It is not there yet, and you may not add it.")))
            return
        for name, one in form.fields.items():
            one.clean.held = getattr(row.record, name, None) if row.record is not None else None
        form.data = row.texts
        form.full_clean()
        for name, errors in form.errors.items():
            row.errors.append((self.head(name), " ".join(str(e) for e in errors)))
        if not row.errors:
            row.given = forms.given(form)
            twins = self.twins.get(self._facts_of(row), []) if row.record is None and self.unnamed(row) else []
            if twins:
                row.record, row.given = self.model(pk=twins.pop()), {}
            row.changes = self._changes(row) if row.given and row.record is not None else []

    def unnamed(self, row: Row) -> bool:
        """Has it neither number nor key? Then a record that says the same in every column is taken for it."""
        return not issubclass(self.model, Numbered) and not (self.keyed and self._key_of(row))

    @cached_property
    def compared(self) -> list[str]:
        concrete = {field.name for field in self.model._meta.concrete_fields}
        return [name for name in self.adding.fields if name in self.table.columns.values() and name in concrete]

    @cached_property
    def twins(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = {}
        for pk, *values in self.register.queryset(self.user).values_list("pk", *self.compared):
            found.setdefault(tuple(map(_same, values)), []).append(pk)
        return found

    def _facts_of(self, row: Row) -> tuple[str, ...]:
        return tuple(_same(row.given.get(name)) for name in self.compared)

    def _changes(self, row: Row) -> list[tuple[str, str, str]]:
        """(column, was, is) of what differs; what is the same is taken out of `given`."""
        found, changed = [], {}
        for name, new in row.given.items():
            old = getattr(row.record, name)
            write = writer(self._field(name), full=True)
            if hasattr(old, "all"):
                same, shown = {o.pk for o in old.all()} == {n.pk for n in new}, "、".join(str(n) for n in new)
            else:
                same, shown = old == new or old in (None, "") and new in (None, ""), write(new)
            if not same:
                changed[name] = new
                found.append((self.head(name), write(old), shown))
        row.given = changed
        return found

    def _refuse_twice(self, row: Row, taken: dict[tuple[str, str], int]) -> None:
        """The same record twice in a sheet: the second row would undo the first."""
        named = self._key_of(row) if row.record is None and self.keyed else ()
        if row.record is None and not any(named):
            return
        key = ("key", repr(named)) if row.record is None else ("pk", str(row.record.pk))
        if key in taken:
            row.errors.append(("", _("The same as row %(n)s. Keep one of them.") % {"n": taken[key]}))
        taken.setdefault(key, row.number)

    def head(self, name: str) -> str:
        """The column's words as they stand in the sheet."""
        shown = self.table.heads.get(name) or getattr(self.adding.fields.get(name), "label", None)
        return "" if name == "__all__" else str(shown or name)

    # words for the page ---------------------------------------------------------

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.kind for row in self.rows)

    def shown(self, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind][: SHOWN[kind]]

    @property
    def missing(self) -> list[str]:
        here = set(self.table.columns.values())
        must = {name: field for name, field in self.adding.fields.items() if field.required and field.initial is None}
        return [str(field.label) for name, field in must.items() if name not in here]

    # writing --------------------------------------------------------------------

    def write(self, *, keep: bool, skip: bool = False) -> bool:
        """Add and amend in one transaction, rolled back unless `keep`; True when it went through.

        A row that cannot be written gets its error and nothing is written; with `skip` the others are tried again.
        """
        while True:
            wrong = self.counts["wrong"]
            if wrong and keep and not skip:
                return False
            with transaction.atomic():
                self._add([row for row in self.rows if row.kind == "new"])
                self._amend([row for row in self.rows if row.kind == "changed"])
                more = self.counts["wrong"] > wrong
                transaction.set_rollback(more or not keep)
            if not more:
                return True
            if not (skip or not keep):
                return False

    def _add(self, new: list[Row]) -> None:
        many = {f.name for f in self.model._meta.many_to_many}
        try:
            with transaction.atomic():
                if not any(many & set(row.given) for row in new):
                    add_many(self.model, [row.given for row in new], by=self.user)
                    return
        except RowErrors as why:
            for at, error in why.errors.items():
                self._note(new[at], error)
            return
        except IntegrityError:
            pass  # two rows clash, or one with a record: one by one says which
        for row in new:
            self._try(row, lambda row=row: self.model.add(by=self.user, **row.given))

    def _amend(self, changed: list[Row]) -> None:
        for row in changed:
            self._try(row, lambda row=row: row.record.amend(by=self.user, **row.given))

    def _try(self, row: Row, act: Any) -> None:
        try:
            with transaction.atomic():
                act()
        except (ValidationError, NotAllowed) as error:
            self._note(row, error)
        except DatabaseError:
            self._note(row, NotAllowed(_("It contradicts another record. Compare it with what is there already.")))

    def _note(self, row: Row, error: Exception) -> None:
        found = getattr(error, "message_dict", None) or {"": getattr(error, "messages", [str(error)])}
        row.errors += [(self.head(name) if name else "", " ".join(sentences)) for name, sentences in found.items()]


def _same(value: Any) -> str:
    """A value as it compares, whether it comes from a form or from the database."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return str(value.timestamp())
    return "" if value is None else str(getattr(value, "pk", value))


def _pieces(values: list[Any], size: int = 500) -> Iterator[list[Any]]:
    return (values[at : at + size] for at in range(0, len(values), size))
