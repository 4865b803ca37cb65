"""The walk's ways to try what is kept beside the texts: co-ordination, numbers, references, reassessment."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.models import Agency
from gongkai.publishing import actions
from gongkai.publishing.hits import hits_of
from gongkai.publishing.models import Coordination, Item, ListKind, SecretReference
from gongkai_core.docnos import Docno
from soak.moves import Try, move


class RecordMoves:
    """Mixed into the walk, whose choices it uses."""

    rng: Any
    oracle: Any
    people: Any
    today: Any
    day: Any
    coin: Any
    item: Any
    version: Any
    _who: Any
    _on_item: Any

    def _row(self, model: Any, table: str) -> Any:
        rows = self.oracle.rows[table]
        return model.objects.get(pk=self.rng.choice(rows)["id"]) if rows else None

    def _organ(self) -> Agency:
        organ: Agency = self.rng.choice(self.people.organs)
        return organ

    @move(2)
    def ask_organ(self) -> Try | None:
        facts = {"organ": self.rng.choice(["林业局", "水利局", " "]), "asked_on": self.day()}
        return self._on_item("ask_organ", actions.ask_organ, self.item("draft", "in_review", "in_signing"), **facts)

    @move(3)
    def answer_of_organ(self) -> Try | None:
        row = self._row(Coordination, "publishing_coordination")
        if row is None:
            return None
        facts = {"answered_on": self.day() if self.coin(0.2) else self.today, "answer": self.rng.choice(["有意见", ""])}
        facts["result"] = self.rng.choice(["agreed", "agreed", "refused", "weird"])
        _, who, act = self._who("answer_of_organ", row.item.agency)
        return Try(act, lambda: actions.answer_of_organ(row, **facts, **who))

    @move(1)
    def explain_gap(self) -> Try:
        organ = self._organ()
        number = Docno("青财", 2024, self.rng.randint(1, 99))
        facts = {"docno": number, "reason": self.rng.choice(["取号后未印发", "无"])}
        _, who, act = self._who("explain_gap", organ)
        return Try(act, lambda: actions.explain_gap(organ, **facts, **who))

    @move(1)
    def keep_secret_reference(self) -> Try:
        organ = self._organ()
        facts = {
            "alias": self.rng.choice(["甲字3号", "关于某事的通知", ""]),
            "level": self.rng.choice(["secret", "confidential", "weird"]),
            "docno": f"青财〔2024〕{self.rng.randint(1, 20)}号",
            "place": "保密室",
        }
        _, who, act = self._who("keep_secret_reference", organ)
        return Try(act, lambda: actions.keep_secret_reference(organ, **facts, **who))

    @move(1)
    def strike_out_reference(self) -> Try | None:
        row = self._row(SecretReference, "publishing_secretreference")
        if row is None:
            return None
        reason = self.rng.choice(["登记有误", " "])
        _, who, act = self._who("strike_out_reference", row.agency)
        return Try(act, lambda: actions.strike_out_reference(row, reason=reason, **who))

    @move(3)
    def reassess(self) -> Try | None:
        """Of what is kept from the public, mostly; opened, it is a draft like any other."""
        kept = [row for row in self.oracle.items.values() if row["openness"] != "open"]
        kept = sorted(kept, key=lambda row: row["id"])
        item = self.item("draft") if not kept or self.coin(0.1) else self._item_of(self.rng.choice(kept))
        facts = {
            "verdict": self.rng.choice(["open", "keep", "weird"]),
            "reason": self.rng.choice(["情况已经变化，可以向社会公开", "短"]),
        }
        return self._on_item("reassess", actions.reassess, item, **facts)

    @staticmethod
    def _item_of(row: dict[str, Any]) -> Any:
        return Item.objects.select_related("agency").get(pk=row["id"])

    @move(1)
    def set_numbering(self) -> Try:
        organ = self.rng.choice([None, *self.people.organs])
        facts = {
            "pattern": self.rng.choice(["{code}/{year}-{serial:05d}", "{code}-{year}{month:02d}-{serial:04d}"]),
            "reset": self.rng.choice(["year", "never"]),
        }
        _, who, act = self._who("set_numbering", organ or self.people.root)
        return Try(act, lambda: actions.set_numbering(organ, **facts, **who))

    @move(1)
    def drop_numbering(self) -> Try:
        organ = self._organ()
        _, who, act = self._who("drop_numbering", organ)
        return Try(act, lambda: actions.drop_numbering(organ, **who))

    @move(2)
    def dismiss(self) -> Try | None:
        """Hits of the checks are left as they are, with a reason or without."""
        copy = self.version("draft", "returned")
        groups = hits_of(copy.row, today=self.today) if copy else []
        groups = [group for group in groups if not group.dismissal]
        if not groups:
            return None
        reasons = {group.fingerprint: self.rng.choice(["办公电话", ""]) for group in groups}
        _, who, act = self._who("dismiss", copy.row.agency)
        return Try(act, lambda: actions.dismiss(copy.row.item, reasons, groups, **who))

    @move(1)
    def set_check_list(self) -> Try:
        kind, seen = self.rng.choice(ListKind.values), self.rng.randint(0, 2)
        _, who, act = self._who("set_check_list", self.people.root)
        return Try(act, lambda: actions.set_check_list(kind, text=f"词{seen}", seen=seen, **who))
