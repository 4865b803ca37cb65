"""Every site test has an installation of its own; those that ask for the demonstration county share one."""

from demonstration import built_demonstration, demonstration
from installation import django_db_setup, home

__all__ = ["built_demonstration", "demonstration", "django_db_setup", "home"]
