"""The generated pages of every register, one route a page and one a verb."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _

from .. import menu
from ..access import may
from . import filters
from .base import registry
from .columns import columns, heading_of
from .detail import Detail
from .form_pages import AddPage, AmendPage, BulkPage, FormPage, VerbPage
from .lists import Listing, matching
from .page import Page
from .paging import Pages
from .render import is_htmx
from .views_saved import SavedView


class ListPage(Page):
    template, block = "list", "list"

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        register, user = self.register, request.user
        listing = Listing(register, user, request.GET)
        shown = [(column, heading_of(register, column)) for column in listing.chosen]
        named = {s.name: s for s in register.sheets if s.many and may(user, register.model, s.verb)}
        wanted = [*register.names("bulk"), *(v.name for v in register.verbs.values() if v.bulk)]
        verbs = [register.verbs[name] for name in dict.fromkeys(wanted) if may(user, register.model, name)]
        listing.beside = [] if is_htmx(request) else menu.questions(user)
        pages = Pages(listing)
        menu.answer(user, listing.answers)
        return self.page(
            listing=listing, pages=pages, columns=shown, verbs=verbs, sheets=named,
            filters=self.filters(listing), adds=register.adds and may(user, register.model, "add"),
            query=request.GET.urlencode(),
        )  # fmt: skip

    def filters(self, listing: Listing) -> list[dict[str, Any]]:
        """Each filter as the bar draws it: what is applied (with the address without it) or what can be chosen."""
        shown = []
        for name, one in filters.filters(self.register).items():
            values = listing.applied.get(name, [])
            drop = {name: None, f"{name}_from": None, f"{name}_to": None, f"{name}_text": None}
            said = one.said(values, listing.params.get(f"{name}_text", "")) if values else ""
            words = {"name": name, "label": one.label, "kind": one.kind, "values": values, "said": said}
            shown.append(words | {"clear": listing.link(**drop), "options": [] if values else one.options()})
        return shown


class DetailPage(Page):
    template = "detail"

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        return self.page(detail=Detail(self.register, self.record, request.user))


class ChoicesPage(Page):
    """Records a filter may be set to, while somebody types: JSON [{value, text}], at most 40."""

    def get(self, request: HttpRequest, name: str, **_kw: Any) -> HttpResponse:
        one = filters.filters(self.register).get(name)
        if one is None or one.kind != "record":
            raise Http404
        model, text = one.field.related_model, request.GET.get("q", "").strip()
        found = model._default_manager.all()
        found = found.active() if hasattr(found, "active") else found
        found = found.filter(pk__in=matching(model, text)) if text else found
        return JsonResponse([{"value": r.pk, "text": str(r)} for r in found[:40]], safe=False)


class ColumnsPage(Page):
    """Which columns the user wants to see; choosing none brings back the register's own."""

    template = "columns"

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        on = {c.name for c in Listing(self.register, request.user, request.GET).chosen}
        choices = [(name, heading_of(self.register, c), name in on) for name, c in columns(self.register).items()]
        back = reverse(self.register.model.url_name("list"))
        return self.page(choices=choices, query=request.GET.urlencode(), back=f"{back}?{request.GET.urlencode()}")

    def post(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        known = columns(self.register)
        SavedView.choose(request.user, self.register, [n for n in request.POST.getlist("columns") if n in known])
        query = QueryDict(request.POST.get("query", "")).urlencode()
        return self.leave(f"{reverse(self.register.model.url_name('list'))}?{query}".rstrip("?"))


class ViewForm(django_forms.Form):
    """The name of a saved view."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["name"] = django_forms.CharField(label=_("Name of the view"), max_length=30)


class ViewPage(FormPage):
    """Saves the list as it stands under a name; with `view` in the address it renames or removes that one."""

    template = "view"

    def held(self) -> SavedView | None:
        pk = self.kwargs.get("view")
        found = SavedView.of_user(self.request.user, self.register).filter(pk=pk)
        if pk and not found.exists():
            raise Http404
        return found.first() if pk else None

    def form(self, *args: Any) -> Any:
        held = self.held()
        return ViewForm(*args, initial={"name": held.name if held else ""})

    def post(self, request: HttpRequest, **_kw: Any) -> HttpResponse:
        held = self.held()
        if held and "remove" in request.POST:
            held.delete()
            messages.success(request, _("The view was removed."))
            return self.leave(self.list_url)
        return super().post(request)

    def act(self, form: Any) -> Any:
        name, held = form.cleaned_data["name"], self.held()
        mine = SavedView.of_user(self.request.user, self.register)
        if held is None and mine.exclude(name=name).count() >= SavedView.limit:
            raise forms_error(_("You have %(n)s views already. Remove one first.") % {"n": SavedView.limit})
        if held is None:
            return SavedView.keep(self.request.user, self.register, name, QueryDict(self.request.POST.get("query", "")))
        if mine.filter(name=name).exclude(pk=held.pk).exists():
            raise forms_error(_("You have a view of this name already."))
        held.name = name
        held.save()
        return held

    def done(self, record: Any) -> HttpResponse:
        return self.leave(f"{self.list_url}?{record.query}{'&' * bool(record.query)}view={record.pk}")

    def extra(self) -> dict[str, Any]:
        query = self.request.POST.get("query", self.request.GET.urlencode())
        return {"hidden": {"query": query}, "held": self.held()}

    def words(self) -> dict[str, Any]:
        title = _("Rename or remove the view") if self.kwargs.get("view") else _("Save as view")
        text = _("Tab, filters, search and order are kept; only you see it.")
        return {"title": title, "help": text, "button": _("Save"), "css": "btn-primary", "cancel": self.list_url}


def forms_error(text: str) -> django_forms.ValidationError:
    return django_forms.ValidationError({"name": text})


def urls(register: Any) -> list[URLPattern]:
    name = register.opts.model_name

    def at(route: str, page: str, view: Any, **words: Any) -> URLPattern:
        return path(route, register.pages.get(page, view).as_view(register=register, **words), name=f"{name}_{page}")

    found = [
        at("", "list", ListPage),
        at("columns/", "column_choice", ColumnsPage),
        at("choices/<slug:name>/", "choices", ChoicesPage),
        at("views/new/", "view_add", ViewPage),
        at("views/<int:view>/", "view", ViewPage),
        at("<int:pk>/", "detail", DetailPage),
    ]
    found += [at("new/", "add", AddPage)] if register.adds else []
    found += [at("<int:pk>/amend/", "amend", AmendPage)] if register.amends else []
    found += [at(f"<int:pk>/{verb}/", verb, VerbPage, verb=one) for verb, one in register.verbs.items()]
    bulk = {*register.names("bulk"), *(verb for verb, one in register.verbs.items() if one.bulk)}
    return found + [at(f"bulk/{verb}/", f"bulk_{verb}", BulkPage, verb=register.verbs[verb]) for verb in sorted(bulk)]


def urlpatterns() -> list[URLResolver]:
    """Every register's pages at /<app>/<model>/…, named <app>:<model>_<page>."""
    apps: dict[str, list[Any]] = {}
    for register in registry.values():
        apps.setdefault(register.opts.app_label, []).append(
            path(f"{register.opts.model_name}/", include(urls(register)))
        )
    return [path(f"{label}/", include((routes, label), namespace=label)) for label, routes in apps.items()]
