from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "houqin.school.places"
    label = "places"
