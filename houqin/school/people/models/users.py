"""Who works at the school, what he is, and how he signs in."""

import re
import secrets
from typing import Annotated, Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel.access import Role
from houqin.kernel.records import Retirable
from houqin.kernel.records.retirable import RetirableQuerySet
from houqin.kernel.verbs import NotAllowed, verb

from .departments import Department, Post

ADMINISTRATOR = "GL"
# No 0 O 1 l I: a slip is read from paper and typed on a phone.
SLIP_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_username = RegexValidator(r"^[\w.@+-]+$", _("A sign-in name has letters, digits and . - _ only."))
_phone = RegexValidator(r"^\+?[0-9 -]{2,19}$", _("Enter a phone number, for example 13800000000."))


class UserQuerySet(RetirableQuerySet):
    def own(self, user: Any) -> Self:
        return self.filter(pk=user.pk)

    def dept(self, user: Any) -> Self:
        """The people of the departments he heads, and himself."""
        return self.filter(Q(pk=user.pk) | Q(department__in=Department.objects.headed_by(user)))

    def holding(self, *codes: str) -> Self:
        """Active people with any of these roles."""
        return self.filter(is_active=True, roles__code__in=codes).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person with a password, for scripts and tests; the same as `User.add`."""
        return User.add(by=None, username=username, password=password, name=fields.pop("name", username), **fields)


class User(Retirable, AbstractBaseUser):
    """Somebody who works at or for the school and may sign in."""

    username = models.CharField(_("sign-in name"), max_length=60, unique=True, validators=[_username])
    name = models.CharField(_("full name"), max_length=40)
    initials = models.CharField(_("pinyin initials"), max_length=40, blank=True, editable=False, db_index=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, null=True, unique=True, validators=[_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    office = models.CharField(_("office"), max_length=60, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("department")
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("post"))
    title = models.CharField(_("job title"), max_length=60, blank=True, editable=False)
    roles = models.ManyToManyField(Role, blank=True, related_name="holders", verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=10, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True, editable=False)
    must_change = models.BooleanField(_("must choose a new password"), default=False, editable=False)
    password = models.CharField(_("password"), max_length=128, editable=False)
    last_login = models.DateTimeField(_("last sign-in"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    slip: ClassVar[str] = ""
    """The one-time password just made by `reset_password`; never stored."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["initials", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def add(cls, *, by: Any, password: str | None = None, **given: Any) -> "User":
        """Add a person; without a password he signs in with the slip of `reset_password`."""
        with transaction.atomic():
            user = super().add(by=by, **given)
            if password:
                # Apart from the fields: what is given to `add` stands in the history.
                user.set_password(password)
                user.save(update_fields=["password"])
        return user

    # acts ------------------------------------------------------------------

    def _spare(self, by: Any) -> str | None:
        """The school keeps at least one active administrator."""
        others = User.objects.holding(ADMINISTRATOR).exclude(pk=self.pk)
        alone = self.roles.filter(code=ADMINISTRATOR).exists() and not others.exists()
        return gettext("This is the only administrator. Make somebody else administrator first.") if alone else None

    def _may_retire(self, by: Any) -> str | None:
        if by is not None and by == self:
            return gettext("You cannot close your own account.")
        return Retirable.retire.when(self, by) or self._spare(by)

    def _is_active(self, by: Any) -> str | None:
        return None if self.is_active else gettext("This account is closed.")

    @verb(_("Give roles"), past="roles_given", when=_is_active, icon="shield-check")
    def give_roles(self, *, by: Any, roles: Annotated[list[Role], _("roles")]) -> dict[str, Any]:
        """What this person may see and do from now on; the old roles end."""
        was = sorted(role.name for role in self.roles.all())
        if ADMINISTRATOR not in {role.code for role in roles} and (reason := self._spare(by)):
            raise NotAllowed(reason)
        self.roles.set(roles)
        self.title = self._title()
        return {"was_roles": was}

    @verb(_("New password slip"), past="password_reset", when=_is_active, icon="key")
    def reset_password(self, *, by: Any, reason: Annotated[str, _("reason"), "short"] = "") -> None:
        """Make a one-time password to print and hand over; at the next sign-in a new one must be chosen."""
        self.slip = "-".join("".join(secrets.choice(SLIP_LETTERS) for _i in range(4)) for _j in range(3))
        self.set_password(self.slip)
        self.must_change = True

    @verb(_("Close the account"), past="retired", when=_may_retire, icon="user-off", tone="danger")
    def retire(self, *, by: Any, reason: str = "") -> None:
        """The person can no longer sign in or be chosen; everything he did stays under his name."""
        Retirable.retire.fn(self, by=by, reason=reason)
        self.is_active = False

    @verb(_("Open the account again"), past="restored", when=Retirable.restore.when, icon="user-check")
    def restore(self, *, by: Any) -> None:
        """The person can sign in and be chosen again."""
        Retirable.restore.fn(self, by=by)
        self.is_active = True

    # hooks -----------------------------------------------------------------

    def prepare(self, by: Any) -> None:
        super().prepare(by)
        if not self.password:
            self.set_unusable_password()
        self.title = self.post.name if self.post else ""

    def settle(self, by: Any, later: dict[str, Any]) -> None:
        super().settle(by, later)
        self.retitle()

    def clean(self) -> None:
        super().clean()
        self.name = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", self.name.strip())
        self.phone = re.sub(r"[ -]", "", self.phone or "") or None

    # questions ---------------------------------------------------------------

    def get_full_name(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """138****2716; short numbers (extensions) are shown whole."""
        phone = self.phone or ""
        return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else phone

    def has_role(self, *codes: str) -> bool:
        """Does he hold any of these roles? One query, kept on the object."""
        if "_codes" not in self.__dict__:
            self.__dict__["_codes"] = set(self.roles.values_list("code", flat=True))
        return bool(self.__dict__["_codes"] & set(codes))

    def retitle(self) -> None:
        """Write what he is called: his post, or else his first role."""
        title = self._title()
        if title != self.title:
            self.title = title
            User.objects.filter(pk=self.pk).update(title=title)

    def _title(self) -> str:
        if self.post:
            return self.post.name
        first = self.roles.first()
        return first.name if first else ""
