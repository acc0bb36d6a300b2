from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houqin.kernel.access import Role
from houqin.kernel.registers import Card, Column, Panel, Register, register
from houqin.kernel.registers.contributions import asked
from houqin.kernel.registers.forms import RecordForm
from houqin.school.rules.tabs import in_and_out

from .models import Department, Post, SchoolClass, User
from .slips import SlipPage

HEADINGS = {"工号": "username", "手机": "phone", "手机号": "phone", "邮箱": "email", "职务": "post"}


class RolesForm(RecordForm):
    """All roles as ticks."""

    roles = forms.ModelMultipleChoiceField(
        Role.objects.none(), label=_("roles"), required=False, widget=forms.CheckboxSelectMultiple
    )


def what(user: User) -> str:
    return " · ".join(filter(None, [user.title, user.department and user.department.name]))


def open_items(person: User, user: Any) -> dict[str, Any]:
    return {"items": asked("open:person", person)}


@register
class People(Register):
    """Who works at and for the school."""

    model = User
    icon = "users"
    columns = (
        "name", "title", "department",
        Column("phone", value=lambda user: user.masked_phone or None, sort="", needs="phone"), "office", "roles",
    )  # fmt: skip
    extra_columns = "username email initials last_login"
    filters = "department post roles"
    search = "name username initials title phone office department__name"
    form = "name username, department post, phone email, office, roles"
    import_aliases = HEADINGS
    amend_form = "name username, department post, phone email, office"
    verb_forms = {"give_roles": RolesForm}
    order = "initials name"
    primary = "give_roles"
    tabs = in_and_out(_("In office"), _("Account closed"))
    panels = (
        Panel(_("Person"), facts="name username title department office email roles last_login"),
        Panel(_("Open items"), template="people/open_items.html", context=open_items),
    )
    card = Card(title=lambda user: user.name, meta=what)
    pages = {"reset_password": SlipPage}
    told = {"password_chosen": _("Chose a password")}
    personal = True

    def subtitle(self, user: Any) -> str:
        return " · ".join(filter(None, [what(user), user.masked_phone]))

    def found(self, user: Any) -> str:
        return what(user)


@register
class Departments(Register):
    """Offices, grades, subject groups and teams, with their heads."""

    model = Department
    icon = "sitemap"
    columns = "name kind parent head phone"
    filters = "kind parent"
    search = "name head__name"
    form = "name kind, parent head, phone position"
    order = "position pk"
    tabs = in_and_out(_("In use"), _("Out of use"))
    panels = (
        Panel(_("Department"), facts="name kind parent head phone"),
        Panel(_("People"), linked=lambda dept, user: dept.people.filter(is_active=True), limit=20),
    )
    card = Card(title=lambda dept: dept.name, meta=lambda dept: dept.head or dept.get_kind_display())


@register
class Posts(Register):
    """What people are employed as."""

    model = Post
    icon = "id-badge-2"
    columns = form = "name position"
    search = "name"
    order = "position pk"
    panels = (Panel(_("People"), linked=lambda post, user: post.people.filter(is_active=True), limit=20),)


@register
class SchoolClasses(Register):
    """Classes with their homeroom teachers."""

    model = SchoolClass
    icon = "school"
    columns = "name grade number homeroom entered pupils"
    filters = "grade homeroom"
    search = "name homeroom__name"
    form = "name, grade number, homeroom, entered pupils"
    import_key = "name"
    amend_form = "grade number, homeroom, entered pupils"
    order = "position pk"
    bulk = "promote"
    tabs = in_and_out(_("In school"), _("Left school"))
    panels = (
        Panel(_("Class"), facts="name homeroom entered pupils"),
        Panel(_("Rooms"), linked=lambda row, user: row.places.filter(retired_at=None)),
    )
    card = Card(title=lambda row: row.name, meta=lambda row: row.homeroom or "—")
