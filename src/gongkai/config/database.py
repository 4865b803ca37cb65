"""Turn one DATABASE_URL into Django's settings; SQLite when there is none."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def parse(url: str | None, home: Path) -> dict[str, Any]:
    """Return a DATABASES entry.

    `url` is `postgresql://user:password@host:port/name` or, for a unix socket,
    `postgresql://user@/name?host=/directory`; empty means SQLite below `home`.
    Raises ValueError for any other scheme.
    """
    if not url:
        return {
            "ENGINE": "gongkai.config.sqlite",
            "NAME": home / "gongkai.sqlite3",
            # A thread keeps its connection: a new one reads the whole schema first and has no page at hand.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # One writer at a time, taken at BEGIN: what a transaction read is still true when it writes.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                " PRAGMA secure_delete=ON;",
            },
            # Said because pytest-django, which gives each of its workers a file, knows Django's own engine alone.
            "TEST": {"NAME": ":memory:"},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL 只支持 postgresql://，收到 {parts.scheme}://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        # A thread keeps its connection, and asks whether it still stands when a request begins.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or query.get("password", "")),
        "HOST": unquote(parts.hostname or "") or query.get("host", ""),
        "PORT": str(parts.port or query.get("port", "")),
    }
