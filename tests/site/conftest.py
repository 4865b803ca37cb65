"""Every site test has an installation of its own."""

from installation import django_db_setup, home

__all__ = ["django_db_setup", "home"]
