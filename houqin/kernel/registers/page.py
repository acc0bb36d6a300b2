"""What every generated page does first: who is asking, may he, and is this record within his reach."""

from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views import View

from ..access import may
from . import render
from .columns import named


class Page(View):
    """A page of one register. `word` is the right it needs; `record` is set where the address names one."""

    register: Any = None
    word: Any = "view"
    template: ClassVar[str] = ""
    override: ClassVar[str] = ""
    block: ClassVar[str] = ""
    record: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            answer = redirect_to_login(request.get_full_path())
            return HttpResponse(status=204, headers={"HX-Redirect": answer.url}) if render.is_htmx(request) else answer
        if not may(request.user, self.register.model, self.word):
            raise PermissionDenied
        if "pk" in kwargs:
            self.record = self.found(kwargs.pop("pk"))
        return super().dispatch(request, *args, **kwargs)

    def found(self, pk: int) -> Any:
        """The record, with what its page reads; 404 when it is out of the user's reach."""
        found = named(self.register, self.register.queryset(self.request.user, self.word))
        # Without an order: Django hashes every column of every join to sort one row.
        record = next(iter(found.filter(pk=pk).order_by()[:1]), None) if pk < 2**63 else None
        if record is None:
            raise Http404
        return record

    def page(self, status: int = 200, **context: Any) -> HttpResponse:
        """The first template there is: <app>/<model>_<page>.html, then registers/<page>.html."""
        opts = self.register.opts
        names = (
            f"{opts.app_label}/{opts.model_name}_{self.override or self.template}.html",
            f"registers/{self.template}.html",
        )
        context |= {"register": self.register, "record": self.record, "model": self.register.model}
        return render.page(self.request, names, context, status, self.block)

    def leave(self, url: str) -> HttpResponse:
        """Go there: htmx closes its dialog and follows, a plain form is redirected."""
        if render.is_htmx(self.request):
            return HttpResponse(status=204, headers={"HX-Location": url})
        return redirect(url)
