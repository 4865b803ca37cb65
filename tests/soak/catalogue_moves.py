"""The walk's ways to try the acts of the catalogue: who owes what, what serves it, who is reminded."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from gongkai.publishing import actions
from gongkai.publishing.models import CatalogueEntry, NoMatterStatement, Obligation
from soak.moves import Try, move


class CatalogueMoves:
    """Mixed into the walk, whose choices it uses."""

    rng: Any
    oracle: Any
    people: Any
    today: Any
    coin: Any
    day: Any
    item: Any
    token: Any
    _who: Any
    _on_item: Any
    _row: Any
    _organ: Any

    def _entry(self) -> CatalogueEntry | None:
        entry: CatalogueEntry | None = self._row(CatalogueEntry, "publishing_catalogueentry")
        return entry

    @move(3)
    def assign_duties(self) -> Try | None:
        entry, organs = self._entry(), self.rng.sample(self.people.organs, self.rng.randint(0, 2))
        _, who, act = self._who("assign_duties", self.people.root)
        return entry and Try(act, lambda: actions.assign_duties(entry, organs, **who))

    @move(1)
    def adjust_entry(self) -> Try | None:
        entry = self._entry()
        if entry is None:
            return None
        column = self.rng.choice([entry.column, *self.people.columns])
        frequency = self.rng.choice([entry.frequency, "once", "yearly"])
        _, who, act = self._who("adjust_entry", self.people.root)
        return Try(act, lambda: actions.adjust_entry(entry, column=column, frequency=frequency, after=None, **who))

    @move(1)
    def hang(self) -> Try | None:
        entry = self._entry()
        return self._on_item("hang", actions.hang, self.item("published"), entries=[entry] if entry else [])

    @move(1)
    def import_catalogue(self) -> Try:
        """A sheet with faults: a good one comes by way of its own tests."""
        faulty = SimpleNamespace(whole=False, name="某领域")
        _, who, act = self._who("import_catalogue", self.people.root)
        return Try(act, lambda: actions.import_catalogue(faulty, level="county", source=None, **who))

    @move(1)
    def state_no_matter(self) -> Try | None:
        entry, organ = self._entry(), self._organ()
        facts = {"year": self.today.year - self.rng.randint(0, 2), "words": self.rng.choice(["", self.token()])}
        _, who, act = self._who("state_no_matter", organ)
        return entry and Try(act, lambda: actions.state_no_matter(entry, organ, **facts, **who))

    @move(1)
    def withdraw_statement(self) -> Try | None:
        row = self._row(NoMatterStatement, "publishing_nomatterstatement")
        if row is None:
            return None
        _, who, act = self._who("withdraw_statement", row.agency)
        return Try(act, lambda: actions.withdraw_statement(row, **who))

    @move(1)
    def add_evidence(self) -> Try | None:
        row = self._row(Obligation, "publishing_obligation")
        if row is None:
            return None
        facts: dict[str, Any] = {"item": self.item("published")} if self.coin(0.5) else {"address": "https://a.cn/1"}
        facts |= {"shown_on": self.day()} if self.coin(0.5) else {}
        _, who, act = self._who("add_evidence", row.agency)
        return Try(act, lambda: actions.add_evidence(row, **facts, **who))

    @move(1)
    def remind(self) -> Try:
        organ = self._organ()
        _, who, act = self._who("remind", organ)
        return Try(act, lambda: actions.remind(organ, **who))

    @move(1)
    def supervise(self) -> Try | None:
        if self.coin(0.7):  # each prints a paper
            return None
        organ = self._organ()
        _, who, act = self._who("supervise", organ)
        return Try(act, lambda: actions.supervise(organ, **who))
