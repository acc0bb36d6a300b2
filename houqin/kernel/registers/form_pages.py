"""The pages that ask: add, correct, do a verb, do a verb for many. A form is a page and a dialog alike."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .. import clock
from ..verbs import NotAllowed, Verb
from . import forms
from .lines import LinesField
from .page import Page

TWICE = gettext_noop("There is such a record already, or somebody was faster.")


class FormPage(Page):
    """GET shows the form; POST does it, or says in place why not (422 wrong input, 409 not allowed now)."""

    template = "form"
    refusal = ""

    def form(self, *args: Any) -> Any:
        raise NotImplementedError

    def act(self, form: Any) -> Any:
        """Do it and return the record. Raises NotAllowed, ValidationError."""
        raise NotImplementedError

    def made(self, kind: Any, *args: Any, **words: Any) -> Any:
        if issubclass(kind, forms.RecordForm):
            words |= {"register": self.register, "record": self.record, "user": self.request.user}
        return kind(*args, **words)

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, 422)
        try:
            record = self.act(form)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, 409)
        except ValidationError as error:
            forms.take(form, error)
            return self.show(form, 422)
        except IntegrityError:
            form.add_error(None, _(TWICE))
            return self.show(form, 409)
        return self.done(record)

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        names = getattr(form, "rows", None) or [[name] for name in form.fields]
        layout = [(form[name], _rows(form, name), len(row) == 1) for row in names for name in row]
        return self.page(status, form=form, layout=layout, words=self.words(), refusal=self.refusal, **self.extra())

    def words(self) -> dict[str, Any]:
        """title, help, button, css and cancel of the dialog."""
        raise NotImplementedError

    def extra(self) -> dict[str, Any]:
        return {"hidden": {}}

    @property
    def list_url(self) -> str:
        return reverse(self.register.model.url_name("list"))

    def done(self, record: Any) -> HttpResponse:
        """To the record, or to the list when it is no longer within reach."""
        seen = record is not None and self.register.queryset(self.request.user).filter(pk=record.pk).exists()
        return self.leave(record.get_absolute_url() if seen else self.list_url)

    def prefilled(self, kind: Any) -> dict[str, Any]:
        return {k: v for k, v in self.request.GET.items() if k in kind.base_fields and v}


class AddPage(FormPage):
    word, override = "add", "add"

    def form(self, *args: Any) -> Any:
        kind = forms.add_form(self.register)
        return self.made(kind, *args, initial=self.prefilled(kind))

    def act(self, form: Any) -> Any:
        """A form sent twice is known by its token and adds nothing the second time."""
        token = self.request.POST.get("once", "")[:40]
        with transaction.atomic():
            # one day for all tokens, so that name and day are unique; clock.sweep forgets them
            day = clock.now().replace(hour=0, minute=0)
            again = clock.Slot.objects.filter(name=f"add:{token}", at__gte=day - timedelta(days=1)).exists()
            if token and (again or not clock.Slot.claim(f"add:{token}", day)):
                return None
            record = self.register.model.add(by=self.request.user, **forms.given(form))
        messages.success(self.request, _("%(what)s was added.") % {"what": record})
        return record

    def extra(self) -> dict[str, Any]:
        return {"hidden": {"once": self.request.POST.get("once") or secrets.token_urlsafe(12)}}

    def words(self) -> dict[str, Any]:
        title = self.register.add_words
        return {"title": title, "help": "", "button": _("Save"), "css": "btn-primary", "cancel": self.list_url}


class AmendPage(FormPage):
    word, override = "amend", "amend"

    def form(self, *args: Any) -> Any:
        kind = forms.amend_form(self.register)
        return self.made(kind, *args, initial=forms.values(self.record, kind) | self.prefilled(kind))

    def act(self, form: Any) -> Any:
        version = self.request.POST.get("version", "")
        known = int(version) if version.isdecimal() and len(version) < 10 else None
        if self.record.amend(by=self.request.user, version=known, **forms.given(form)):
            messages.success(self.request, _("%(what)s was corrected.") % {"what": self.record})
        return self.record

    def extra(self) -> dict[str, Any]:
        return {"hidden": {"version": self.request.POST.get("version", self.record.version)}}

    def words(self) -> dict[str, Any]:
        title, url = _("Correct %(what)s") % {"what": self.record}, self.record.get_absolute_url()
        return {"title": title, "help": "", "button": _("Save"), "css": "btn-primary", "cancel": url}


class VerbPage(FormPage):
    verb: Verb = None  # type: ignore[assignment]
    override = "verb"

    @property
    def word(self) -> str:
        return self.verb.name

    def form(self, *args: Any) -> Any:
        kind = forms.verb_form(self.register, self.verb)
        held = forms.values(self.record, kind) if self.record else {}
        return self.made(
            kind, *args, initial={k: v for k, v in held.items() if v not in (None, "")} | self.prefilled(kind)
        )

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        self.refusal = self.verb.refusal(self.record, request.user) or ""
        return self.show(self.form(), 409 if self.refusal else 200)

    def act(self, form: Any) -> Any:
        getattr(self.record, self.verb.name)(by=self.request.user, **forms.given(form))
        messages.success(self.request, _("%(verb)s: done.") % {"verb": self.verb.label})
        return self.record

    def words(self) -> dict[str, Any]:
        css = "btn-d" if self.verb.tone == "danger" else "btn-primary"
        url = self.record.get_absolute_url() if self.record else self.list_url
        text = " ".join((self.verb.__doc__ or "").split())
        label = self.verb.label
        return {"title": label, "help": _(text) if text else "", "button": label, "css": css, "cancel": url}


class BulkPage(VerbPage):
    """A verb for the chosen records, each in its own transaction; the answer names every refusal."""

    template = override = "bulk"
    most = 500
    did: int | None = None

    def chosen(self) -> list[Any]:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        ids = [int(one) for one in given.getlist("id") if one.isdecimal() and len(one) < 19][: self.most]
        return list(self.register.queryset(self.request.user, self.verb.name).filter(pk__in=ids).order_by("pk"))

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        return self.show(self.form())

    def act(self, form: Any) -> Any:
        records, self.refused = self.chosen(), []
        for record in records:
            name = str(record)  # a refused verb may leave its changes in memory
            if why := self.attempt(record, forms.given(form)):
                self.refused.append((record.pk, name, why))
        self.did = len(records) - len(self.refused)
        if not records:
            raise NotAllowed(_("None of the chosen records is within your reach."))
        if self.refused:
            raise NotAllowed(_("%(did)s done, %(not)s not done:") % {"did": self.did, "not": len(self.refused)})
        messages.success(self.request, _("%(verb)s: %(did)s done.") % {"verb": self.verb.label, "did": self.did})

    def attempt(self, record: Any, answers: dict[str, Any]) -> str:
        """Do it to one; the sentence that says why not, or nothing."""
        try:
            getattr(record, self.verb.name)(by=self.request.user, **answers)
        except NotAllowed as why:
            return str(why)
        except ValidationError as why:
            return " ".join(why.messages)
        except IntegrityError:
            return _(TWICE)
        return ""

    def extra(self) -> dict[str, Any]:
        refused = [] if self.did is None else self.refused
        ids = [record.pk for record in self.chosen()] if self.did is None else [pk for pk, _name, _why in refused]
        return {"hidden": {}, "ids": ids, "refused": refused, "did": self.did}


def _rows(form: Any, name: str) -> Any:
    """What the macro `lines` draws for a field of rows; None for any other field."""
    field = form.fields[name]
    return (
        field.rows(name, None if form.is_bound else form.initial.get(name)) if isinstance(field, LinesField) else None
    )
