"""Pages of plans that are no register: the import and its review, the term calendar, my tasks, files."""

from django.urls import path

from . import calendar, importing, mine, review

urlpatterns = [
    path("workplan/import/", importing.begin, name="workplan_import"),
    path("workplan/import/years/", importing.years, name="workplan_years"),
    path("workplan/import/people/", review.people, name="workplan_people"),
    path("workplan/import/<int:pk>/", review.show, name="workplan_review"),
    path("workplan/import/<int:pk>/item/<str:key>/", review.item, name="workplan_item"),
    path("workplan/import/<int:pk>/more/<str:key>/", review.more, name="workplan_item_more"),
    path("workplan/import/<int:pk>/period/<str:key>/", review.period, name="workplan_period"),
    path("workplan/import/<int:pk>/plan/<str:key>/", review.plan, name="workplan_plan"),
    path("workplan/import/<int:pk>/line/<int:line>/", review.line, name="workplan_line"),
    path("workplan/import/<int:pk>/rest/", review.rest, name="workplan_rest"),
    path("workplan/import/<int:pk>/past/", review.past, name="workplan_past"),
    path("workplan/import/<int:pk>/again/", importing.again, name="workplan_again"),
    path("workplan/import/<int:pk>/take/", review.take, name="workplan_take"),
    path("workplan/calendar/", calendar.weeks, name="workplan_calendar"),
    path("workplan/calendar/month/", calendar.month, name="workplan_month"),
    path("workplan/calendar/week/<int:pk>/sheet/", calendar.week_sheet, name="workplan_week_sheet"),
    path("workplan/mine/", mine.mine, name="workplan_mine"),
    path("workplan/plan/<int:pk>/word/", mine.word, name="workplan_word"),
]
