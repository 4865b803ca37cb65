"""Limits per address for public forms, counted in the cache; an address is kept as a keyed digest, never in clear."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from gongkai.documents.cipher import blind_index

CUSTOMER = 64
"""Bits of an IPv6 address that one customer is given: the rest they change at will."""


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds` from one address."""

    name: str
    times: int
    seconds: int

    def exceeded(self, request: HttpRequest) -> bool:
        """Whether the address has used up its times."""
        return int(caches["shared"].get(self._key(request), 0)) >= self.times

    def count(self, request: HttpRequest) -> None:
        """Count one more; the time runs from the first."""
        key = self._key(request)
        if not caches["shared"].add(key, 1, self.seconds):
            try:
                caches["shared"].incr(key)
            except ValueError:  # it ran out between the two
                caches["shared"].add(key, 1, self.seconds)

    def _key(self, request: HttpRequest) -> str:
        return f"casework.limit:{self.name}:{blind_index(address(request))}"


SUBMISSIONS = Limit("submit", 6, 60)
"""Six a minute is a whole office filing at once; a robot wants thousands."""
DRAFTS = Limit("draft", 60, 600)
"""Drafts may hold files before anything is proved; a reading room with many readers stays below this."""
WRONG_CODES = Limit("query", 10, 600)
"""Only failures count, so that many honest readers behind one address never stop one another."""
WRONG_ANSWERS = Limit("challenge", 30, 600)
TYPING = Limit("typing", 240, 60)
"""Suggestions while typing; above it a page just shows none."""


def address(request: HttpRequest) -> str:
    """Whose request it is: what our own front server says, else the peer itself; of IPv6 the network of one customer.

    Only a front server on this machine, or one named in the settings, is believed: anybody can write the header.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        front = ip_address(peer).is_loopback or peer in settings.TRUSTED_PROXIES
        found = ip_address(told) if told and front else ip_address(peer)
    except ValueError:
        return peer
    return str(ip_network((found, CUSTOMER), strict=False)) if found.version == 6 else str(found)
