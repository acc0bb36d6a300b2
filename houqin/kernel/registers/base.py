"""The base of a register, and the registry of all of them."""

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from markupsafe import Markup

from ..access import within
from ..ui import rows
from ..verbs import Verb
from .columns import address, state_html
from .parts import Card

registry: dict[str, "Register"] = {}


def register(cls: type["Register"]) -> type["Register"]:
    """Class decorator: the register of its model, found by the model's label ("repairs.repairorder")."""
    registry[cls.model._meta.label_lower] = cls()
    return cls


class Register:
    """How one kind of record is listed, filtered, shown, asked for and served. Nothing else.

    Strings hold field names (paths with `__` allowed in columns, filters and search), separated by spaces; a comma in
    `form` ends a row. Everything is compiled once, at first use.
    """

    model: ClassVar[Any] = None
    icon: ClassVar[str] = "list"
    add_label: ClassVar[Any] = None
    """The words of the add button ("Report a repair"); default "New <verbose name>"."""
    columns: ClassVar[str | tuple[Any, ...]] = ""
    """Names or Column objects."""
    extra_columns: ClassVar[str] = ""
    """Columns a user may switch on."""
    filters: ClassVar[str | tuple[Any, ...]] = ""
    search: ClassVar[str] = ""
    """Paths whose text the search finds: "number title place__name"."""
    indexed: ClassVar[str] = ""
    """Every field that search, heading and found read: an act that changes none of them leaves the search alone."""
    form: ClassVar[Any] = ""
    """Field names (and names of lines) of the add and amend forms, or a Form class."""
    amend_form: ClassVar[Any] = None
    verb_forms: ClassVar[dict[str, Any]] = {}
    """A Form class for a verb whose signature does not say enough."""
    told: ClassVar[dict[str, Any]] = {}
    """Words of events that are no verb's: {"password_chosen": _("Chose a password")}."""
    order: ClassVar[str] = "-pk"
    related: ClassVar[str] = ""
    """select_related beyond what the columns name."""
    needs: ClassVar[str] = ""
    """Fields that card and tone read beyond the columns; without it a list loads every field but long texts."""
    reads: ClassVar[str] = ""
    """Fields of related records that a record's page reads beyond their names: "reporter__phone"."""
    tabs: ClassVar[tuple[Any, ...]] = ()
    card: ClassVar[Any] = None
    panels: ClassVar[tuple[Any, ...]] = ()
    side: ClassVar[tuple[Any, ...]] = ()
    steps: ClassVar[tuple[Any, ...]] = ()
    """States of the stepper, at most six, in order."""
    step_words: ClassVar[dict[str, Any]] = {}
    """Words of steps that read otherwise than their state ("Reported" for "to be accepted")."""
    bulk: ClassVar[str] = ""
    sheets: ClassVar[tuple[Any, ...]] = ()
    primary: ClassVar[str] = ""
    """Verbs in order of preference for the one primary button."""
    imports: ClassVar[bool] = True
    import_key: ClassVar[str] = ""
    """Fields that name a record in a sheet without numbers ("code"); default the form's first unique field."""
    import_aliases: ClassVar[dict[str, str]] = {}
    """Other headings a sheet may carry: {"房间号": "code"}."""
    exports: ClassVar[bool] = True
    adds: ClassVar[bool] = True
    amends: ClassVar[bool] = True
    personal: ClassVar[bool] = False
    """Holds personal particulars: never published, every export is an event."""
    qr: ClassVar[bool] = False
    """Has a page behind a printed code (/q/<app>/<model>/<code>/)."""
    pages: ClassVar[dict[str, Any]] = {}
    """Own page classes for "list", "detail", "add", "amend": the rung before writing views.py."""

    def __init__(self) -> None:
        self.opts = self.model._meta
        self.key: str = self.opts.label_lower

    # words -----------------------------------------------------------------

    @property
    def verbs(self) -> dict[str, Verb]:
        return self.model.verbs

    @property
    def title(self) -> str:
        """The register's name in the menu and over its list."""
        return str(capfirst(self.opts.verbose_name_plural))

    @property
    def add_words(self) -> str:
        return str(self.add_label or _("New %(what)s") % {"what": self.opts.verbose_name})

    @cached_property
    def words(self) -> list[str]:
        """Every word a right can name in this register."""
        given = [word for word, has in (("add", self.adds), ("amend", self.amends)) if has]
        return ["view", *given, *self.verbs]

    def names(self, attr: str) -> list[str]:
        value = getattr(self, attr)
        return value.replace(",", " ").split() if isinstance(value, str) else [getattr(v, "name", v) for v in value]

    def heading(self, record: Any) -> str:
        """The title of a record's page."""
        return str(record)

    def subtitle(self, record: Any) -> str:
        """The facts under the title, joined by " · " (the number stands before them)."""
        return ""

    @cached_property
    def shown_card(self) -> Card:
        """How a record stands in a list of cards; without a `card`, its heading, subtitle and state."""
        return self.card or Card(
            title=self.heading, meta=self.subtitle, badge=lambda record: state_html(record, dot=True)
        )

    def drawn_card(self, record: Any) -> Markup:
        """The card of a record, a link to its page."""
        card = self.shown_card
        glyph, badge = card.icon(record) if card.icon else self.icon, card.badge(record) if card.badge else None
        return rows.card(glyph, self.address(record), card.title(record), card.meta(record), badge)

    address = staticmethod(address)

    def found(self, record: Any) -> str:
        """The second line of a search hit."""
        return self.subtitle(record)

    # records ----------------------------------------------------------------

    def queryset(self, user: Any, verb: str = "view") -> QuerySet[Any]:
        """What the user may see (or do `verb` on); the only place a page or the API starts from."""
        return within(user, self.model._default_manager.all(), verb)

    def choices(self, name: str, queryset: QuerySet[Any], record: Any, user: Any) -> QuerySet[Any]:
        """Which records a form may offer for the field or parameter `name` (`record` is None in the add form)."""
        return queryset
