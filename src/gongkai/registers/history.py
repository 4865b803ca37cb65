"""What happened to a row or a sheet, who did it and when: acts for the timeline of its page."""

from __future__ import annotations

from typing import Any

from gongkai.registers.models import RegisterEntry, SupplySheet
from gongkai.trail.models import Entry
from gongkai_core.states import SUPPLY_SHEET

_STOPS = ("cancel", "return")


def of_row(row: RegisterEntry) -> list[dict[str, Any]]:
    """Entered, ended, struck out; the wrong row and the one entered instead name each other."""
    before, after = row.replaces, getattr(row, "replacement", None)
    acts: list[dict[str, Any]] = [
        {
            "at": row.entered_at, "words": "改登" if before else "登记", "by": row.entered_by, "state": "done",
            "links": [("改登前的一行", before.get_absolute_url())] if before else [],
        }
    ]  # fmt: skip
    endings = Entry.objects.filter(
        object_type=row._meta.label_lower, object_id=str(row.public_id), verb="registers.end"
    )
    for entry in endings.select_related("actor"):
        ending = {"at": entry.when, "words": getattr(row, "ENDING", ""), "by": entry.actor, "state": "done"}
        acts.append(ending | {"note": f"止于 {entry.facts.get('ended_on', '')}"})
    if row.struck_out:
        acts.append(
            {
                "at": row.struck_out_at, "words": "划去", "by": row.struck_out_by, "note": row.struck_out, "state": "stop",
                "links": [("改登后的一行", after.get_absolute_url())] if after else [],
            }
        )  # fmt: skip
    return acts


def of_sheet(sheet: SupplySheet) -> list[dict[str, Any]]:
    """Every turn of a sheet: asked, filled in, returned with the reason, filled in again, confirmed."""
    entries = Entry.objects.filter(object_type=sheet._meta.label_lower, object_id=str(sheet.public_id))
    return [_turn(entry) for entry in entries.select_related("actor").order_by("pk")]


def _turn(entry: Entry) -> dict[str, Any]:
    event = entry.verb.removeprefix("registers.supply_")
    words = SUPPLY_SHEET.event_labels.get(event, "发起")
    if entry.facts.get("on_behalf"):
        words = "代填"
    note = str(entry.facts.get("reason", ""))
    if values := entry.facts.get("values"):
        note = "、".join(str(value) for value in values.values())
    state = "stop" if event in _STOPS else "done"
    return {"at": entry.when, "words": words, "by": entry.actor, "note": note, "state": state}
