from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "houqin.school.terms"
    label = "terms"
