"""The words of an order's life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    REPORTED = "reported", _("to be accepted")
    ACCEPTED = "accepted", _("to be dispatched")
    DISPATCHED = "dispatched", _("dispatched")
    ON_SITE = "on_site", _("being repaired")
    SUSPENDED = "suspended", _("waiting for material")
    FINISHED = "finished", _("to be checked and accepted")
    CHECKED = "checked", _("checked")
    RATED = "rated", _("rated")
    ARCHIVED = "archived", _("archived")
    REFUSED = "refused", _("not accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")
    VOID = "void", _("void")


BEFORE_WORK = (State.REPORTED, State.ACCEPTED, State.DISPATCHED)
IN_WORK = (State.DISPATCHED, State.ON_SITE, State.SUSPENDED)
BEFORE_FINISH = (*BEFORE_WORK, State.ON_SITE, State.SUSPENDED)
OPEN = (*BEFORE_FINISH, State.FINISHED)
DONE = (State.CHECKED, State.RATED, State.ARCHIVED)

TONES = {
    State.REPORTED: "wait", State.ACCEPTED: "wait", State.DISPATCHED: "doing", State.ON_SITE: "doing",
    State.SUSPENDED: "wait", State.FINISHED: "wait", State.CHECKED: "done", State.RATED: "done",
    State.ARCHIVED: "done", State.REFUSED: "off", State.WITHDRAWN: "off", State.MERGED: "off", State.VOID: "off",
}  # fmt: skip


class Urgency(models.IntegerChoices):
    NORMAL = 1, _("normal")
    PRESSING = 2, _("pressing")
    URGENT = 3, _("urgent")


class Source(models.TextChoices):
    WEB = "web", _("web page")
    QR = "qr", _("room code")
    PUBLIC = "public", _("room code, not signed in")
    PHONE = "phone", _("by phone or in person")
    OTHER = "other", _("from another record")


class Damage(models.TextChoices):
    """Was it broken by somebody? Empty until the work is finished: then it must be answered."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNCLEAR = "unclear", _("unclear")


class Compensation(models.TextChoices):
    """Set by whoever settles damages, empty without damage; an order is archived only once this is not open."""

    OPEN = "open", _("to be settled")
    PAID = "paid", _("paid")
    WAIVED = "waived", _("waived")


class Stars(models.IntegerChoices):
    FIVE = 5, _("very good")
    FOUR = 4, _("good")
    THREE = 3, _("fair")
    TWO = 2, _("poor")
    ONE = 1, _("very poor")


class CheckedBy(models.TextChoices):
    REPORTER = "reporter", _("by the reporter")
    KEEPER = "keeper", _("by the keeper of the room")
    LINK = "link", _("through the ticket link")
    BEHALF = "behalf", _("on the reporter's behalf")
    TIME = "time", _("by itself")
