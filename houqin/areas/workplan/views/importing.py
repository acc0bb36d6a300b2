"""Handing in a plan: pasted or as a document, with the term (or year) its dates are counted from."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.kernel import clock
from houqin.kernel.access import may, within
from houqin.kernel.registers.forms import Day
from houqin.kernel.registers.render import page
from houqin.school.people.models import Department
from houqin.school.terms.calendar import current_term
from houqin.school.terms.models import Term

from .. import reader
from ..models import Intake
from ..models.intake import anchor

MOST = 20_000_000


class ImportForm(forms.Form):
    """Where the text comes from and from which day its weeks count."""

    file = forms.FileField(
        label=gettext_lazy("Document"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx,.xlsx,.xlsm,.ods"}),
        help_text=gettext_lazy(".docx, .xlsx or .txt; save .doc and .wps as .docx first"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"), required=False, max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )  # fmt: skip
    term = forms.ModelChoiceField(
        Term.objects.none(), label=gettext_lazy("School term"), required=False,
        empty_label=gettext_lazy("No term, by the year"),
        help_text=gettext_lazy("Weeks and months get their dates from this term's week table"),
    )  # fmt: skip
    year = forms.IntegerField(
        label=gettext_lazy("School year begins in"), required=False, min_value=1990, max_value=2100,
        help_text=gettext_lazy("Only without a term: the year of its September"),
    )  # fmt: skip
    first_day = Day(
        label=gettext_lazy("First day of week 1"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    department = forms.ModelChoiceField(Department.objects.none(), label=gettext_lazy("Whose plan"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        term, department = current_term(), user.department_id
        super().__init__(*args, label_suffix="", initial={"term": term, "department": department}, **kwargs)
        self.fields["term"].queryset = Term.objects.select_related("year").order_by("-first_day")  # type: ignore[attr-defined]
        self.fields["department"].queryset = Department.objects.active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, text = given.get("file"), (given.get("text") or "").strip()
        if not file and not text:
            self.add_error("text", _("Choose a document or paste the text."))
        elif file and file.size > MOST:
            self.add_error("file", _("This file is larger than 20 MB; a plan is never that large."))
        if not given.get("term") and not given.get("year") and not given.get("first_day"):
            self.add_error("term", _("Choose a term, or say in which year the school year begins."))
        return given


def unreadable(why: reader.Unreadable) -> str:
    """The reader's refusal in the words of the page."""
    text = str(why)
    if "old Word" in text:
        return _(
            "This is an old Word or WPS document (.doc, .wps). "
            "Open it, choose “Save as”, take the type .docx, and bring that file."
        )
    if "PDF" in text or "rich text" in text:
        return _("The text of this kind of file cannot be read. Copy it there and paste it here.")
    if "empty" in text:
        return _("There is no text in it.")
    return _("This file cannot be read: bring a .docx, .xlsx or .txt file, or paste the text.")


def allowed(request: HttpRequest) -> None:
    if not may(request.user, Intake, "add"):
        raise PermissionDenied


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """GET: the form; POST: read it and go on to the review."""
    allowed(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, user=request.user)
    if form.is_valid():
        try:
            return redirect(_kept(form.cleaned_data, request.user))
        except reader.Unreadable as why:
            form.add_error("file" if form.cleaned_data["file"] else "text", unreadable(why))
    drafts = within(request.user, Intake.objects.filter(state="read").defer("file", "text", "decisions")).order_by(
        "-pk"
    )[:6]
    return page(request, "workplan/import.html", {"form": form, "drafts": drafts}, 422 if form.errors else 200)


def _kept(given: dict[str, Any], user: Any) -> Intake:
    """The document kept as a draft. Raises reader.Unreadable before anything is written."""
    term = given["term"]
    year, first_day = anchor(term) if term else (given["year"], given["first_day"])
    file, text = given["file"], given["text"].replace("\r\n", "\n")
    data, name = (file.read(), file.name) if file else (None, text.strip().splitlines()[0][:80])
    draft = Intake(name=name, text=text if data is None else "", file=data, year=year, first_day=first_day)
    draft.read()
    draft = Intake.add(
        by=user, name=name[-200:], term=term, department=given["department"], year=year, first_day=first_day
    )
    draft.text, draft.file = text if data is None else "", data
    draft.save(update_fields=["text", "file"])
    return draft


@login_required
def years(request: HttpRequest) -> HttpResponse:
    """Years in which a day of the text ("8.30") falls on the day the school's weeks begin: ?month=8&day=30."""
    allowed(request)
    numbers = [request.GET.get(name, "") for name in ("month", "day")]
    found: list[int] = []
    if all(text.isdecimal() and len(text) < 3 for text in numbers):
        term = current_term()
        start = term.week_start if term else 6
        found = reader.years_for(int(numbers[0]), int(numbers[1]), start, clock.today().year)[:4]
    return page(request, "workplan/years.html", {"years": found}, block="years")


@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Date a draft by another term or year; what was decided stays."""
    allowed(request)
    draft = get_object_or_404(within(request.user, Intake.objects.all()), pk=pk)
    term = Term.objects.filter(pk=request.POST.get("term") or 0).select_related("year").first()
    if request.method == "POST" and term:
        year, first_day = anchor(term)
        draft.amend(by=request.user, term=term, year=year, first_day=first_day)
        messages.success(request, _("The dates follow %(term)s now.") % {"term": term})
    return redirect(reverse("workplan_review", args=[pk]))
