"""The walk's ways to try the acts of the gazette (政府公报): composed, approved by another, brought out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gongkai.publishing import actions
from gongkai.publishing.models import Erratum, GazetteEntry, GazetteIssue
from soak.moves import Try, move

COMPOSING, WAITING, APPROVED, ISSUED = "composing", "waiting", "approved", "issued"


class GazetteMoves:
    """Mixed into the walk, whose choices it uses."""

    rng: Any
    oracle: Any
    people: Any
    today: Any
    coin: Any
    seen: Any
    token: Any
    title: Any
    body: Any
    item: Any
    instruction: Any
    _who: Any
    _row: Any

    def _issue(self, *states: str) -> GazetteIssue | None:
        rows = self.oracle.rows["publishing_gazetteissue"]
        fitting = [row for row in rows if row["state"] in states]
        rows = fitting if fitting and self.coin(0.9) else rows
        return GazetteIssue.objects.select_related("agency").get(pk=self.rng.choice(rows)["id"]) if rows else None

    def _on_issue(self, action: str, call: Callable[..., Any], issue: Any, *given: Any, **facts: Any) -> Try | None:
        if issue is None:
            return None
        _, who, act = self._who(action, issue.agency, ("gazette", issue.pk))
        return Try(act, lambda: call(issue, *given, **facts, **who))

    def _on_entry(self, action: str, call: Callable[..., Any], **facts: Any) -> Try | None:
        issue = self._issue(COMPOSING)
        entries = list(GazetteEntry.objects.filter(issue=issue)) if issue else []
        if not entries:
            return None
        entry = self.rng.choice(entries)
        return self._on_issue(action, lambda issue, **who: call(issue, entry=entry, **facts, **who), issue)

    @move(1)
    def open_gazette_issue(self) -> Try:
        organ = self.rng.choice([self.people.root, self.people.root, *self.people.organs])
        facts = {"number": self.rng.randint(1, 4), "serial": self.rng.randint(1, 6), "cover_date": self.today}
        _, who, act = self._who("open_gazette_issue", organ)
        return Try(act, lambda: actions.open_gazette_issue(organ, year=2024, **facts, **who))

    @move(3)
    def add_to_gazette(self) -> Try | None:
        item = self.item("published")
        return item and self._on_issue("add_to_gazette", actions.add_to_gazette, self._issue(COMPOSING), item)

    @move(1)
    def add_gazette_section(self) -> Try | None:
        title = self.rng.choice(["县政府文件", " "])
        return self._on_issue("add_gazette_section", actions.add_gazette_section, self._issue(COMPOSING), title)

    @move(2)
    def write_gazette_text(self) -> Try | None:
        return self._on_issue(
            "write_gazette_text", actions.write_gazette_text, self._issue(COMPOSING), self.title(), self.body()
        )

    @move(1)
    def rename_gazette_section(self) -> Try | None:
        return self._on_entry("rename_gazette_section", actions.rename_gazette_section, title="人事任免")

    @move(1)
    def refresh_gazette_entry(self) -> Try | None:
        return self._on_entry("refresh_gazette_entry", actions.refresh_gazette_entry)

    @move(1)
    def move_gazette_entry(self) -> Try | None:
        return self._on_entry("move_gazette_entry", actions.move_gazette_entry, up=self.coin(0.5))

    @move(1)
    def remove_gazette_entry(self) -> Try | None:
        return self._on_entry("remove_gazette_entry", actions.remove_gazette_entry) if self.coin(0.3) else None

    @move(2)
    def submit_gazette(self) -> Try | None:
        return self._on_issue("submit_gazette", actions.submit_gazette, self._issue(COMPOSING))

    @move(3)
    def approve_gazette(self) -> Try | None:
        issue = self._issue(WAITING)
        if issue is None:
            return None
        word, seen, passed = self.instruction(issue.agency), self.seen(issue.digest), self.coin(0.9)
        facts = {"instruction": word, "seen": seen, "secrecy_passed": passed}
        attempt = self._on_issue("approve_gazette", actions.approve_gazette, issue, **facts)
        gates = frozenset({"secrecy"}) if passed else frozenset()
        act = replace(attempt.act, leader=word.leader_id if word else None, seen=seen, gates=gates)  # type: ignore[union-attr]
        return replace(attempt, act=act)  # type: ignore[type-var]

    @move(1)
    def return_gazette(self) -> Try | None:
        remarks = self.rng.choice(["请改", " "])
        return self._on_issue("return_gazette", actions.return_gazette, self._issue(WAITING, APPROVED), remarks=remarks)

    @move(2)
    def issue_gazette(self) -> Try | None:
        return self._on_issue("issue_gazette", actions.issue_gazette, self._issue(APPROVED))

    @move(1)
    def reprint_gazette(self) -> Try | None:
        return self._on_issue("reprint_gazette", actions.reprint_gazette, self._issue(ISSUED))

    @move(1)
    def discard_gazette(self) -> Try | None:
        return self._on_issue("discard_gazette", actions.discard_gazette, self._issue(COMPOSING, WAITING))

    @move(1)
    def enter_erratum(self) -> Try | None:
        facts = {"place": "第2页", "wrong": f"误{self.token()}", "right": f"正{self.token()}"}
        return self._on_issue("enter_erratum", actions.enter_erratum, self._issue(ISSUED), **facts)

    @move(1)
    def publish_erratum(self) -> Try | None:
        row = self._row(Erratum, "publishing_erratum")
        if row is None:
            return None
        _, who, act = self._who("publish_erratum", row.issue.agency, ("erratum", row.pk))
        return Try(act, lambda: actions.publish_erratum(row, **who))
