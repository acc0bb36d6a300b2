"""The registers as REST resources: the lists, forms and verbs of the pages in JSON, compiled once a register."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import Model
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import authentication, exceptions, parsers, permissions, routers, views, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from .. import access
from ..counting import CAP, counted
from ..records import Attachable
from ..verbs import NotAllowed
from . import bodies, forms, schema
from .base import Register, registry
from .columns import slim
from .lists import Listing
from .render import page
from .tokens import ApiToken

LIMIT, MOST, FAR = 50, 200, 1_000_000


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token …` with a token of the profile page or of POST /api/token/."""

    def authenticate_credentials(self, key: str) -> Any:
        user = ApiToken.holder(key)
        if user is None:
            raise exceptions.AuthenticationFailed(_("The token is unknown or has ended, or its owner has left."))
        return user, key


class Conflict(exceptions.APIException):
    status_code = 409


class Base(views.APIView):
    authentication_classes: Any = (TokenAuthentication, authentication.SessionAuthentication)
    permission_classes: Any = (permissions.IsAuthenticated,)

    def get_exception_handler(self) -> Any:
        return problem


def problem(error: Exception, context: Any) -> Response | None:
    """What went wrong, as application/problem+json: title, status, detail, and `errors` by field."""
    if isinstance(error, NotAllowed):
        error = Conflict(str(error))
    elif isinstance(error, IntegrityError):
        error = Conflict(_("Somebody else wrote the same meanwhile. Read again and repeat."))
    elif isinstance(error, OverflowError | DataError):
        error = exceptions.ParseError(_("A number or a day is out of range."))
    elif isinstance(error, ValidationError):
        named = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        error = exceptions.ValidationError(named)
    response = views.exception_handler(error, context)
    if response is None:
        return None
    data: Any = response.data
    fields = data if isinstance(error, exceptions.ValidationError) else {}
    detail = str(data["detail"]) if "detail" in data and not fields else _("Some fields are wrong.")
    response.data = {"title": response.status_text, "status": response.status_code, "detail": detail, "errors": fields}
    response.content_type = "application/problem+json"
    return response


# what is served ---------------------------------------------------------------


def said(register: Register, record: Any) -> dict[str, Any]:
    found = {column.name: plain(column.value(record)) for column in schema.served(register) if column.value}
    return {"id": record.pk, "text": str(record)} | found


def plain(value: Any) -> Any:
    if isinstance(value, Model):
        return {"id": value.pk, "text": str(value)}
    if hasattr(value, "all"):
        return [plain(one) for one in value.all()]
    if isinstance(value, datetime):
        return timezone.localtime(value)
    return value if isinstance(value, int | float | None) or type(value) in schema.SAID else str(value)


class Records(Base, viewsets.GenericViewSet):
    """One register."""

    register: Register
    lookup_value_regex = r"\d{1,18}"
    parser_classes = (parsers.JSONParser, parsers.MultiPartParser, parsers.FormParser)

    def list(self, request: Any) -> Response:
        params = request.query_params.copy()
        params["sort"] = params.get("ordering", "")
        params.setdefault("tab", "")
        listing = Listing(self.register, request.user, params)
        if params["sort"] in ("id", "-id"):
            listing.sort = params["sort"]
        self.need("view")
        limit, offset = _whole(params, "limit", LIMIT, MOST), _whole(params, "offset", 0, FAR)
        total = counted([listing.queryset])[0]
        rows = slim(self.register, listing.ordered, schema.served(self.register))[offset : offset + limit]
        return Response({
            "count": min(total, CAP), "capped": total > CAP, "limit": limit, "offset": offset,
            "results": [said(self.register, record) for record in rows],
        })  # fmt: skip

    def retrieve(self, request: Any, pk: str) -> Response:
        return self.answer(self.record("view", slim_=True))

    def act(self, name: str) -> Response:
        record = self.record(name)
        form = self.form(forms.verb_form(self.register, record.verb(name)), record)
        self.asked(form, lambda: getattr(record, name)(by=self.request.user, **forms.given(form)))
        return self.answer(record)

    # the ways they share --------------------------------------------------------

    def need(self, word: str) -> None:
        if not access.may(self.request.user, self.register.model, word):
            raise exceptions.PermissionDenied

    def record(self, word: str, slim_: bool = False) -> Any:
        """403 without the right, 404 outside its scope."""
        self.need(word)
        found = self.register.queryset(self.request.user, word).filter(pk=self.kwargs["pk"])
        found = slim(self.register, found, schema.served(self.register)) if slim_ else found
        record = next(iter(found.order_by()[:1]), None)
        if record is None:
            raise exceptions.NotFound
        return record

    def form(self, kind: Any, record: Any, held: dict[str, Any] | None = None) -> Any:
        words = {"register": self.register, "record": record, "user": self.request.user}
        words = words if issubclass(kind, forms.RecordForm) else {}
        form = kind(bodies.read(self.request, kind, held), self.request.FILES, **words)
        if not form.is_valid():
            raise exceptions.ValidationError(form.errors)
        return form

    def asked(self, form: Any, act: Any) -> Any:
        try:
            return act()
        except ValidationError as error:
            forms.take(form, error)
            raise exceptions.ValidationError(form.errors) from error

    def answer(self, record: Any, code: int = 200) -> Response:
        """The record as it is now, its lines and its papers; only its name when it left the user's reach."""
        if not access.may_on(self.request.user, record, "view"):
            return Response({"id": record.pk, "text": str(record)}, code)
        data = said(self.register, record)
        for name in record.line_names():
            lines = getattr(record, name).order_by("position")
            data[name] = [{n: plain(getattr(line, n)) for n in line.names()} for line in lines]
        if isinstance(record, Attachable):
            papers = record.attachments.values("id", "name", "mime", "size")
            data["attachments"] = [paper | {"url": f"/files/{paper['id']}/"} for paper in papers]
        return Response(data, code)


class Adds(Records):
    def create(self, request: Any) -> Response:
        self.need("add")
        kind = forms.add_form(self.register)
        form = self.form(kind, None, bodies.held(kind, None))
        return self.answer(self.asked(form, lambda: self.register.model.add(by=request.user, **forms.given(form))), 201)


class Amends(Records):
    def partial_update(self, request: Any, pk: str) -> Response:
        record, kind = self.record("amend"), forms.amend_form(self.register)
        form = self.form(kind, record, bodies.held(kind, record))
        given = {name: value for name, value in forms.given(form).items() if name in request.data}
        known = _whole(request.data, "version", record.version, FAR) if "version" in request.data else None
        self.asked(form, lambda: record.amend(by=request.user, version=known, **given))
        return self.answer(record)


def _whole(params: Any, name: str, otherwise: int, most: int) -> int:
    value = params.get(name)
    text = str(otherwise if value in (None, "") else value)
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= most):
        raise ValidationError({name: _("Enter a whole number from 0 to %(most)s.") % {"most": most}})
    return int(text)


def viewset(register: Register) -> Any:
    """The resource of a register; its verbs get a prefix, as one called `dispatch` would hide the view's own."""
    attrs: dict[str, Any] = {"register": register, "__doc__": register.__doc__}
    bases: list[Any] = [kind for kind, has in ((Adds, register.adds), (Amends, register.amends)) if has] or [Records]
    for name, verb in register.verbs.items():
        attrs[f"verb_{name}"] = _action(register, name, verb)
    return schema.documented(register, type(f"{register.model.__name__}Records", tuple(bases), attrs))


def _action(register: Register, name: str, verb: Any) -> Any:
    def act(self: Records, request: Any, pk: str) -> Response:
        return self.act(name)

    act.__name__, act.__doc__ = f"verb_{name}", verb.__doc__
    made = action(detail=True, methods=["post"], url_path=name, url_name=name)(act)
    return schema.of_verb(register, verb)(made)


class TokenView(Base):
    """A name and a password for a token; as often as signing in may be tried."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = (parsers.JSONParser, parsers.FormParser)

    @extend_schema(
        request=schema.SignIn, responses={201: schema.Token} | dict.fromkeys((400, 403, 429), schema.Problem)
    )
    def post(self, request: Any) -> Response:
        asked = schema.SignIn(data=request.data)
        asked.is_valid(raise_exception=True)
        words = {name: asked.validated_data[name] for name in ("username", "password")}
        try:
            user = get_adapter().authenticate(request._request, **words)
        except ValidationError as error:
            raise exceptions.Throttled(detail=" ".join(error.messages)) from error
        if user is None or not user.is_active:
            raise ValidationError(_("The name or the password is wrong."))
        if getattr(user, "must_change", False) or is_mfa_enabled(user):
            raise exceptions.PermissionDenied(_("Sign in with a browser and make the token on the page “API tokens”."))
        token, text = ApiToken.make(user, asked.validated_data.get("name", ""))
        return Response({"token": text, "ends_on": token.ends_on}, 201)


@login_required
def docs(request: Any) -> Any:
    return page(request, "api/docs.html", {})


def urlpatterns() -> list[Any]:
    router = routers.SimpleRouter()
    for register in registry.values():
        router.register(register.key.replace(".", "/"), viewset(register), basename=register.key)
    words = {"authentication_classes": Base.authentication_classes, "permission_classes": Base.permission_classes}
    own = [
        path("schema/", SpectacularAPIView.as_view(**words), name="schema"),
        path("docs/", docs, name="docs"),
        path("token/", TokenView.as_view(), name="token"),
    ]
    return [path("api/", include((own + router.urls, "api")))]
