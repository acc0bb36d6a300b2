from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "houqin.desk"
    label = "desk"
