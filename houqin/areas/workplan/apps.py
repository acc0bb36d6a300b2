from django.apps import AppConfig


class WorkplanConfig(AppConfig):
    name = "houqin.areas.workplan"
    label = "workplan"
