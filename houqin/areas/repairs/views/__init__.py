"""Pages of repairs that are no register: the report, the ticket, the board, the worker's list, the statistics."""

from django.urls import path

from . import board, public, report, statistics

urlpatterns = [
    path("repairs/report/", report.report, name="repairs_report"),
    path("repairs/report/join/<int:pk>/", report.join, name="repairs_report_join"),
    path("repairs/at/<str:token>/", public.at, name="repairs_at"),
    path("repairs/at/<str:token>/join/<int:pk>/", public.join, name="repairs_at_join"),
    path("repairs/ticket/<str:signed>/", public.ticket, name="repairs_ticket"),
    path("repairs/ticket/<str:signed>/<str:act>/", public.act, name="repairs_ticket_act"),
    path("repairs/board/", board.board, name="repairs_board"),
    path("repairs/jobs/", board.jobs, name="repairs_jobs"),
    path("repairs/statistics/", statistics.monthly, name="repairs_statistics"),
    path("repairs/statistics/sheet/", statistics.monthly_sheet, name="repairs_statistics_sheet"),
    path("repairs/statistics/classes/", statistics.classes, name="repairs_classes"),
    path("repairs/statistics/classes/poster/", statistics.classes_poster, name="repairs_classes_poster"),
]
