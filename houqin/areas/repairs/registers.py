"""Repair orders and their categories as lists, pages and forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houqin.kernel.registers import Panel, Register, Sheet, contribute, register
from houqin.kernel.registers.forms import RecordForm
from houqin.kernel.ui import wording

from .models import Category, RepairOrder
from .reports import asking, desk, slips, table
from .reports import panels as cards


class WorkerForm(RecordForm):
    """The people a job can be given to, with what they have in hand; the team of the category comes first."""

    rows = [["worker"], ["note"]]
    optional = frozenset({"note", "reason"})
    worker = forms.ModelChoiceField(cards.User.objects.none(), label=_("worker"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("word to the worker"), required=False, max_length=200)

    def __init__(self, *args: Any, record: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        words = _("%(name)s · %(team)s · %(busy)s in hand, %(today)s today")
        people = cards.workers(record and record.team_id)
        self.fields["worker"].queryset = cards.crew()
        self.fields["worker"].choices = [
            (p.pk, words % {"name": p, "team": p.department or "", "busy": p.busy, "today": p.today}) for p in people
        ]


class TransferForm(WorkerForm):
    rows = [["worker"], ["reason"]]
    note = None
    reason = forms.CharField(label=_("reason"), required=False, max_length=200)


@register
class RepairOrders(Register):
    """Orders as the desk, the workers and the reporters see them."""

    model, icon, add_label = RepairOrder, "tool", _("Enter a report")
    columns, filters, tabs, card = table.COLUMNS, table.FILTERS, table.TABS, table.CARD
    needs, steps, step_words = table.NEEDS, table.STEPS, table.STEP_WORDS
    extra_columns = (
        "building category reporter source school_class team finish_due_at finished_at cost labour_hours rating damage"
    )
    related, reads = "place category worker", "reporter__phone"
    search = "number problem place__full_name reporter__name reporter_name"
    indexed = "number problem place reporter reporter_name category reported_at"
    form = (
        "place, category symptom, description, urgency convenient, reporter, reporter_name reporter_phone, asset_code"
    )
    amend_form = "place, category symptom, description, urgency convenient, asset_code"
    primary = "rate confirm dispatch arrive finish resume accept"
    panels = (
        Panel(template="repairs/content.html", context=cards.content),
        Panel(template="repairs/cost.html", context=cards.cost),
        Panel(title=_("Course of the work"), builtin="timeline"),
    )
    side = (
        Panel(template="repairs/response.html", context=cards.response),
        Panel(template="repairs/facts.html", context=cards.facts),
        Panel(template="repairs/damage.html", context=cards.damage, when=cards.sees_damage),
        Panel(template="repairs/room.html", context=cards.room),
    )
    verb_forms = {"dispatch": WorkerForm, "transfer": TransferForm} | asking.FORMS
    sheets = (Sheet("dispatch", _("Dispatch slip"), "repairs/dispatch.typ", fill=slips.fill, many=True),)

    @property
    def words(self) -> list[str]:
        """Beside the verbs: who may open the figures of everybody."""
        return [*super().words, "statistics"]

    def choices(self, name: str, queryset: Any, record: Any, user: Any) -> Any:
        """A repair is in a room, a building or an outdoor area, offered building by building."""
        if name != "place":
            return queryset
        return queryset.exclude(kind__in=("campus", "floor")).order_by("building__position", "code", "position")

    def heading(self, record: Any) -> str:
        return f"{record.place} · {record.problem}"

    def subtitle(self, record: Any) -> str:
        told = f"{record.reporter_shown} {wording.moment(record.reported_at)} {record.get_source_display()}"
        return " · ".join((str(record.category), record.get_urgency_display(), told))

    def found(self, record: Any) -> str:
        return f"{record.number} · {record.category} · {record.reported_at:%Y-%m-%d}"


@register
class Categories(Register):
    """Kinds of damage: tiles of the report page."""

    model, icon, order, search = Category, "category", "position", "name symptoms"
    columns = "name icon team symptoms position"
    form = "name icon, symptoms, team position"


contribute("panel:places.place", Panel(title=_("Repairs"), linked=cards.of_place, more=lambda p: f"place={p.pk}"))
for _place in ("todo", "alert", "quick", "service", "chart", "waiting"):
    contribute(_place, getattr(desk, _place))
contribute("chart", desk.kinds)
contribute("qr:places.place", desk.at_place)
contribute("action:places.place", desk.report_here)
contribute("open:person", desk.open_of_person)
