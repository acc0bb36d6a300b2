"""Every address of the product. TEMPORARY while the house is being built: modules that are not there yet are left out."""

import importlib
import importlib.util

from django.urls import include, path

from houqin.desk import views as desk

handler403, handler404, handler500 = (
    "houqin.desk.views.forbidden",
    "houqin.desk.views.missing",
    "houqin.desk.views.broken",
)


def _from(module, name="urlpatterns"):
    try:
        if importlib.util.find_spec(module) is None:
            return []
    except ModuleNotFoundError:
        return []
    found = getattr(importlib.import_module(module), name, [])
    return found() if callable(found) else found


urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("", desk.desk, name="desk"),
                    path("todo/", desk.todo, name="todo"),
                    path("services/", desk.services, name="services"),
                ],
                "desk",
            )
        ),
    ),
    path("healthz", desk.health, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    *_from("houqin.school.people.views"),  # before allauth: its sign-in page leads to /setup/ at first start
    path("accounts/", include("allauth.urls")),
    *_from("houqin.school.places.views"),
    *_from("houqin.school.terms.views"),
    *_from("houqin.areas.repairs.views"),
    *_from("houqin.areas.workplan.views"),
    *_from("houqin.kernel.files"),
    *_from("houqin.kernel.notices"),
    *_from("houqin.kernel.registers.codes"),
    *_from("houqin.kernel.registers.prints"),
    *_from("houqin.kernel.registers.sheets_in"),
    *_from("houqin.kernel.registers.sheets_out"),
    *_from("houqin.kernel.registers.palette"),
    *_from("houqin.kernel.registers.search"),
    *_from("houqin.kernel.registers.api"),
    *_from("houqin.kernel.registers.pages"),
]
