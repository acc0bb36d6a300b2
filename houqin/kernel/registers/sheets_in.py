"""The import of a register: choose a sheet, see what it says, write it. Nothing is written before it was seen."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from .. import clock
from .base import registry
from .page import Page
from .sheet_reading import Reading
from .sheet_tables import MEGABYTES, kind_of
from .sheet_template import TemplatePage

HOURS = 2


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
            words = _("The file is larger than %(n)s MB. Split it into several sheets.")
            raise ValidationError(words % {"n": MEGABYTES})
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


def urlpatterns() -> list[Any]:
    found = []
    for register in (r for r in registry.values() if r.imports and r.adds):
        base, name = f"{register.opts.app_label}/{register.opts.model_name}/import/", register.key.replace(".", "_")
        found.append(path(base, ImportPage.as_view(register=register), name=f"{name}_import"))
        found.append(path(f"{base}template/", TemplatePage.as_view(register=register), name=f"{name}_template"))
    return found
