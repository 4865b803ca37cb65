"""What all workers of a machine count together, in files: nothing leaves before its time.

Django's file cache throws a third of its entries away when there are 300: under a flood of addresses that would be the
count of wrong passwords, of wrong query codes, of submissions. Here only what has run out goes, looked for now and then.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from django.core.cache.backends.filebased import FileBasedCache

SWEEP_EVERY = 500
"""Entries written, on average, from one look for what has run out to the next."""


class CountingCache(FileBasedCache):
    def _cull(self) -> None:
        if secrets.randbelow(SWEEP_EVERY) == 0:
            self.sweep()

    def sweep(self) -> None:
        """Remove what has run out."""
        for name in self._list_cache_files():
            with suppress(FileNotFoundError), Path(name).open("rb") as file:
                self._is_expired(file)  # removes it
