"""What the cards of an order's page show beside its plain facts."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from markupsafe import Markup

from houqin.kernel import access, clock
from houqin.kernel.ui import wording
from houqin.school.people.models import User
from houqin.school.places.models import Place
from houqin.school.rules.models import text
from houqin.school.rules.snapshots import Snapshot
from houqin.school.terms.calendar import current_term

from ..models import IN_WORK, Category, DamageNote, RepairOrder, Urgency, limits
from . import clocks, figures

OWN_JOBS = ("assigned", "team")
WORDS = {Urgency.URGENT: "urgent", Urgency.PRESSING: "pressing", Urgency.NORMAL: "normal"}


def promise(urgency: int) -> str:
    """The two limits of an urgency as the school has set them: "2 小时 / 1 工作日"."""
    word = WORDS[Urgency(urgency)]
    return " / ".join(text(f"repairs.{name}.{word}") for name in ("accept", "arrive"))


def content(order: Any, user: Any) -> dict[str, Any]:
    """The report: words and pictures, with who brought them."""
    files = [file for file in order.attachments.select_related("by") if file.is_photo]
    shown = [{"url": f"/files/{f.pk}/", "thumb": f"/files/{f.pk}/thumb/", "alt": f.name} for f in files]
    told = dict.fromkeys(f"{f.by or order.reporter_shown} {wording.moment(f.at)}" for f in files)
    return {"photos": shown, "caption": "；".join(told), "may_add": _may(order, user, "supplement")}


def cost(order: Any, user: Any) -> dict[str, Any]:
    return {"rows": list(order.materials.order_by("position")), "may_log": _may(order, user, "use")}


def response(order: Any, user: Any) -> dict[str, Any]:
    shown = [clocks.shown(order, name) for name in ("accept", "arrive", "finish")]
    return {"clocks": shown, "promise": f"{order.get_urgency_display()}：{promise(order.urgency)}"}


def _called(order: Any, phone: str, user: Any) -> str:
    """The reporter and his masked phone; whoever mends or dispatches an open order calls it with one tap."""
    if not phone:
        return order.reporter_shown
    calls = order.is_open and (order.worker_id == user.pk or access.may(user, RepairOrder, "dispatch"))
    shown = wording.phone_mask(phone)
    number = (
        Markup('<a class="text-decoration-underline" href="tel:{}">{}</a>').format(phone, shown) if calls else shown
    )
    return Markup("{} · {}").format(order.reporter_shown, number)


def facts(order: Any, user: Any) -> dict[str, Any]:
    """The key-values of 基本信息; a phone number is masked."""
    person = order.reporter
    phone = order.reporter_phone or (person.phone if person else "")
    pairs = [
        (_("Reporter"), _called(order, phone, user)),
        (_("Convenient time"), order.convenient), (_("Asset number"), order.asset_code),
        (_("Team"), " · ".join(str(v) for v in (order.team, order.worker) if v)), (_("Contractor"), order.contractor),
        (_("Planned for"), wording.fullday(order.planned_on) if order.planned_on else ""),
        (_("Also affected"), _("%(n)s people") % {"n": order.echoes} if order.echoes else ""),
        (_("Reported through"), order.get_source_display()),
        (_("Checked"), " · ".join(str(v) for v in (order.checked_by, order.get_checked_how_display()) if v)),
        (_("Rating"), f"{'★' * order.rating} {order.rating_words}" if order.rating else ""),
        (_("Sent back"), order.rework_count or ""), (_("Merged into"), order.merged_into or ""),
    ]  # fmt: skip
    return {"pairs": [(label, value) for label, value in pairs if value]}


def damage(order: Any, user: Any) -> dict[str, Any]:
    note = DamageNote.objects.filter(order=order).first()
    return {"note": note.text if note else ""}


def sees_damage(order: Any, user: Any) -> bool:
    """Names of pupils are for those who may record the damage, on this order."""
    return bool(order.damage) and _may(order, user, "judge")


def room(order: Any, user: Any) -> dict[str, Any]:
    """What was reported in this room since the term began: how often, what it cost, the last of it, a live warranty."""
    found = RepairOrder.objects.counted().here(order.place_id).filter(reported_at__gte=term_start())
    sums = found.aggregate(n=Count("pk"), yuan=Sum("cost"), same=Count("pk", Q(category=order.category_id)))
    last = found.exclude(pk=order.pk).order_by("-reported_at").only("problem", "reported_at", "cost")[:5]
    cover = RepairOrder.objects.here(order.place_id).exclude(pk=order.pk).filter(category=order.category_id)
    cover = cover.filter(warranty_until__gte=clock.today()).only("contractor", "warranty_until").order_by("-pk").first()
    return {"sums": sums, "last": list(last), "cover": cover, "often": sums["same"] >= limits.setting("repeat.times")}


def term_start() -> Any:
    """Midnight of the term's first day; of the first of January where no term has begun."""
    term, today = current_term(), clock.today()
    return figures.midnight(term.first_day if term and term.first_day <= today else today.replace(month=1, day=1))


def of_place(place: Any, user: Any) -> QuerySet[Any]:
    """The repairs of a room, or of everything in a building, the newest first."""
    inside = Q(place=place) | Q(building=place) if place.kind == "building" else Q(place=place)
    return RepairOrder.objects.filter(inside).shown().order_by("-id")


def crew() -> QuerySet[Any]:
    """The people jobs are given to: whose right to arrive speaks of their own jobs."""
    roles = access.Grant.objects.filter(register=RepairOrder._meta.label_lower, verb="arrive", scope__in=OWN_JOBS)
    return User.objects.filter(is_active=True, roles__in=roles.values("role")).distinct()


def workers(team_id: int | None = None) -> list[Any]:
    """Whom a job can be given to, with `busy` (in hand) and `today` (given today): the team first, the idle first."""
    start = figures.midnight(clock.today())
    load = RepairOrder.objects.open().in_state(*IN_WORK).values("worker").annotate(
        busy=Count("pk"), today=Count("pk", Q(dispatched_at__gte=start))
    )  # fmt: skip
    loads = {row["worker"]: row for row in load}
    found = list(crew().select_related("department"))
    for user in found:
        user.busy, user.today = (loads.get(user.pk, {}).get(name, 0) for name in ("busy", "today"))
    return sorted(found, key=lambda user: (user.department_id != team_id, user.busy, user.pk))


def _load() -> dict[str, list[tuple[Any, str]]]:
    """The few choices of the list's filters, kept for some seconds."""
    buildings = Place.objects.filter(kind="building", retired_at=None).values_list("pk", "full_name")
    categories = Category.objects.values_list("pk", "name")
    return {"building": list(buildings), "category": list(categories), "worker": list(crew().values_list("pk", "name"))}


known = Snapshot(_load).drop_on("places", "people")


def _may(order: Any, user: Any, verb: str) -> bool:
    return not order.verbs[verb].refusal(order, user) and access.may_on(user, order, verb)
