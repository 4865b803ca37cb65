"""Django's entry for the look of the site."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """界面: templates, static files and template tags; no models."""

    name = "gongkai.design"
    label = "design"
    verbose_name = "界面"
