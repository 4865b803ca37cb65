"""`make migration APP=publishing`: write an app's one initial migration anew from its models (until the first release).

Constraints and indexes stand inside the tables they belong to, and the tables inside one step (`gongkai.tables`): one by
one, each would make Django render the whole project again, and setting up a database would take many times as long.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import house

os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
os.environ["GONGKAI_HOME"] = tempfile.mkdtemp()

import django
from django.apps import apps
from django.db.migrations import Migration, operations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from django.utils import translation

from gongkai.tables import CreateTables

NAME = "0001_initial"


def migration_of(app: str) -> Migration:
    """The migration that makes all of an app's tables, whatever its migrations say today."""
    whole = ProjectState.from_apps(apps)
    without = whole.clone()
    for label, name in list(without.models):
        if label == app:
            del without.models[label, name]
    # Asked whether the app wants an initial migration, the answer is yes.
    detector = MigrationAutodetector(without, whole, MigrationQuestioner(specified_apps={app}))
    changes = detector.changes(MigrationGraph(), trim_to_apps={app}, migration_name="initial")
    (migration,) = changes[app]
    migration.name, migration.initial = NAME, True
    migration.dependencies = sorted(
        {(label, NAME) for label, _ in migration.dependencies if label != "__setting__"}
    ) + [dependency for dependency in migration.dependencies if dependency[0] == "__setting__"]
    migration.operations = together(folded(migration.operations))
    return migration


def folded(steps: list[operations.Operation]) -> list[operations.Operation]:
    """The same tables, with constraints and indexes in their making where all the fields they name are."""
    kept: list[operations.Operation] = []
    made: dict[str, operations.CreateModel] = {}
    late: dict[str, set[str]] = defaultdict(set)  # fields that close a circle, by table
    for step in steps:
        if isinstance(step, operations.CreateModel):
            made[step.name.lower()] = step
        elif isinstance(step, operations.AddField):
            late[step.model_name.lower()].add(step.name)
        elif isinstance(step, operations.AddConstraint | operations.AddIndex):
            kind = "constraints" if isinstance(step, operations.AddConstraint) else "indexes"
            thing = step.constraint if isinstance(step, operations.AddConstraint) else step.index
            words = repr(thing.deconstruct())
            if not any(name in words for name in late[step.model_name.lower()]):
                made[step.model_name.lower()].options.setdefault(kind, []).append(thing)
                continue
        kept.append(step)
    return kept


def together(steps: list[operations.Operation]) -> list[operations.Operation]:
    """The same with the tables in one step, first: what closes circles comes after all of them."""
    tables = [step for step in steps if isinstance(step, operations.CreateModel)]
    others = [step for step in steps if not isinstance(step, operations.CreateModel)]
    return [CreateTables(tables), *others]


def main() -> None:
    django.setup()
    translation.deactivate_all()  # migrations say the words of Django's own fields untranslated
    ours = [config.label for config in apps.get_app_configs() if config.name.startswith("gongkai.")]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("app", choices=ours)
    app = parser.parse_args().app
    file = Path(apps.get_app_config(app).path) / "migrations" / f"{NAME}.py"
    if file.exists() and "RunPython" in file.read_text(encoding="utf-8"):
        house.stop(f"{file.relative_to(house.ROOT)} holds steps written by hand: change it by hand")
    file.write_text(MigrationWriter(migration_of(app), include_header=False).as_string(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "--quiet", str(file)], check=True)
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(file)], check=True)
    house.say(str(file.relative_to(house.ROOT)))


if __name__ == "__main__":
    main()
