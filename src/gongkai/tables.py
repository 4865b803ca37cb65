"""All tables of an app made in one step of its migration.

Django renders the whole project's models anew for each table it makes, since those that name the new one must know it:
with a hundred and fifty tables that is eight thousand renderings and most of the time it takes to set up a database.
Here the tables of an app enter the state together and are rendered once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """`steps`: the tables in an order in which each names only those before it, or those of apps below."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["steps"]

    def __init__(self, steps: Sequence[CreateModel]) -> None:
        self.steps = list(steps)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again, once, when the tables are made
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.steps)} tables"
