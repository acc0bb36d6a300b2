"""From finished to filed: checking, rating, damages, and the ways an order ends otherwise."""

from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from houqin.kernel import clock
from houqin.kernel.verbs import Photos, verb

from .states import DONE, OPEN, CheckedBy, Compensation, Damage, Stars, State


class DamageNote(models.Model):
    """Which class or person broke it: kept apart, so that no list, sheet, search or history line carries a name."""

    order = models.OneToOneField("repairs.RepairOrder", models.CASCADE, related_name="damage_note")
    text = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return gettext("recorded")


class Closing:
    """Verbs after the work; mixed into RepairOrder."""

    def _not_own_work(self: Any, by: Any) -> str | None:
        if by is not None and by.pk == self.worker_id:
            return gettext("Whoever repaired it does not check it: the reporter or the keeper of the room does.")
        return self._damage_answered(by)

    def _damage_answered(self: Any, by: Any) -> str | None:
        return None if self.damage else gettext("First say whether somebody damaged it.")

    @verb(_("Check"), State.FINISHED, past="checked", when=_not_own_work, icon="clipboard-check", tone="primary")
    def confirm(
        self: Any, *, by: Any,
        rating: Annotated[Stars | None, _("rating")] = None, words: Annotated[str, _("words")] = "",
        note: Annotated[str, "short", _("on whose word (when you are not the reporter)")] = "",
    ) -> dict[str, Any]:  # fmt: skip
        """It is mended as it should be. Whoever is neither reporter nor keeper of the room says on whose word."""
        how = self.check_kind(by)
        if how == CheckedBy.BEHALF and not note.strip():
            raise ValidationError({"note": gettext("Say who told you that it is in order.")})
        self.close_as(how, by)
        self.state = State.CHECKED
        if rating is not None:
            self.give_rating(rating, words)
        return {"how": how}

    @verb(
        _("Send back for rework"), State.FINISHED, to=State.DISPATCHED, past="sent_back", when=_not_own_work,
        icon="rotate", tone="danger",
    )  # fmt: skip
    def rework(
        self: Any, *, by: Any, reason: Annotated[str, _("what is not right")],
        photos: Annotated[Photos, _("Photos")] = (),
    ) -> None:  # fmt: skip
        """It is not in order; it goes back to the worker and counts as rework."""
        self.rework_count += 1
        self.finished_at = self.finished_by = self.finish_minutes = None
        self.attach(photos, by=by, stage="report")

    def _only_by_itself(self: Any, by: Any) -> str | None:
        return self._damage_answered(by) if by is None else gettext("This happens by itself after the set days.")

    @verb(
        _("Check by itself"), State.FINISHED, to=State.CHECKED, past="lapsed", when=_only_by_itself, icon="clock-check"
    )
    def lapse(self: Any, *, by: Any) -> None:
        """Nobody objected within the set working days."""
        self.close_as(CheckedBy.TIME, by)

    def _by_reporter(self: Any, by: Any) -> str | None:
        stranger = by is not None and by.pk not in (self.reporter_id, self.created_by_id)
        return gettext("Only the reporter rates it.") if stranger or (by and by.pk == self.worker_id) else None

    @verb(_("Rate"), State.CHECKED, to=State.RATED, past="rated", when=_by_reporter, icon="star", tone="primary")
    def rate(
        self: Any, *, by: Any, rating: Annotated[Stars, _("rating")], words: Annotated[str, _("words")] = "",
    ) -> None:  # fmt: skip
        """One to five stars, and a word if you like."""
        self.give_rating(rating, words)

    # damages -----------------------------------------------------------------------

    @verb(_("Record the damage"), State.FINISHED, *DONE, past="judged", icon="user-question")
    def judge(
        self: Any, *, by: Any,
        damage: Annotated[Damage, _("damaged by somebody")],
        damage_by: Annotated[str, "short", _("by which class or person")] = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Whether somebody broke it, and who; a later compensation starts from here."""
        return self.write_damage(by, damage, damage_by)

    def _has_damage(self: Any, by: Any) -> str | None:
        return None if self.damage == Damage.YES else gettext("Nobody damaged it.")

    @verb(_("Record the compensation"), State.FINISHED, *DONE, past="compensated", when=_has_damage, icon="coin")
    def compensate(
        self: Any, *, by: Any,
        compensation_state: Annotated[Compensation, _("compensation")], note: str = "",
    ) -> None:  # fmt: skip
        """How the damage was settled; set by the register of damages, or by hand until there is one."""
        if compensation_state not in (Compensation.OPEN, Compensation.PAID, Compensation.WAIVED):
            raise ValidationError({"compensation_state": gettext("Choose one of the answers.")})
        self.compensation_state = compensation_state

    def _settled(self: Any, by: Any) -> str | None:
        waits = self.compensation_state == Compensation.OPEN
        return gettext("Its compensation is not settled yet.") if waits else self._damage_answered(by)

    @verb(
        _("Archive"), State.CHECKED, State.RATED, to=State.ARCHIVED, past="archived", when=_settled, icon="archive",
        bulk=True,
    )  # fmt: skip
    def archive(self: Any, *, by: Any) -> None:
        """It goes to the files; nothing more is done with it."""

    @verb(_("Void"), *OPEN, to=State.VOID, past="voided", icon="ban", tone="danger")
    def void(self: Any, *, by: Any, reason: Annotated[str, _("reason")]) -> None:
        """The order no longer counts; its number stays in the ledger and is never used again."""
        self.voided_at = self.closed_at = clock.now()

    # private -------------------------------------------------------------------------

    def check_kind(self: Any, by: Any) -> str:
        if by is None:
            return CheckedBy.LINK
        if by.pk in (self.reporter_id, self.created_by_id if not self.reporter_id else None):
            return CheckedBy.REPORTER
        return CheckedBy.KEEPER if by.pk == self.place.keeper_id else CheckedBy.BEHALF

    def close_as(self: Any, how: str, by: Any) -> None:
        self.checked_at = self.closed_at = clock.now()
        self.checked_by, self.checked_how = by, how

    def give_rating(self: Any, rating: int, words: str) -> None:
        if int(rating) not in Stars.values:
            raise ValidationError({"rating": gettext("Choose one to five stars.")})
        self.rating, self.rating_words, self.rated_at = int(rating), words, clock.now()
        self.state = State.RATED

    def write_damage(self: Any, by: Any, damage: str, damage_by: str) -> dict[str, Any]:
        """Keep the answer; the name goes into its own row, and the history only says that there is one."""
        if damage not in (Damage.YES, Damage.NO, Damage.UNCLEAR):
            raise ValidationError({"damage": gettext("Say whether somebody damaged it: yes, no or unclear.")})
        self.damage = damage
        self.compensation_state = Compensation.OPEN if damage == Damage.YES else ""
        if damage_by.strip():
            facts = {"text": damage_by.strip(), "by": by, "at": clock.now()}
            DamageNote.objects.update_or_create(order=self, defaults=facts)
        return {"damage_by": gettext("recorded") if damage_by.strip() else ""}
