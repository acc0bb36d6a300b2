"""Pages about getting in and about oneself: sign-in, first start, first password, my profile."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.views import LoginView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from houqin.kernel.access import ALL, Role, grants, may, within
from houqin.kernel.registers import registry
from houqin.kernel.registers.render import page
from houqin.school.rules.models import SCHOOL_NAME, value

from .models import User
from .sign_in import NEW_PASSWORD, demo_accounts, set_up, somebody

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


class SignIn(LoginView):
    """allauth's page; before the first user exists it leads to the set-up."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs) if somebody() else redirect("setup")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"demo_accounts": demo_accounts(), "school_name": value(SCHOOL_NAME)}
        return super().get_context_data(**words, **kwargs)


class NewPasswordForm(forms.Form):
    """A password typed twice."""

    password = forms.CharField(
        label=gettext_lazy("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=gettext_lazy("Once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    user: User | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        elif given.get("password"):
            try:
                validate_password(given["password"], self.user)
            except ValidationError as error:
                self.add_error("password", error)
        return given


class SetUpForm(NewPasswordForm):
    """The school and its first administrator."""

    token = forms.CharField(
        label=gettext_lazy("One-time token"),
        help_text=gettext_lazy("It stands in the terminal in which the server was started."),
    )
    school = forms.CharField(label=gettext_lazy("Name of the school"), max_length=60)
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=40)
    username = User._meta.get_field("username").formfield(label=gettext_lazy("Sign-in name"))
    is_director = forms.BooleanField(
        label=gettext_lazy("I am also the logistics director"), required=False, initial=True
    )
    field_order = ("token", "school", "name", "username", "password", "again", "is_director")


@sensitive_post_parameters()
def setup(request: HttpRequest) -> HttpResponse:
    """The first page of a new installation; gone as soon as somebody exists."""
    if somebody():
        return redirect("account_login")
    form = SetUpForm(request.POST or None, initial={"token": request.GET.get("token", "")}, label_suffix="")
    if form.is_valid():
        given = form.cleaned_data
        words = {key: given[key] for key in ("school", "name", "username", "password", "is_director")}
        user = set_up(given["token"], **words)
        if user:
            login(request, user, backend=BACKEND)
            return redirect("/")
        form.add_error("token", _("This token is wrong or used. The command “houqin setup-token” prints a new one."))
    return page(request, "people/setup.html", {"form": form}, 422 if form.errors else 200)


@login_stage_required(stage=NEW_PASSWORD, redirect_urlname="account_login")
@sensitive_post_parameters()
def new_password(request: HttpRequest) -> HttpResponse:
    """Whoever came with a slip chooses a password of his own before he is signed in."""
    stage = request._login_stage  # type: ignore[attr-defined]
    form = NewPasswordForm(request.POST or None, label_suffix="")
    form.user = stage.login.user
    if form.is_valid():
        get_adapter(request).set_password(form.user, form.cleaned_data["password"])
        return stage.exit()
    return page(request, "people/new_password.html", {"form": form, "person": form.user}, 422 if form.errors else 200)


@require_POST
def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """One click, one person of the demo school. In a real school this address does not exist."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, username=username, is_active=True)
    login(request, user, backend=BACKEND)
    return redirect("/")


class ProfileForm(forms.ModelForm):
    """What everybody may write about himself."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ("name", "phone", "email", "office")


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """My name, phone and language, and what I may do."""
    user: Any = User.objects.select_related("department", "post").get(pk=request.user.pk)
    initial = {"language": user.language or translation.get_language()}
    form = ProfileForm(request.POST or None, instance=user, initial=initial, label_suffix="")
    if form.is_valid():
        given = form.cleaned_data
        request.user.amend(by=request.user, **given)
        messages.success(request, _("Saved."))
        answer = redirect("me")
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, given["language"], samesite="Lax")
        return answer
    context = {
        "form": form, "person": User.objects.get(pk=user.pk), "roles": list(user.roles.all()),
        "rights": rights(grants(request.user)),
    }  # fmt: skip
    return page(request, "people/me.html", context, 422 if form.errors else 200)


@login_required
def roles(request: HttpRequest) -> HttpResponse:
    """Every role: who has it, and what it may see and do."""
    if not may(request.user, User, "view"):
        raise PermissionDenied
    seen = set(within(request.user, User.objects.filter(is_active=True)).values_list("pk", flat=True))
    shown = []
    for role in Role.objects.prefetch_related("grants", "holders"):
        granted: dict[str, dict[str, set[str]]] = {}
        for grant in role.grants.all():
            granted.setdefault(grant.register, {}).setdefault(grant.verb, set()).add(grant.scope)
        people = [user for user in role.holders.all() if user.pk in seen]
        shown.append({"role": role, "people": people, "rights": rights(granted)})
    return page(request, "people/roles.html", {"rows": shown})


SCOPES = {
    "own": gettext_lazy("own"), "assigned": gettext_lazy("assigned to oneself"), "dept": gettext_lazy("own department"),
    "class_": gettext_lazy("own class"), "keeper": gettext_lazy("kept by oneself"),
}  # fmt: skip


def rights(granted: dict[str, dict[str, set[str]]]) -> list[tuple[str, str]]:
    """(register, what may be done there in words): "own department: view; view, add"."""
    found = []
    for key, verbs in sorted(granted.items()):
        register = registry.get(key)
        if register is None:
            continue
        words = {"view": _("view"), "add": _("add"), "amend": _("amend")}
        words |= {name: str(verb.label) for name, verb in register.verbs.items()}
        by_scope: dict[str, list[str]] = {}
        for name in filter(verbs.__contains__, words):
            for scope in verbs[name]:
                by_scope.setdefault(scope, []).append(words[name])
        parts = [
            _("%(label)s: %(value)s") % {"label": SCOPES.get(scope, scope), "value": "、".join(said)} if scope != ALL
            else "、".join(said)
            for scope, said in sorted(by_scope.items())
        ]  # fmt: skip
        found.append((register.title, "；".join(parts)))
    return found


urlpatterns = [
    path("setup/", setup, name="setup"),
    path("accounts/login/", SignIn.as_view(), name="account_login"),
    path("accounts/new-password/", new_password, name=NEW_PASSWORD),
    path("accounts/demo/<str:username>/", demo_sign_in, name="demo_sign_in"),
    path("people/me/", me, name="me"),
    path("people/roles/", roles, name="roles"),
]
