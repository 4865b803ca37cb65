"""Database triggers that refuse to change or delete an entry: the one place with SQL of a single database.

One change is let through, the purge of leaked secrets (architecture §7): the facts become empty, once, and every other
column stays. Whether it was called for is told by the chain itself (`chain.verify`).
"""

from collections.abc import Callable, Sequence
from typing import Any

_REFUSAL = "trail is append-only"
_KEPT = (
    *("id", "at", "legal_day", "actor_id", "verb", "object_type", "object_id", "ground", "facts_digest", "algorithm"),
    *("previous", "digest"),
)
_PURGED = "OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL AND "
_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _KEPT)
_NOT_DISTINCT = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _KEPT)
SQLITE = [
    "CREATE TRIGGER trail_entry_no_update BEFORE UPDATE ON trail_entry "
    f"WHEN NOT ({_PURGED}NEW.facts = '{{}}' AND {_SAME}) BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    f"CREATE TRIGGER trail_entry_no_delete BEFORE DELETE ON trail_entry BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' THEN "
    f"IF {_PURGED}NEW.facts = '{{}}'::jsonb AND {_NOT_DISTINCT} THEN RETURN NEW; END IF; "
    f"END IF; RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE TRIGGER trail_entry_refuse BEFORE UPDATE OR DELETE ON trail_entry "
    "FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "CREATE TRIGGER trail_entry_no_truncate BEFORE TRUNCATE ON trail_entry EXECUTE FUNCTION trail_refuse()",
]


def installing(*, sqlite: Sequence[str], postgresql: Sequence[str]) -> Callable[[Any, Any], None]:
    """A step of a migration that creates the triggers of the database in use."""

    def install(apps: Any, schema_editor: Any) -> None:
        for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return install


install = installing(sqlite=SQLITE, postgresql=POSTGRESQL)
