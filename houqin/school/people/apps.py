from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "houqin.school.people"
    label = "people"
