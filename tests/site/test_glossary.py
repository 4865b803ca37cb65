"""docs/glossary.md and the code say the same: one official term, one identifier."""

import re
from collections import Counter
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(r"^\| (\S+) \| `(\w+)` \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.M)


def test_every_identifier_exists():
    defined = set()
    for file in (ROOT / "src").rglob("*.py"):
        defined |= set(re.findall(r"^class (\w+)", file.read_text(encoding="utf-8"), re.M))
    assert [name for _, name in ROWS if name not in defined] == []


def test_every_model_has_its_official_term():
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("gongkai.")}
    assert models - {name for _, name in ROWS} == set()


def test_a_term_and_an_identifier_stand_once():
    for column in zip(*ROWS, strict=True):
        assert [word for word, count in Counter(column).items() if count > 1] == []
