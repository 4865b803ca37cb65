from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "gongkai.website"
    verbose_name = "门户"
