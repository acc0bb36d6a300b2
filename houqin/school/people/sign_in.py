"""How one gets in: the first administrator, the one-time slip, the demo school's accounts, and allauth's hooks."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any, NamedTuple

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import LoginStage
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from houqin.kernel.access import Role
from houqin.kernel.events import Event
from houqin.kernel.registers.contributions import asked
from houqin.school.rules.models import Rule

from .models import ADMINISTRATOR, User

DIRECTOR = "ZW"
NEW_PASSWORD = "new_password"
_somebody = False


class Adapter(DefaultAccountAdapter):
    """allauth with our habits: nobody signs up by himself, and a slip's password is changed before anything else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "houqin.school.people.sign_in.NewPasswordStage"]

    def set_password(self, user: Any, password: str) -> None:
        """A password chosen by the person himself; the history keeps that it was, never what it is."""
        with transaction.atomic():
            user.must_change = False
            super().set_password(user, password)
            Event.record("people.user.password_chosen", user, by=user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response


class NewPasswordStage(LoginStage):
    """Between the slip and the desk: choose a password of your own."""

    key = NEW_PASSWORD
    urlname = NEW_PASSWORD

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user and self.login.user.must_change:
            # True keeps the pending sign-in while the answer leads away.
            return HttpResponseRedirect(reverse(self.urlname)), True
        return None, True


# ---- the first start --------------------------------------------------------


def somebody() -> bool:
    """Has the school any user yet? Once it has, the question costs nothing."""
    global _somebody
    if not _somebody or settings.TESTING:
        _somebody = User.objects.exists()
    return _somebody


def setup_token() -> str:
    """Make a new one-time token for /setup/ (an older one ends) and return it, to be printed in the terminal."""
    token = secrets.token_urlsafe(18)
    handle = os.open(_token_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(handle, _digest(token).encode())
    os.close(handle)
    return token


def setup_address() -> str:
    """The address that opens the first page with a new token filled in."""
    return f"{settings.SITE_URL}/setup/?token={setup_token()}"


def token_fits(token: str) -> bool:
    path = _token_file()
    return path.exists() and secrets.compare_digest(path.read_text(), _digest(token.strip()))


def set_up(token: str, *, school: str, name: str, username: str, password: str, is_director: bool) -> User | None:
    """Create the first administrator and name the school; None when the token does not fit or was used already."""
    with transaction.atomic():
        if not token_fits(token) or User.objects.exists():
            return None
        user = User.add(by=None, username=username, name=name, password=password)
        codes = [ADMINISTRATOR, DIRECTOR] if is_director else [ADMINISTRATOR]
        user.give_roles(by=None, roles=list(Role.objects.filter(code__in=codes)))
        if school:
            Rule.objects.get(code="school.name", effective_on=None).amend(by=user, value=school)
        # Last, and inside the transaction: whoever comes second finds no file and creates nobody.
        _token_file().rename(_token_file().with_suffix(".used"))
    return user


def _token_file() -> Path:
    return Path(settings.DATA_DIR) / "setup.token"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# ---- the demo school --------------------------------------------------------


class DemoAccount(NamedTuple):
    """Somebody a visitor of the demo school can be, and as what."""

    username: str
    name: str
    title: str


def demo_accounts() -> list[DemoAccount]:
    """Those a visitor of the demo school can be with one click; nobody in a real school.

    The demo school says who they are by `contribute("demo:account", …)`: a function () → list of [username, as what].
    """
    if not settings.DEMO:
        return []
    shown = dict(asked("demo:account"))
    people = User.objects.filter(is_active=True, username__in=shown).in_bulk(field_name="username")
    return [
        DemoAccount(username, people[username].name, what) for username, what in shown.items() if username in people
    ]
