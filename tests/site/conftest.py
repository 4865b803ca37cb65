"""Every site test has an installation of its own: an empty folder with fresh keys, never the developer's var/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.documents.cipher import make_keys


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """The installation's folder (database aside): blobs, baked pages, keys."""
    folder = tmp_path / "home"
    settings.HOME = folder
    settings.KEY_FILE = folder / "keys" / "cipher.json"
    make_keys(settings.KEY_FILE)
    storages = {name: {**entry, "OPTIONS": dict(entry.get("OPTIONS", {}))} for name, entry in settings.STORAGES.items()}
    storages["default"]["OPTIONS"]["location"] = folder / "blobs"
    storages["baked"]["OPTIONS"]["location"] = folder / "public"
    # Pages are tested without collectstatic, so names carry no digest here; the browser tests have the real thing.
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages
    # Argon2 costs 150 ms by design; what is tested here is not the hash.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return folder
