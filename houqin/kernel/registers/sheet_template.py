"""The empty sheet of a register: the form's columns, what each wants as a comment, lists to choose from."""

import io
from typing import Any

import xlsxwriter
from django import forms as django_forms
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from . import forms
from .page import Page
from .sheet_cells import reads


class TemplatePage(Page):
    """An empty sheet with the form's columns, what each wants as a comment, and lists to choose from."""

    word, listed = "add", 500

    def get(self, request: HttpRequest, **_kw: Any) -> HttpResponseBase:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out)
        sheet, lists = book.add_worksheet(str(self.register.title)[:31]), book.add_worksheet(_("Choices"))
        lists.hide()
        bold = book.add_format({"bold": True, "border": 1, "bg_color": "#EEF2F1"})
        text = book.add_format({"num_format": "@"})
        kind = forms.add_form(self.register)
        extra = {"register": self.register, "user": request.user} if issubclass(kind, forms.RecordForm) else {}
        for at, one in enumerate(reads(kind(**extra)).fields.values()):
            sheet.write_string(0, at, f"{one.label}{' *' * (one.required and one.initial is None)}", bold)
            sheet.set_column(at, at, max(12, 2 * len(str(one.label)) + 4), None if _typed(one) else text)
            choices = _choices(one, self.listed)
            if note := _hint(one, choices):
                sheet.write_comment(0, at, note)
            if choices and len(choices) <= self.listed:
                lists.write_column(0, at, choices)
                letter = xlsxwriter.utility.xl_col_to_name(at)
                source = f"='{lists.name}'!${letter}$1:${letter}${len(choices)}"
                sheet.data_validation(1, at, 2000, at, {"validate": "list", "source": source, "error_type": "warning"})
        sheet.freeze_panes(1, 0)
        book.close()
        out.seek(0)
        return FileResponse(out, as_attachment=True, filename=f"{self.register.title}.xlsx")


def _typed(one: Any) -> bool:
    return isinstance(one, django_forms.DateField | django_forms.DecimalField | django_forms.IntegerField)


def _choices(one: Any, most: int) -> list[str]:
    if isinstance(one, django_forms.ModelMultipleChoiceField):
        return []
    if isinstance(one, django_forms.ModelChoiceField):
        found: Any = one.queryset
        return [str(record) for record in found[: most + 1]]
    if isinstance(one, django_forms.BooleanField):
        return [_("Yes"), _("No")]
    return [str(label) for value, label in getattr(one, "choices", []) if value not in ("", None)]


def _hint(one: Any, choices: list[str]) -> str:
    parts = [str(one.help_text)] if one.help_text else []
    parts += [_("Must be filled in.")] if one.required and one.initial is None else []
    parts += [_("A day such as 2026-09-01, 2026.9.1 or 9月1日.")] if isinstance(one, django_forms.DateField) else []
    parts += [_("Several are separated by 、.")] if isinstance(one, django_forms.ModelMultipleChoiceField) else []
    parts += [_("One of: %(known)s") % {"known": "、".join(choices[:12])}] if 0 < len(choices) <= 12 else []
    return "\n".join(parts)
