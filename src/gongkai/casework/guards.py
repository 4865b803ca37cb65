"""Triggers by which the database itself refuses to change or delete an event of the clock."""

from typing import Any

_REFUSAL = "clock events are append-only"
SQLITE = [
    f"CREATE TRIGGER casework_clockevent_no_{name} BEFORE {name.upper()} ON casework_clockevent "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for name in ("update", "delete")
]
POSTGRESQL = [
    "CREATE FUNCTION casework_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE TRIGGER casework_clockevent_refuse BEFORE UPDATE OR DELETE ON casework_clockevent "
    "FOR EACH ROW EXECUTE FUNCTION casework_refuse()",
]


def install(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of the database in use (a migration step)."""
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)
