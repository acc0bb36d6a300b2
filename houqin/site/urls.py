"""Every address of the product, in the order in which they are tried."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from houqin.areas.repairs import views as repairs
from houqin.areas.workplan import views as workplan
from houqin.desk import views as desk
from houqin.kernel import files
from houqin.kernel.registers import api, codes, pages, palette, prints, sheets_in, sheets_out
from houqin.kernel.ui import gallery
from houqin.school.people import views as people
from houqin.school.places import views as places
from houqin.school.terms import views as terms

handler400, handler403, handler404, handler500 = (
    f"houqin.desk.faults.{name}" for name in ("malformed", "forbidden", "missing", "broken")
)

desk_pages = [
    path("", desk.desk, name="desk"),
    path("todo/", desk.todo, name="todo"),
    path("services/", desk.services, name="services"),
    path("scan/", desk.scan, name="scan"),
]

urlpatterns = [
    path("", include((desk_pages, "desk"))),
    path("healthz", desk.health, name="healthz"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/logo.svg"), name="favicon"),
    path("i18n/", include("django.conf.urls.i18n")),
    *people.urlpatterns,  # before allauth: its sign-in page leads to /setup/ at first start
    path("accounts/", include("allauth.urls")),
    *places.urlpatterns,
    *terms.urlpatterns,
    *repairs.urlpatterns,
    *workplan.urlpatterns,
    *files.urlpatterns(),
    *codes.urlpatterns(),
    *prints.urlpatterns(),
    *sheets_in.urlpatterns(),
    *sheets_out.urlpatterns(),
    *palette.urlpatterns(),
    *api.urlpatterns(),
    *pages.urlpatterns(),
]
if settings.DEBUG or settings.TESTING:
    urlpatterns.append(path("gallery/", gallery.gallery, name="gallery"))
