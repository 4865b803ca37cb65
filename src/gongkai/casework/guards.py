"""Triggers by which the database itself refuses to change or delete an event of the clock or a note on a case.

Of a note, one change is let through: its words become empty, once, when something is in them that must not be.
"""

from gongkai.trail.guards import installing

_REFUSAL = "clock events are append-only"
_NOTES_REFUSAL = "notes on a case are append-only"
_NOTE_KEPT = ("id", "case_id", "written_by_id", "written_at")
_EMPTIED = "OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL AND NEW.words = '' AND "
_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in _NOTE_KEPT)
_NOT_DISTINCT = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _NOTE_KEPT)
SQLITE = [
    "CREATE TRIGGER casework_casenote_no_update BEFORE UPDATE ON casework_casenote "
    f"WHEN NOT ({_EMPTIED}{_SAME}) BEGIN SELECT RAISE(ABORT, '{_NOTES_REFUSAL}'); END",
    "CREATE TRIGGER casework_casenote_no_delete BEFORE DELETE ON casework_casenote "
    f"BEGIN SELECT RAISE(ABORT, '{_NOTES_REFUSAL}'); END",
] + [
    f"CREATE TRIGGER casework_clockevent_no_{name} BEFORE {name.upper()} ON casework_clockevent "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for name in ("update", "delete")
]
POSTGRESQL = [
    "CREATE FUNCTION casework_refuse_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'UPDATE' THEN IF {_EMPTIED}{_NOT_DISTINCT} THEN RETURN NEW; END IF; END IF; "
    f"RAISE EXCEPTION '{_NOTES_REFUSAL}'; END $$",
    "CREATE TRIGGER casework_casenote_refuse BEFORE UPDATE OR DELETE ON casework_casenote "
    "FOR EACH ROW EXECUTE FUNCTION casework_refuse_note()",
    "CREATE FUNCTION casework_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    "CREATE TRIGGER casework_clockevent_refuse BEFORE UPDATE OR DELETE ON casework_clockevent "
    "FOR EACH ROW EXECUTE FUNCTION casework_refuse()",
]

install = installing(sqlite=SQLITE, postgresql=POSTGRESQL)
