from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.kernel.registers import Card, Column, Filter, Panel, Register, Tab, contribute, register

from .models import SCHOOL_NAME, Rule, declared, value


def areas() -> dict[str, Any]:
    """The areas that declare numbers, by the words their app is known by."""
    from django.apps import apps

    return {rule.area: area_name(apps, rule.area) for rule in declared.values()}


def area_name(apps: Any, label: str) -> Any:
    return apps.get_app_config(label).verbose_name if label in apps.app_configs else _("school")


@register
class Rules(Register):
    """Every number a law, a rule or the school's custom prescribes, with its source."""

    model = Rule
    icon = "adjustments"
    columns = (
        Column("title", _("What it is"), value=lambda rule: str(rule), sort="label", needs="label code"),
        Column("shown", _("Value"), value=lambda rule: rule.shown, sort="", kind="number", needs="value unit"),
        "effective_on", "source", "confidence",
    )  # fmt: skip
    extra_columns = "code note"
    filters = (Filter("area", choices=areas), "confidence", "effective_on")
    search = "label code source note"
    form = "code value, effective_on confidence, source, note"
    amend_form = "value, effective_on confidence, source, note"
    order = "area code effective_on"
    primary = "change"
    adds = False
    imports = False
    tabs = (Tab("all", _("All"), lambda rules, user: rules),)
    panels = (Panel(_("Rule"), facts="code label value unit effective_on source confidence note"),)
    card = Card(title=str, meta=lambda rule: f"{rule.shown} · {rule.source}")

    def subtitle(self, rule: Any) -> str:
        return str(rule.shown)


contribute("school", lambda: value(SCHOOL_NAME))
