"""Database triggers that refuse to change or delete an entry: the one place with SQL of a single database."""

from typing import Any

_REFUSAL = "trail is append-only"
SQLITE = [
    f"CREATE TRIGGER trail_entry_no_{name} BEFORE {name.upper()} ON trail_entry "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for name in ("update", "delete")
]
POSTGRESQL = [
    f"CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE TRIGGER trail_entry_refuse BEFORE UPDATE OR DELETE ON trail_entry "
    "FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "CREATE TRIGGER trail_entry_no_truncate BEFORE TRUNCATE ON trail_entry EXECUTE FUNCTION trail_refuse()",
]


def install(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of the database in use (a migration step)."""
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)
