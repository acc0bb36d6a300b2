"""What follows when people, posts and accounts change."""

from typing import Any

from allauth.usersessions.models import UserSession

from houqin.kernel.events import Event, on
from houqin.kernel.jobs import later
from houqin.kernel.records.bulk import on_bulk

from .jobs import write_initials
from .models import User


@on("people.user.added")
@on("people.user.amended")
def name_became_known(event: Event) -> None:
    """A new or corrected name gets its pinyin initials from the worker."""
    if event.past == "added" or "name" in event.particulars.get("changes", {}):
        later(write_initials, [event.subject_id])


@on_bulk
def names_became_known(model: type, records: list[Any]) -> None:
    if model is User:
        later(write_initials, [user.pk for user in records])


@on("people.post.amended")
def post_was_renamed(event: Event) -> None:
    """Titles repeat the post's name, so that lists need not look it up."""
    for user in event.subject.people.select_related("post"):
        user.retitle()


@on("people.user.retired")
@on("people.user.password_reset")
def account_was_closed(event: Event) -> None:
    """Whoever leaves or gets a new slip is signed out everywhere, and his tokens end."""
    for session in UserSession.objects.filter(user_id=event.subject_id):
        session.end()
    event.subject.api_tokens.all().delete()
