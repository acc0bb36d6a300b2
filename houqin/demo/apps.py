from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "houqin.demo"
    label = "demo"
