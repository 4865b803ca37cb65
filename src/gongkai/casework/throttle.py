"""Limits per address for public forms, counted in the cache; an address is kept as a keyed digest, never in clear."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from django.core.cache import caches
from django.http import HttpRequest

from gongkai.documents.cipher import blind_index


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
WRONG_CODES = Limit("query", 10, 600)
"""Only failures count, so that many honest readers behind one address never stop one another."""
WRONG_ANSWERS = Limit("challenge", 30, 600)


def address(request: HttpRequest) -> str:
    """Whose request it is: what our own front server on this machine says, else the peer itself."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(told)) if told and ip_address(peer).is_loopback else peer
    except ValueError:
        return peer
