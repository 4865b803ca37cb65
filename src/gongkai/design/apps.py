"""Django's entry for the look of the site."""

from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator


class DesignConfig(AppConfig):
    """界面: templates, static files and template tags; no models."""

    name = "gongkai.design"
    label = "design"
    verbose_name = "界面"

    def ready(self) -> None:
        """Say in words what no browser lets anybody type and a script can send."""
        ProhibitNullCharactersValidator.message = "含有不能保存的字符，请删去后重新提交"
