"""`gongkai site …`: the site's commands, found through an entry point so that the core never imports the site."""

import os
import sys

from django.core.management import ManagementUtility


def site(argv: list[str]) -> int:
    """Run one command of the site; `verify-trail` and `verify_trail` are the same command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    arguments = [argv[0].replace("-", "_"), *argv[1:]] if argv else ["help"]
    utility = ManagementUtility(["gongkai site", *arguments])
    utility.prog_name = "gongkai site"
    try:
        utility.execute()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0


if __name__ == "__main__":
    sys.exit(site(sys.argv[1:]))
