"""What stands in a cell, as the form wants it: relations by their words, choices by label, days in any habit."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from .forms import Pictures
from .lines import LinesField
from .reading import plain_text

YES, NO = {"是", "有", "√", "✓", "对", "y", "yes", "true", "1"}, {"否", "无", "×", "x", "no", "n", "false", "0", ""}
FAILED = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
SPACED = re.compile(r"[\u4e00-\u9fff](?:[\s\u3000]+[\u4e00-\u9fff]){1,3}")
DASHED = re.compile(r"[0-9A-Za-z]+(\s*[-\u2010-\u2015\u2212\uff0d]\s*[0-9A-Za-z]+)+")
WIDE = {0x3000: 32} | {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
EPOCH, SERIALS = date(1899, 12, 30), range(20_000, 80_000)
LISTED = 20_000


def plain(text: str) -> str:
    """Half-width digits and letters, one kind of dash in codes, one person's name without blanks inside (张 三)."""
    if text == "#LONG!":
        raise ValidationError(_("Excel has shortened this long number. Format the column as text and enter it again."))
    if FAILED.fullmatch(text):
        raise ValidationError(_("The formula in this cell failed (%(text)s). Enter the value itself.") % {"text": text})
    text = text.translate(WIDE).strip()
    if DASHED.fullmatch(text):
        return re.sub(r"\s*[-\u2010-\u2015\u2212\uff0d]\s*", "-", text)
    return re.sub(r"\s+", "", text) if SPACED.fullmatch(text) else text


def reads(form: forms.Form, names: set[str] | None = None) -> forms.Form:
    """The form's fields taught to read cells; those no cell can fill (and those not named) are left out."""
    for name, field in list(form.fields.items()):
        if isinstance(field, LinesField | forms.FileField | Pictures) or names is not None and name not in names:
            del form.fields[name]
        else:
            field.clean = Cell(field)  # type: ignore[method-assign, assignment]
            field.widget = forms.HiddenInput()
            field.disabled = False
    return form


class Cell:
    """Cleans the texts of one column. `held` is what the record has there now: its own words always stand for it."""

    def __init__(self, field: Any) -> None:
        self.field, self.true_clean, self.held = field, field.clean, None
        self.seen: dict[str, list[Any]] = {}
        self.done: dict[str, Any] = {}
        self.by_words: dict[str, list[Any]] | None = None
        self.labels = _labels(field)

    def __call__(self, given: Any) -> Any:
        text = str(given if given is not None else "")
        if self.held is not None:
            return self._read(plain(text))
        if text not in self.done:
            self.done[text] = self._read(plain(text))
        return self.done[text]

    def _read(self, text: str) -> Any:
        if not text and self.field.initial is not None and not callable(self.field.initial) and self.held is None:
            return self.true_clean(self.field.initial)
        if isinstance(self.field, forms.ModelMultipleChoiceField):
            parts = [self._one(part.strip()) for part in re.split(r"[、,，;；\n]", text) if part.strip()]
            return self.true_clean([one.pk for one in parts])
        if isinstance(self.field, forms.ModelChoiceField):
            return self._one(text) if text else self.true_clean("")
        if isinstance(self.field, forms.BooleanField):
            return self._yes(text)
        if isinstance(self.field, forms.ChoiceField):
            return self.true_clean(self._choice(text))
        if isinstance(self.field, forms.DateField | forms.DateTimeField) and re.fullmatch(r"\d{5}(\.\d+)?", text):
            whole = int(Decimal(text))
            text = (EPOCH + timedelta(days=whole)).isoformat() if whole in SERIALS else text
        return self.true_clean(text)

    def _yes(self, text: str) -> bool:
        said = plain_text(text).lower()
        if said not in YES | NO:
            raise ValidationError(_("“%(text)s” should be 是 or 否.") % {"text": text})
        return said in YES

    def _choice(self, text: str) -> Any:
        if not text:
            return ""
        said = plain_text(text).lower()
        if said in self.labels:
            return self.labels[said]
        known = "、".join(str(label) for value, label in self.field.choices if value not in ("", None))
        raise ValidationError(_("“%(text)s” is none of: %(known)s.") % {"text": text, "known": known})

    def _one(self, text: str) -> Any:
        """The record these words mean: by its number, code or name, by the model's own `find`, by its full text."""
        if self.held is not None and not hasattr(self.held, "all") and str(self.held) == text:
            return self.held
        if text not in self.seen:
            self.seen[text] = self._search(text)
        found = self.seen[text]
        words = {"text": text, "what": self.field.label}
        if not found:
            raise ValidationError(_("There is no “%(text)s” among those that can be chosen. Add it first.") % words)
        if len(found) > 1:
            raise ValidationError(_("“%(text)s” means more than one. Write its number or code.") % words)
        return found[0]

    def _search(self, text: str) -> list[Any]:
        choices = self.field.queryset
        for name in ("number", "code", "username"):
            try:
                text_field = choices.model._meta.get_field(name).get_internal_type() == "CharField"
            except FieldDoesNotExist:
                continue
            if not text_field:  # the number of a class or a week is no document number
                continue
            if found := list(choices.filter(**{name: text})[:2]):
                return found
        if hasattr(choices.model, "find") and (one := choices.model.find(text)) and choices.filter(pk=one.pk).exists():
            return [one]
        if self.by_words is None:
            self.by_words = {}
            for one in choices[:LISTED]:
                for words in {_words(one), _words(getattr(one, "name", one))}:
                    self.by_words.setdefault(words, []).append(one)
        return self.by_words.get(_words(text), [])


def _words(said: Any) -> str:
    return re.sub(r"\s+", "", plain_text(said)).lower()


def _labels(field: Any) -> dict[str, Any]:
    """{label in any of our languages, or the stored value: value} of a field with choices."""
    found: dict[str, Any] = {}
    given: Any = field
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return found
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found |= {plain_text(label).lower(): value for value, label in given.choices if value not in ("", None)}
    return found | {str(value).lower(): value for value in found.values()}
