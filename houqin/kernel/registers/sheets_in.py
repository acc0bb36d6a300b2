"""Records from a sheet: shown first (new, changed, unchanged, wrong), then written in one transaction or not at all."""

import io
import secrets
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import xlsxwriter
from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .. import access, clock
from ..records import Numbered
from ..records.bulk import RowErrors, add_many
from ..verbs import NotAllowed
from . import forms
from .base import registry
from .columns import columns, fields_along, heading_of, label_of, writer
from .lines import LinesField
from .page import Page
from .sheet_cells import reads
from .sheet_tables import MEGABYTES, find, kind_of, tables, words

HOURS = 2
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
    """{heading as compared: field of the form, "number", or "" for what the export also shows}, in all our languages."""
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
    return found | {words(alias): name for alias, name in register.import_aliases.items()}


class Reading:
    """A table read against a register for one user. Nothing is written before `write`."""

    def __init__(self, register: Any, user: Any, path: Path) -> None:
        self.register, self.user, self.model = register, user, register.model
        self.known = known_heads(register)
        self.table = find(tables(path), self.known)
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
        unique = [n for n in self.adding.fields if getattr(next(iter(fields_along(self.model, n)), None), "unique", False)]
        return given or unique[:1]

    def _recognise(self) -> None:
        """Find the records that rows name, by number or key; a number nobody gave out is refused."""
        numbered = issubclass(self.model, Numbered)
        numbers = {row.texts["number"] for row in self.rows if numbered and row.texts.get("number")}
        there = self.model._default_manager.all()
        by_number = {}
        for some in _pieces(sorted(numbers)):
            by_number |= dict(there.filter(number__in=some).values_list("number", "pk"))
        by_key: dict[tuple[str, ...], int] = {}
        if self.key and set(self.key) <= set(self.table.columns.values()):
            active = there.active() if hasattr(there, "active") else there
            by_key = {tuple(map(str, key)): pk for *key, pk in active.values_list(*self.key, "pk")}
        found = {}
        for row in self.rows:
            if numbered and (number := row.texts.get("number")):
                found[row.number] = by_number.get(number)
                if not found[row.number]:
                    row.errors.append((self.head("number"), _("The number %(n)s is not known. Leave it empty for a new one.") % {"n": number}))
            elif by_key:
                found[row.number] = by_key.get(self._key_of(row))
        within = self.register.queryset(self.user, "amend") if self.register.amends else there.none()
        records: dict[int, Any] = {}
        for some in _pieces(sorted({pk for pk in found.values() if pk})):
            records |= within.in_bulk(some)
        for row in self.rows:
            row.record = records.get(found.get(row.number) or 0)
            if found.get(row.number) and row.record is None:
                row.errors.append(("", _("It is there already, and you may not correct it.")))

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
            row.changes = self._changes(row) if row.record is not None else []

    def _changes(self, row: Row) -> list[tuple[str, str, str]]:
        """(column, was, is) of what differs; what is the same is taken out of `given`."""
        found, changed = [], {}
        for name, new in row.given.items():
            old = getattr(row.record, name)
            write = writer(next(iter(fields_along(self.model, name)), None), full=True)
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
        key = ("pk", str(row.record.pk)) if row.record is not None else ("key", repr(self._key_of(row)))
        if row.record is None and (not self.key or not set(self.key) <= set(self.table.columns.values()) or not any(self._key_of(row))):
            return
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
        return [str(f.label) for n, f in self.adding.fields.items() if f.required and f.initial is None and n not in here]

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


def _pieces(values: list[Any], size: int = 500) -> list[list[Any]]:
    return [values[at : at + size] for at in range(0, len(values), size)]


# the page --------------------------------------------------------------------------------------


class ImportPage(Page):
    """GET asks for the file, POST shows what it says, POST with the token writes it."""

    word, template = "add", "import"

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        return self.page(reading=None, error="")

    def post(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        if not self.register.imports:
            raise PermissionDenied
        try:
            return self._confirm(request) if request.POST.get("token") else self._show(*self._upload(request))
        except ValidationError as error:
            return self.page(422, reading=None, error=" ".join(error.messages))

    def _upload(self, request: HttpRequest) -> tuple[Path, str]:
        file = request.FILES.get("file")
        if file is None or not file.size:
            raise ValidationError(_("Choose a sheet first; the one you chose is empty or was not sent."))
        if file.size > MEGABYTES * 2**20:
            raise ValidationError(_("The file is larger than %(n)s MB. Split it into several sheets.") % {"n": MEGABYTES})
        data = file.read()
        folder = settings.DATA_DIR / "uploads"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.*"):
            if old.stat().st_mtime < clock.now().timestamp() - HOURS * 3600:
                old.unlink(missing_ok=True)
        kept = folder / f"{secrets.token_urlsafe(18)}.{kind_of(data, file.name or '')}"
        kept.write_bytes(data)
        return kept, file.name or ""

    def _show(self, kept: Path, name: str, reading: Reading | None = None, status: int = 200) -> HttpResponse:
        if reading is None:
            reading = Reading(self.register, self.request.user, kept)
            reading.write(keep=False)
        token = signing.dumps([kept.name, name, self.request.user.pk, self.register.key], salt="import")
        return self.page(status, reading=reading, error="", token=token, name=name)

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        again = _("This preview is no longer there, or was imported already. Choose the file again.")
        try:
            kept, name, user, key = signing.loads(request.POST["token"], salt="import", max_age=HOURS * 3600)
        except signing.BadSignature as why:
            raise ValidationError(again) from why
        file = settings.DATA_DIR / "uploads" / kept
        claimed = file.with_name("taken-" + file.name)
        if (user, key) != (request.user.pk, self.register.key) or not file.exists():
            raise ValidationError(again)
        file.rename(claimed)  # whoever comes second finds nothing: a form sent twice imports once
        reading = Reading(self.register, request.user, claimed)
        if not reading.write(keep=True, skip="skip" in request.POST):
            claimed.rename(file)
            return self._show(file, name, reading, 422)
        claimed.unlink(missing_ok=True)
        said = {"new": reading.counts["new"], "changed": reading.counts["changed"], "wrong": reading.counts["wrong"]}
        messages.success(request, _("Imported: %(new)s added, %(changed)s corrected, %(wrong)s rows left out.") % said)
        return self.leave(reverse(self.register.model.url_name("list")))


class TemplatePage(Page):
    """An empty sheet with the form's columns, what each wants as a comment, and lists to choose from."""

    word, listed = "add", 500

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponseBase:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out)
        sheet, lists = book.add_worksheet(str(self.register.title)[:31]), book.add_worksheet(_("Choices"))
        lists.hide()
        bold, text = book.add_format({"bold": True, "border": 1, "bg_color": "#EEF2F1"}), book.add_format({"num_format": "@"})
        kind = forms.add_form(self.register)
        extra = {"register": self.register, "user": request.user} if issubclass(kind, forms.RecordForm) else {}
        for at, one in enumerate(reads(kind(**extra)).fields.values()):
            sheet.write_string(0, at, f"{one.label}{' *' * (one.required and one.initial is None)}", bold)
            sheet.set_column(at, at, max(12, 2 * len(str(one.label)) + 4), None if _typed(one) else text)
            choices = _choices(one, self.listed)
            if note := _hint(one, choices):
                sheet.write_comment(0, at, note)
            if choices and len(choices) <= self.listed:
                lists.write_column(0, at, choices)
                letter = xlsxwriter.utility.xl_col_to_name(at)
                source = f"='{lists.name}'!${letter}$1:${letter}${len(choices)}"
                sheet.data_validation(1, at, 2000, at, {"validate": "list", "source": source, "error_type": "warning"})
        sheet.freeze_panes(1, 0)
        book.close()
        out.seek(0)
        return FileResponse(out, as_attachment=True, filename=f"{self.register.title}.xlsx")


def _typed(one: Any) -> bool:
    return isinstance(one, django_forms.DateField | django_forms.DecimalField | django_forms.IntegerField)


def _choices(one: Any, most: int) -> list[str]:
    if isinstance(one, django_forms.ModelMultipleChoiceField):
        return []
    if isinstance(one, django_forms.ModelChoiceField):
        return [str(record) for record in one.queryset[: most + 1]]
    if isinstance(one, django_forms.BooleanField):
        return [_("Yes"), _("No")]
    return [str(label) for value, label in getattr(one, "choices", []) if value not in ("", None)]


def _hint(one: Any, choices: list[str]) -> str:
    parts = [str(one.help_text)] if one.help_text else []
    parts += [_("Must be filled in.")] if one.required and one.initial is None else []
    parts += [_("A day such as 2026-09-01, 2026.9.1 or 9月1日.")] if isinstance(one, django_forms.DateField) else []
    parts += [_("Several are separated by 、.")] if isinstance(one, django_forms.ModelMultipleChoiceField) else []
    parts += [_("One of: %(known)s") % {"known": "、".join(choices[:12])}] if 0 < len(choices) <= 12 else []
    return "\n".join(parts)


def urlpatterns() -> list[Any]:
    found = []
    for register in (r for r in registry.values() if r.imports and r.adds):
        base, name = f"{register.opts.app_label}/{register.opts.model_name}/import/", register.key.replace(".", "_")
        found.append(path(base, ImportPage.as_view(register=register), name=f"{name}_import"))
        found.append(path(f"{base}template/", TemplatePage.as_view(register=register), name=f"{name}_template"))
    return found
