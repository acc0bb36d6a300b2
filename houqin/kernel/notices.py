"""Notices: what a person should know. A row under the bell in the transaction of the act; then e-mail by a job."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import models
from django.db.models import F, Q
from django.utils import translation

from . import clock
from .access import may_on
from .events import Event, on
from .jobs import job, later, pause

Text = Any
"""A str, a lazy str, or a function that gives one; called once for each language of the site."""
MANY, TRIES = 99, 8
LEASE = timedelta(minutes=15)


class Notice(models.Model):
    """One thing one person should know; its words are kept in every language of the site."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=120)
    words = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="noticed_once")]
        indexes = [models.Index(fields=["recipient", "-id"], name="notice_unread", condition=Q(read_at=None))]

    def __str__(self) -> str:
        return self.text

    def say(self, language: str | None) -> list[str]:
        """[text, detail] in that language, else in the site's."""
        return self.words.get(language) or self.words[settings.LANGUAGE_CODE]

    @property
    def text(self) -> str:
        return self.say(translation.get_language())[0]

    @property
    def detail(self) -> str:
        return self.say(translation.get_language())[1]


class Delivery(models.Model):
    """A notice on its way out of the house. `next_try_at` is also the lease of the worker that has it in hand."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, default="mail")
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="delivered_once")]
        indexes = [models.Index(fields=["next_try_at"], name="delivery_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}: {self.state}"


# telling --------------------------------------------------------------------


def notify(
    name: str, *, to: Callable[[Event], Iterable[Any]], text: Callable[[Event], Text],
    detail: Callable[[Event], Text] | None = None, url: Callable[[Event], str] | None = None,
) -> None:  # fmt: skip
    """Whenever this happens, tell these people (never the actor himself), in the transaction of the act."""

    def react(event: Event) -> None:
        people = [user for user in to(event) if user is not None and user.pk != event.actor_id]
        record: Any = event.subject
        address = url(event) if url else record.get_absolute_url()
        more = (lambda: detail(event)) if detail else ""
        tell(people, lambda: text(event), address, key=f"event:{event.pk}", detail=more, event=event)

    on(name)(react)


def tell(
    users: Iterable[Any], text: Text, url: str = "", *, key: str, detail: Text = "", event: Event | None = None
) -> None:
    """Tell people once: whoever has a notice with this key is not told again. Call it inside a transaction."""
    people = list({user.pk: user for user in users if user is not None and user.is_active}.values())
    if not people:
        return
    words = _in_all_languages(text, detail)
    rows = [Notice(recipient=user, event=event, key=key, words=words, url=url) for user in people]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if mail_configured() and any(user.email for user in people):
        fresh = Notice.objects.filter(key=key, recipient__in=people, deliveries=None).exclude(recipient__email="")
        for delivery in Delivery.objects.bulk_create([Delivery(notice=notice) for notice in fresh]):
            later(send, delivery.pk)


def _in_all_languages(text: Text, detail: Text) -> dict[str, list[str]]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = [str(part() if callable(part) else part) for part in (text, detail)]
    return found


def mail_configured() -> bool:
    return bool(settings.EMAIL_BACKEND) and not re.search("console|dummy", settings.EMAIL_BACKEND)


@on("*")
def mentioned(event: Event) -> None:
    """@张三 in a remark tells 张三, if he may see the record."""
    if event.past != "commented":
        return
    record: Any = event.subject
    text = str(event.particulars.get("text", ""))

    def words() -> str:
        return translation.gettext("%(name)s mentioned you: %(record)s") % {"name": event.actor or "", "record": record}

    told = [user for user in named_in(text) if user.pk != event.actor_id and may_on(user, record, "view")]
    tell(told, words, record.get_absolute_url(), key=f"event:{event.pk}", detail=text, event=event)


def named_in(text: str) -> list[Any]:
    """The active people whose names follow an @: the longest name that fits, as Chinese runs on without a blank."""
    runs = re.findall(r"[@＠]([\w·]{2,20})", text)
    names = {run[:n] for run in runs for n in range(2, len(run) + 1)}
    people = list(get_user_model()._default_manager.filter(name__in=names, is_active=True)) if names else []
    found: dict[int, Any] = {}
    for run in runs:
        fits = [user for user in people if run.startswith(user.name)]
        longest = max((len(user.name) for user in fits), default=0)
        found |= {user.pk: user for user in fits if len(user.name) == longest}
    return list(found.values())


# sending --------------------------------------------------------------------


@job
def send(pk: int) -> str:
    """Send one delivery, unless it is sent, given up or in another worker's hands; on failure try again later."""
    mine = Delivery.objects.filter(pk=pk, state="waiting", next_try_at__lte=clock.now())
    if not mine.update(next_try_at=clock.now() + LEASE, tries=F("tries") + 1):
        return "not now"
    delivery = Delivery.objects.select_related("notice__recipient").get(pk=pk)
    try:
        _mail(delivery.notice)
    except Exception as error:
        given_up = delivery.tries >= TRIES
        delivery.error, delivery.state = str(error)[:200], "failed" if given_up else "waiting"
        delivery.next_try_at = clock.now() + pause(delivery.tries)
        if not given_up:
            later(send, pk, run_after=delivery.next_try_at)
    else:
        delivery.state, delivery.error = "sent", ""
    delivery.save()
    return delivery.state


def _mail(notice: Notice) -> None:
    text, detail = notice.say(notice.recipient.language)
    address = settings.SITE_URL + notice.url if notice.url else ""
    body = "\n\n".join(filter(None, (text, detail, address)))
    send_mail(text.replace("\n", " "), body, None, [notice.recipient.email])


@clock.every(minute="*/10")
def resend() -> None:
    """What a killed worker had in hand, or a lost job should have sent, is sent by a new one."""
    late = Delivery.objects.filter(state="waiting", next_try_at__lt=clock.now() - LEASE)
    for pk in late.values_list("pk", flat=True)[:500]:
        later(send, pk)


def unread(user: Any) -> int:
    """The number at the bell, counted up to 99."""
    return Notice.objects.filter(recipient=user, read_at=None)[:MANY].count() if user.is_authenticated else 0
