"""Random walks over all acts of publishing by everybody: nothing is public that others did not approve (R17).

Sensible steps bring items far, senseless ones try every door: wrong people, people of another organ, administrators,
people whose post has ended, stale copies, forged digests, a leader's word entered by the author. After each step the
oracle (publishing_oracle.py) looks at the rows, and now and then at every public byte. An action that the walk does
not know fails the test.

GONGKAI_SEED=<seed> repeats a run, GONGKAI_SEED=<seed>/<walk> (with -k first or -k second) one walk of it.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

import county as a_county
from gongkai.agencies.actions import appoint
from gongkai.agencies.ledger import Scope
from gongkai.agencies.models import Agency, Appointment, Role, Setting, User
from gongkai.design.words import BEIJING
from gongkai.documents.actions import record_instruction
from gongkai.documents.models import RecordedInstruction
from gongkai.outbox.queue import drain
from gongkai.publishing import actions
from gongkai.publishing.batches import BatchRow
from gongkai.publishing.deposits import ended_quarters
from gongkai.publishing.interpretations import companions
from gongkai.publishing.models import (
    Batch,
    CleanUp,
    CleanUpEntry,
    Column,
    Deposit,
    Item,
    ItemVersion,
    ReviewChain,
    Sample,
    SuperiorPage,
    Takedown,
    Topic,
)
from gongkai.publishing.skeleton import seed_columns
from gongkai.publishing.vouched import Vouched
from gongkai_core.refusals import Refused
from gongkai_core.review_chain import GATES, ROLES, Chain, Step
from gongkai_core.states.items import UNDER_WAY
from soak.catalogue_moves import CatalogueMoves
from soak.gazette_moves import GazetteMoves
from soak.moves import MOVES, Copy, Try, move
from soak.publishing_oracle import FORBIDDEN, NEEDS, Act, Oracle
from soak.record_moves import RecordMoves

STEPS_A_WALK = 400
FIRST_DAY = date(2024, 1, 8)
COLUMNS = ("A20_01", "A20_01_I", "A20_06", "A21C_07")
"""Documents, interpretations, penalties, and lists of persons, which take themselves down."""
PLATFORM = "platform.example.cn"
PROFILE = os.environ.get("GONGKAI_PROFILE", "test")
FIXED_SEED = "1"
"""Of runs with the small budget: a change is judged by itself, not by luck."""


ON_THE_WAY = {
    *("draft", "edit", "submit", "approve_review", "return_", "sign_and_publish", "review_afterwards", "revise"),
    *("withdraw", "submit_together", "sign_together", "import_batch", "take_out", "submit_batch", "approve_batch"),
    *("return_batch", "publish_batch", "set_chain"),
}
"""What a long walk must have carried out and have been refused."""
MOODS = {
    "": set(),
    "gazette": {name for name in vars(GazetteMoves) if name in MOVES},
    "catalogue": {name for name in vars(CatalogueMoves) if name in MOVES},
    "afterwards": {"draw_samples", "check_sample", "answer_finding", "make_deposit", "hand_over", "open_clean_up"},
}
"""What a walk stays with in its later part, so that what takes several acts in a row comes about."""
FAVOUR = 30


def random_chain(rng: random.Random, *, urgent: bool) -> Chain:
    """Steps of every kind in any order; about half of what comes out is a chain."""

    def step(*, deferred: bool = False) -> Step:
        kind = rng.choice(["first_review", "review", "secrecy_review", "legal_review", "proof", "office_review"])
        gates = tuple(rng.sample(sorted(GATES), rng.randint(0, 6)))
        role = rng.choice(sorted(ROLES))
        return Step(kind, role, gates=gates, distinct=rng.random() < 0.5, deferred=deferred)

    sign = Step("sign", rng.choice(["publisher", "publisher", "publisher", "reviewer"]), distinct=rng.random() < 0.5)
    before = [step() for _ in range(rng.randint(0, 3))]
    after = [step(deferred=True) for _ in range(rng.randint(0, 2))] if urgent else []
    whole = Step("review", "reviewer", gates=tuple(GATES), distinct=rng.random() < 0.5)
    before += [whole] if rng.random() < 0.7 else []
    return Chain((*before, sign, *after), singly=rng.random() < 0.3)


class People:
    """Who walks: two organs with everybody, people in two posts, newcomers, leavers, administrators, nobodies."""

    def __init__(self) -> None:
        seed_columns()
        county = a_county.build()
        self.organs: list[Agency] = [county.organs["财政局"], county.organs["教育局"]]
        self.root = root = county.government
        self.all: list[User] = []
        self._holding: dict[tuple[str, int, date], list[User]] = {}
        for organ in self.organs:
            for posts in (
                *((Role.DRAFTER,), (Role.DRAFTER,), (Role.REVIEWER,), (Role.PUBLISHER,), (Role.SECRECY_REVIEWER,)),
                (Role.LEGAL_REVIEWER,),
                *((Role.REVIEWER, Role.PUBLISHER), (Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER), (Role.HANDLER,)),
            ):
                self._person(organ, *posts)
            self._person(organ, Role.REVIEWER, until=FIRST_DAY + timedelta(days=20))
            self._person(organ, Role.DRAFTER, until=FIRST_DAY + timedelta(days=12))
            self._person(organ, Role.PUBLISHER, since=FIRST_DAY + timedelta(days=15))
        for role in (Role.DISCLOSURE_OFFICE, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.SUPERVISOR):
            self._person(root, role)
        self._person(root, Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER)
        self._person(root, Role.DRAFTER, Role.DISCLOSURE_OFFICE)
        self._person(root)
        self.columns = list(Column.objects.filter(code__in=COLUMNS).order_by("pk"))

    def _person(self, organ: Agency, *roles: Role, since: date = a_county.LONG_AGO, until: date | None = None) -> None:
        user = User.objects.create_user(f"walker-{len(self.all):02d}", f"{organ.short_name}{len(self.all)}")
        for role in roles:
            post = appoint(user, role, organ, by=None, on=since)
            if until:
                Appointment.objects.filter(pk=post.pk).update(valid_to=until)
        self.all.append(user)

    def holding(self, role: str, organ: Agency, on: date) -> list[User]:
        key = (role, organ.pk, on)
        if key not in self._holding:
            self._holding[key] = [user for user in self.all if user.holds(role, organ, on=on)]
        return self._holding[key]


class Walk(RecordMoves, GazetteMoves, CatalogueMoves):
    """One random walk in an empty county; `run` takes its steps."""

    def __init__(self, people: People, seed: str, public: Path) -> None:
        self.people = people
        self.rng = random.Random(seed)
        self.today = FIRST_DAY
        self.client = Client()
        self.written = 0
        self.copies: list[Copy] = []
        self.taken: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.last = ""
        self.mood = self.rng.choice(list(MOODS))
        Setting.objects.create(key="publishing.gazette", value="办")
        for _ in range(self.rng.choice([0, 2, 5])):
            self._begin_with_a_chain()
        if self.coin(0.3):
            Setting.objects.create(key="publishing.portal_mode", value="上级平台")
            Setting.objects.create(key="publishing.superior_hosts", value=PLATFORM)
        self.oracle = Oracle(public)  # watches from here on: what stands already is nobody's act

    def _begin_with_a_chain(self) -> None:
        """A chain made at random, for one organ or for all; what is no chain is not taken."""
        urgent = self.coin(0.3)
        chain = random_chain(self.rng, urgent=urgent)
        place = {
            "item_class": self.item_class(),
            "urgent": urgent,
            "agency": self.rng.choice([None, *self.people.organs]),
        }
        if chain.problem(urgent=urgent) is None:
            changes = {"steps": chain.to_data(), "changed_by": self.people.all[0]}
            ReviewChain.objects.update_or_create(**place, defaults=changes)

    # Choices

    def coin(self, share: float) -> bool:
        return self.rng.random() < share

    def token(self) -> str:
        self.written += 1
        return f"令牌{self.written:06d}"

    def somebody(self, action: str, organ: Agency) -> User:
        """Mostly one who may, often just anybody."""
        fitting = [user for role in sorted(NEEDS[action]) for user in self.people.holding(role, organ, self.today)]
        return self.rng.choice(fitting if fitting and self.coin(0.85) else self.people.all)

    def version(self, *states: str, batch: bool = False) -> Copy | None:
        """A version, mostly one in a fitting state, sometimes a copy that was read some steps ago."""
        if self.coin(0.1):
            return self._earlier(ItemVersion)
        rows = sorted(self.oracle.versions.values(), key=lambda row: row["id"])
        fitting = [row for row in rows if row["state"] in states and bool(row["batch_id"]) == batch]
        return self._read(ItemVersion, fitting if fitting and self.coin(0.85) else rows, "version")

    def batch(self, *states: str) -> Copy | None:
        if self.coin(0.1):
            return self._earlier(Batch)
        rows = sorted(self.oracle.batches.values(), key=lambda row: row["id"])
        fitting = [row for row in rows if row["state"] in states]
        return self._read(Batch, fitting if fitting and self.coin(0.85) else rows, "batch")

    def item(self, *states: str) -> Item | None:
        rows = sorted(self.oracle.items.values(), key=lambda row: row["id"])
        fitting = [row for row in rows if row["state"] in states]
        copy = self._read(Item, fitting if fitting and self.coin(0.85) else rows, "item")
        return copy.row if copy else None

    def _read(self, model: Any, rows: list[dict[str, Any]], kind: str) -> Copy | None:
        if not rows:
            return None
        key = self.rng.choice(rows)["id"]
        found = model.objects.all()
        found = found.select_related("item__agency", "column", "batch") if model is ItemVersion else found
        copy = Copy(found.get(pk=key), self.oracle.content((kind, key)))
        if self.coin(0.2):
            self.copies = [*self.copies[-39:], Copy(found.get(pk=key), copy.content)]
        return copy

    def _earlier(self, model: Any) -> Copy | None:
        copies = [copy for copy in self.copies if isinstance(copy.row, model)]
        return self.rng.choice(copies) if copies else None

    def facts(self) -> dict[str, Any]:
        """Metadata as people give them: mostly right."""
        facts: dict[str, Any] = {"topic": self.rng.choice(Topic.values)}
        if self.coin(0.4):
            facts |= {"docno": f"青财〔2024〕{self.rng.randint(1, 99)}号", "formed_on": self.day()}
            facts |= {"backdated_reason": "补登"} if self.coin(0.8) else {}
        if self.coin(0.2):
            facts["normative_kind"] = self.rng.choice(["rule", "normdoc"])
        if self.coin(0.15):
            facts |= {"openness": self.rng.choice(["on_request", "closed"])}
            facts |= {"openness_reason": "理由", "openness_article": "条例第十六条"} if self.coin(0.6) else {}
        if self.coin(0.2):
            facts["interprets"] = self.item("published", "draft", "in_review", "in_signing")
        if self.coin(0.2):
            facts["valid_until"] = self.day()
        if self.coin(0.2):
            facts["shown_until"] = self.day()
        return facts

    def day(self) -> date:
        return self.today + timedelta(days=self.rng.randint(-300, 20))

    def title(self) -> str:
        return f"关于{self.token()}的{self.rng.choice(['通知', '公告', '函', '办法'])}"

    def body(self) -> str:
        lines = [f"正文{self.token()}。", self.rng.choice(["一、按时办理。", "<p>二、<b>另行</b>通知。</p>", "表格"])]
        if self.coin(0.05):
            lines.insert(0, f"{FORBIDDEN}1年")
        if self.coin(0.05):
            lines.append("联系人张三，电话13812345678。")
        return "" if self.coin(0.03) else "\n".join(lines)

    def text(self) -> dict[str, Any]:
        return {
            "title": self.title() if self.coin(0.97) else "　",
            "column": self.rng.choice(self.people.columns),
            "body": self.body(),
            **self.facts(),
        }

    def item_class(self) -> str:
        return self.rng.choice(["ordinary", "ordinary", "important", "sensitive"])

    def seen(self, digest: str) -> str | None:
        """What the approver says he saw: mostly nothing or the truth, sometimes a forgery."""
        if self.coin(0.8):
            return self.rng.choice([None, digest])
        other = self.rng.choice(sorted(self.oracle.digests) or [digest])
        return self.rng.choice(["", digest.upper(), digest[:-1], f"{self.rng.getrandbits(256):064x}", other])

    def instruction(self, organ: Agency) -> RecordedInstruction | None:
        if not self.coin(0.25):
            return None
        rows = self.oracle.rows["documents_recordedinstruction"]
        fitting = [row for row in rows if row["agency_id"] == organ.pk]
        rows = fitting if self.coin(0.8) else rows
        key = self.rng.choice(rows)["id"] if rows else None
        return RecordedInstruction.objects.select_related("leader").get(pk=key) if key else None

    # One way to try each action

    def _who(self, action: str, organ: Agency, subject: Any = None) -> tuple[User, dict[str, Any], Act]:
        by = self.somebody(action, organ)
        return by, {"by": by, "today": self.today}, Act(action, by.pk, organ.pk, subject)

    @move(24)
    def draft(self) -> Try:
        organ = self.rng.choice(self.people.organs)
        _, who, act = self._who("draft", organ)
        text = self.text()
        return Try(act, lambda: actions.draft(organ, item_class=self.item_class(), **text, **who))

    def _on_version(
        self, action: str, call: Callable[..., Any], copy: Copy | None, *, own: float = 0.8, **facts: Any
    ) -> Try | None:
        if copy is None:
            return None
        organ = copy.row.agency
        by, _, act = self._who(action, organ, ("version", copy.row.pk))
        if self.coin(own):  # authors work on what is theirs
            by = next(user for user in self.people.all if user.pk == copy.row.author_id)
            act = replace(act, actor=by.pk)
        return Try(act, lambda: call(copy.row, by=by, today=self.today, **facts))

    @move(12)
    def edit(self) -> Try | None:
        copy = self.version("draft", "returned")
        facts: dict[str, Any] = {"body": self.body(), **(self.facts() if self.coin(0.6) else {})}
        facts |= {"title": self.title()} if self.coin(0.7) else {}
        facts |= {"column": self.rng.choice(self.people.columns)} if self.coin(0.3) else {}
        facts |= {"item_class": self.item_class()} if self.coin(0.3) else {}
        seen = self.seen(copy.row.digest) if copy else None
        return self._on_version("edit", actions.edit, copy, seen=seen, **facts)

    @move(34)
    def submit(self) -> Try | None:
        urgent = "汛情紧急" if self.coin(0.2) else ""
        return self._on_version("submit", actions.submit, self.version("draft", "returned"), urgent_reason=urgent)

    @move(1)
    def discard(self) -> Try | None:
        return self._on_version("discard", actions.discard, self.version("draft", "returned"))

    def _approval(self, action: str, call: Callable[..., Any], copy: Copy | None, kind: str, **more: Any) -> Try | None:
        if copy is None:
            return None
        organ = copy.row.agency
        _, who, act = self._who(action, organ, (kind, copy.row.pk))
        if copy.row.waits_for and self.coin(0.7):  # whoever is waited for
            fitting = self.people.holding(copy.row.waits_for, organ, self.today)
            by = self.rng.choice(fitting or self.people.all)
            who, act = {**who, "by": by}, replace(act, actor=by.pk)
        word, seen = self.instruction(organ), self.seen(copy.row.digest)
        gates = frozenset(GATES if self.coin(0.9) else self.rng.sample(sorted(GATES), self.rng.randint(0, 5)))
        vouched = Vouched(gates, more.pop("remarks", ""), seen, instruction=word)
        leader = word.leader_id if word else None
        act = replace(act, leader=leader, gates=gates, seen=seen)
        # One who says what he saw is held to that; one who says nothing, to the copy he acts on.
        act = replace(act, loaded=copy.content if seen is None else None)
        return Try(act, lambda: call(copy.row, vouched=vouched, **more, **who))

    @move(50)
    def approve_review(self) -> Try | None:
        return self._approval("approve_review", actions.approve_review, self.version("in_review"), "version")

    @move(36)
    def sign_and_publish(self) -> Try | None:
        return self._approval("sign_and_publish", actions.sign_and_publish, self.version("in_signing"), "version")

    def explained(self, *states: str) -> tuple[Copy | None, list[ItemVersion]]:
        """A document in one of the states that has interpretations on their way, and these; mostly."""
        rows = sorted(self.oracle.versions.values(), key=lambda row: row["id"])
        going = {row["interprets_id"] for row in rows if row["state"] in UNDER_WAY and not row["batch_id"]}
        fitting = [row for row in rows if row["item_id"] in going and row["state"] in states and not row["batch_id"]]
        copy = self._read(ItemVersion, fitting if fitting and self.coin(0.9) else rows, "version")
        return copy, list(companions(copy.row.item)) if copy else []

    @move(10)
    def submit_together(self) -> Try | None:
        copy, texts = self.explained("draft", "returned")
        attempt = self._on_version("submit_together", actions.submit_together, copy)
        return attempt and replace(attempt, act=replace(attempt.act, along=_keys(texts)))

    @move(10)
    def sign_together(self) -> Try | None:
        copy, texts = self.explained("in_signing")
        if copy is None:
            return None
        organ = copy.row.agency
        _, who, act = self._who("sign_together", organ, ("version", copy.row.pk))
        word = self.instruction(organ)
        shown = [(row, self.seen(row.digest) or row.digest) for row in (copy.row, *texts) if self.coin(0.97)]
        seen = {row.public_id: digest for row, digest in shown}
        act = replace(act, leader=word.leader_id if word else None, along=_keys(texts), loaded=copy.content)
        act = replace(
            act,
            gates=frozenset(GATES),
            all_seen={row.pk: digest for row, digest in shown},
        )
        return Try(
            act, lambda: actions.sign_together(copy.row, seen=seen, vouched=Vouched(GATES, instruction=word), **who)
        )

    @move(2)
    def set_chain(self) -> Try:
        """Chains change while texts are under way; about half of what is tried is none."""
        organ, urgent = self.rng.choice(self.people.organs), self.coin(0.3)
        where = self.rng.choice([None, organ])
        chain = random_chain(self.rng, urgent=urgent) if self.coin(0.9) else None
        _, who, act = self._who("set_chain", organ)
        given = {"item_class": self.item_class(), "urgent": urgent, "chain": chain}
        return Try(act, lambda: actions.set_chain(where, **given, **who))

    @move(1)
    def draw_samples(self) -> Try:
        month = self.today - timedelta(days=self.rng.randint(0, 60))
        _, who, act = self._who("draw_samples", self.people.organs[0])
        return Try(act, lambda: actions.draw_samples(month=month, **who))

    def _sample(self, **wanted: str) -> Sample | None:
        rows = self.oracle.rows["publishing_sample"]
        fitting = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
        rows = fitting if fitting and self.coin(0.8) else rows
        found = Sample.objects.select_related("draw__agency", "version__item")
        return found.get(pk=self.rng.choice(rows)["id"]) if rows else None

    @move(2)
    def check_sample(self) -> Try | None:
        sample = self._sample(verdict="")
        if sample is None:
            return None
        verdict, remarks = self.rng.choice(["passed", "finding", "weird"]), self.rng.choice(["", "附件打不开"])
        _, who, act = self._who("check_sample", sample.draw.agency)
        return Try(act, lambda: actions.check_sample(sample, verdict=verdict, remarks=remarks, **who))

    @move(2)
    def answer_finding(self) -> Try | None:
        sample, answer = self._sample(verdict="finding", answer=""), self.rng.choice(["已整改", " "])
        if sample is None:
            return None
        _, who, act = self._who("answer_finding", sample.draw.agency)
        return Try(act, lambda: actions.answer_finding(sample, answer=answer, **who))

    @move(8)
    def review_afterwards(self) -> Try | None:
        """A step that a short chain deferred: passed, or with what was found wrong."""
        waiting = [row["id"] for row in self.oracle.versions.values() if row["recheck_by"] is not None]
        copy = self._read(ItemVersion, [{"id": key} for key in waiting], "version") if waiting else None
        more = {"passed": self.coin(0.8), "remarks": self.rng.choice(["", "第二条有误"])}
        return self._approval("review_afterwards", actions.review_afterwards, copy or self.version(), "version", **more)

    def _back(self, copy: Copy | None) -> int | None:
        """Whom a return goes to: mostly the author, sometimes an earlier step, or one that isn't."""
        return self.rng.choice([None, None, 0, 1, copy.row.position, -1]) if copy else None

    def _return(self, action: str, try_it: Callable[..., Try | None], call: Any, copy: Copy | None) -> Try | None:
        remarks, to = self.rng.choice(["请改", "请改", " "]), self._back(copy)
        attempt = try_it(action, call, copy, own=0.1, remarks=remarks, to=to)
        return replace(attempt, act=replace(attempt.act, to=to)) if attempt else None

    @move(8)
    def return_(self) -> Try | None:
        return self._return("return_", self._on_version, actions.return_, self.version("in_review", "in_signing"))

    def _on_item(self, action: str, call: Callable[..., Any], item: Item | None, **facts: Any) -> Try | None:
        if item is None:
            return None
        _, who, act = self._who(action, item.agency, ("item", item.pk))
        return Try(act, lambda: call(item, **facts, **who))

    @move(12)
    def revise(self) -> Try | None:
        return self._on_item("revise", actions.revise, self.item("published", "withdrawn"))

    @move(6)
    def withdraw(self) -> Try | None:
        kind, reason = self.rng.choice(["open", "silent", "open", "silent", "weird"]), self.rng.choice(["失效", ""])
        return self._on_item("withdraw", actions.withdraw, self.item("published"), kind=kind, reason=reason)

    @move(6)
    def set_validity(self) -> Try | None:
        facts = {
            "validity": self.rng.choice(["in_force", "amended", "expired", "repealed"]),
            "since": self.day() if self.coin(0.8) else None,
            "document": self.item("published") if self.coin(0.4) else None,
            "authority": self.rng.choice(["", "青政发〔2024〕1号"]),
            "remarks": self.rng.choice(["", "登记有误"]),
        }
        return self._on_item("set_validity", actions.set_validity, self.item("published"), **facts)

    @move(1)
    def set_review_day(self) -> Try | None:
        return self._on_item("set_review_day", actions.set_review_day, self.item("published"), review_by=self.day())

    @move(1)
    def set_interpretation_need(self) -> Try | None:
        facts = {"need": self.rng.choice(["", "required", "exempt"]), "reason": self.rng.choice(["涉及民生", ""])}
        item = self.item("published")
        return self._on_item("set_interpretation_need", actions.set_interpretation_need, item, **facts)

    @move(2)
    def open_clean_up(self) -> Try:
        _, who, act = self._who("open_clean_up", self.people.root)
        facts = {
            "title": "文件清理",
            "as_of": self.day(),
            "due_on": self.today + timedelta(days=self.rng.randint(0, 9)),
        }
        return Try(act, lambda: actions.open_clean_up(**facts, **who))

    @move(3)
    def judge_document(self) -> Try | None:
        rows = sorted(self.oracle.rows["publishing_cleanupentry"], key=lambda row: (row["verdict"], -row["id"]))
        if not rows:
            return None
        entry = CleanUpEntry.objects.select_related("agency", "clean_up").get(pk=self.rng.choice(rows[:3])["id"])
        _, who, act = self._who("judge_document", entry.agency)
        facts = {"verdict": self.rng.choice(["continue", "amend", "repeal", "weird"]), "ground": self.rng.choice("由 ")}
        return Try(act, lambda: actions.judge_document(entry, **facts, **who))

    @move(3)
    def make_deposit(self) -> Try:
        organ, quarters = self.rng.choice(self.people.organs), list(ended_quarters(self.today, 2))
        year, quarter = self.rng.choice([(self.today.year, (self.today.month - 1) // 3 + 1), *quarters])
        _, who, act = self._who("make_deposit", organ)
        return Try(act, lambda: actions.make_deposit(Scope(organ, False), year=year, quarter=quarter, **who))

    @move(2)
    def hand_over(self) -> Try | None:
        rows = self.oracle.rows["publishing_deposit"]
        if not rows:
            return None
        deposit = Deposit.objects.select_related("agency").get(pk=self.rng.choice(rows)["id"])
        _, who, act = self._who("hand_over", deposit.agency)
        facts = {"receiver": self.rng.choice(["archive", "library"]), "receiver_name": "县档案馆", "on": self.day()}
        facts |= {"handed_by": "甲", "received_by": "乙"}
        return Try(act, lambda: actions.hand_over(deposit, **facts, **who))

    @move(2)
    def conclude_clean_up(self) -> Try | None:
        rows = self.oracle.rows["publishing_cleanup"]
        if not rows:
            return None
        row = CleanUp.objects.select_related("agency").get(pk=rows[-1]["id"])
        _, who, act = self._who("conclude_clean_up", row.agency)
        return Try(act, lambda: actions.conclude_clean_up(row, **who))

    @move(2)
    def report_penalty_change(self) -> Try | None:
        facts = {"change": self.rng.choice(["revoked", "void", "weird"]), "decided_on": self.day(), "basis": "判决书"}
        item = self.item("published")
        return self._on_item("report_penalty_change", actions.report_penalty_change, item, **facts)

    @move(1)
    def add_takedown(self) -> Try | None:
        holder = self.rng.choice(["某网站", " "])
        return self._on_item("add_takedown", actions.add_takedown, self.item("withdrawn"), holder=holder)

    @move(1)
    def settle_takedown(self) -> Try | None:
        rows = self.oracle.rows["publishing_takedown"]
        if not rows:
            return None
        row = Takedown.objects.select_related("item__agency").get(pk=self.rng.choice(rows)["id"])
        _, who, act = self._who("settle_takedown", row.item.agency)
        return Try(act, lambda: actions.settle_takedown(row, **who))

    @move(2)
    def fill_back(self) -> Try | None:
        """Where a superior's platform serves the public: the address there comes back."""
        rows = self.oracle.rows["publishing_superiorpage"]
        if not rows:
            return None
        page = SuperiorPage.objects.select_related("item", "agency").get(pk=self.rng.choice(rows)["id"])
        url = f"https://{self.rng.choice([PLATFORM, PLATFORM, 'elsewhere.example.cn'])}/{self.rng.randint(1, 99)}.html"
        posted_at = datetime.combine(self.day(), datetime.min.time(), BEIJING)
        _, who, act = self._who("fill_back", page.agency, ("item", page.item_id))
        return Try(act, lambda: actions.fill_back(page, url=url, posted_at=posted_at, **who))

    @move(3)
    def lapse(self) -> Try | None:
        """Nobody's act: a list of persons whose last day has passed."""
        ending = [
            row
            for row in self.oracle.public_items()
            if row["shown_until"] and str(row["shown_until"]) < str(self.today)
        ]
        item = Item.objects.get(pk=self.rng.choice(ending)["id"]) if ending else self.item("published")
        if item is None:
            return None
        act = Act("lapse", None, item.agency_id, ("item", item.pk))
        return Try(act, lambda: actions.lapse(item, today=self.today))

    @move(4)
    def tick_channel(self) -> Try | None:
        organ = self.rng.choice(self.people.organs)
        items = [item for item in (self.item("published") for _ in range(2)) if item is not None]
        if not items:
            return None
        channel = self.rng.choice(["gazette", "weibo", "wechat", "website", "radio"])
        _, who, act = self._who("tick_channel", organ)
        return Try(act, lambda: actions.tick_channel(organ, items, channel=channel, on=self.day(), **who))

    @move(10)
    def import_batch(self) -> Try:
        organ, column = self.rng.choice(self.people.organs), self.rng.choice(self.people.columns)
        rows = [BatchRow(title=self.title(), body=self.body()) for _ in range(self.rng.randint(1, 3))]
        rows = [] if self.coin(0.05) else rows
        title, item_class = f"批次{self.token()}", self.item_class()
        _, who, act = self._who("import_batch", organ)
        return Try(
            act,
            lambda: actions.import_batch(organ, title=title, column=column, rows=rows, item_class=item_class, **who),
        )

    @move(22)
    def approve_batch(self) -> Try | None:
        return self._approval("approve_batch", actions.approve_batch, self.batch("in_review"), "batch")

    @move(18)
    def publish_batch(self) -> Try | None:
        return self._approval("publish_batch", actions.publish_batch, self.batch("in_signing"), "batch")

    def _on_batch(
        self, action: str, call: Callable[..., Any], copy: Copy | None, *, own: float = 0.8, **facts: Any
    ) -> Try | None:
        if copy is None:
            return None
        by, _, act = self._who(action, copy.row.agency, ("batch", copy.row.pk))
        if self.coin(own):
            by = next(user for user in self.people.all if user.pk == copy.row.author_id)
            act = replace(act, actor=by.pk)
        return Try(act, lambda: call(copy.row, by=by, today=self.today, **facts))

    @move(5)
    def return_batch(self) -> Try | None:
        return self._return("return_batch", self._on_batch, actions.return_batch, self.batch("in_review", "in_signing"))

    @move(6)
    def submit_batch(self) -> Try | None:
        return self._on_batch("submit_batch", actions.submit_batch, self.batch("returned"))

    @move(1)
    def discard_batch(self) -> Try | None:
        return self._on_batch("discard_batch", actions.discard_batch, self.batch("returned"))

    @move(4)
    def take_out(self) -> Try | None:
        return self._on_version("take_out", actions.take_out, self.version("returned", batch=True))

    # What happens beside the actions

    def enter_word(self) -> None:
        """Somebody enters a leader's word (代录批示)."""
        organ = self.rng.choice(self.people.organs)
        leader, by = self.rng.choice(self.people.all), self.rng.choice(self.people.all)
        given_at = datetime.combine(self.today - timedelta(days=self.rng.randint(0, 4)), datetime.min.time(), BEIJING)
        try:
            record_instruction(
                organ, leader=leader, channel="telephone", given_at=given_at, words="同意", by=by, today=self.today
            )
        except Refused:
            return
        self.oracle.reread()

    def deliver(self) -> None:
        while drain():
            pass
        self.oracle.reread()
        assert self.oracle.settled, [row["last_error"] for row in self.oracle.rows["outbox_message"]]
        self.oracle.baked()

    def look_at_items(self, count: int) -> None:
        items = list(self.oracle.items.values())
        for row in self.rng.sample(items, min(count, len(items))):
            answer = self.client.get(f"/disclosure/items/{_uuid(row)}.html")
            self.oracle.item_answered(row, answer.status_code, answer.content.decode())

    def look_at_lists(self) -> None:
        column = self.rng.choice([row for row in self.oracle.rows["publishing_column"] if row["code"] in COLUMNS])
        pages = []
        for number in range(1, max(1, -(-column["last_serial"] // 20)) + 1):
            pages.append(self._page(f"/disclosure/columns/{column['slug']}/{number}.html"))
        self.oracle.listed(column, pages)
        organ = self.rng.choice(self.people.organs)
        found = f"/disclosure/columns/{column['slug']}/?q=令牌"
        gazettes = [f"/disclosure/gazette/{_uuid(row)}.html" for row in self.oracle.rows["publishing_gazetteissue"]]
        self._page(self.rng.choice(["/", "/disclosure/", f"/disclosure/agencies/{organ.public_id}/", found]))
        self._page(self.rng.choice(["/disclosure/gazette/", *gazettes]))

    def _page(self, address: str) -> str:
        text = self.client.get(address).content.decode()
        self.oracle.answered(address, text)
        return text

    # Walking

    def run(self, steps: int) -> None:
        names = list(MOVES)
        weights = [MOVES[name][0] for name in names]
        for step in range(steps):
            if step == steps // 2:
                weights = [MOVES[name][0] * (FAVOUR if name in MOODS[self.mood] else 1) for name in names]
                if self.mood == "afterwards":  # a month has ended, or a quarter
                    self.today += timedelta(days=self.rng.choice([32, 95]))
            self._pass_time()
            if attempt := MOVES[self.rng.choices(names, weights)[0]][1](self):
                self.take(attempt)
        self.deliver()
        self.look_at_items(12)
        self.look_at_lists()

    def _pass_time(self) -> None:
        if self.coin(0.05):
            self.today += timedelta(days=self.rng.randint(0, 2))
        if self.coin(0.06):
            self.enter_word()
        if self.coin(0.08):
            self.deliver()
        if self.coin(0.06):
            self.look_at_items(1)
        if self.coin(0.01):
            self.look_at_lists()

    def take(self, attempt: Try) -> None:
        """Take one step and have it judged."""
        act, rows_written = attempt.act, _rows_written()
        self.last = f"{act} on {self.today}"
        try:
            with transaction.atomic():
                attempt.call()
        except Refused as refused:
            assert refused.refusal.message
            self.refused[act.action] += 1
            if rows_written is None or rows_written != _rows_written():
                self.oracle.refused(act)
            return
        self.taken[act.action] += 1
        self.oracle.happened(act, self.today)


def _rows_written() -> int | None:
    """How many rows this connection has written, rolled back or not; None where the database can't say."""
    return connection.connection.total_changes if connection.vendor == "sqlite" else None


def _keys(versions: list[ItemVersion]) -> tuple[tuple[str, int], ...]:
    return tuple(("version", row.pk) for row in versions)


def _uuid(row: dict[str, Any]) -> str:
    return str(UUID(str(row["public_id"])))


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """Pages that are not there are asked for by the thousand."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(level)


@pytest.fixture
def people(db: None) -> People:
    return People()


def seeds() -> tuple[str, int | None]:
    """The run's seed, and the one walk to be repeated if GONGKAI_SEED names one."""
    given = os.environ.get("GONGKAI_SEED", "")
    fresh = str(time.time_ns() // 10**6) if PROFILE == "soak" else FIXED_SEED
    seed, _, walk = (given or fresh).partition("/")
    return seed, int(walk) if walk else None


def walks(steps: int, only: int | None) -> Iterator[tuple[int, int]]:
    """Number and length of each walk of a run."""
    for number in range(-(-steps // STEPS_A_WALK)):
        if only in (None, number):
            yield number, min(STEPS_A_WALK, steps - number * STEPS_A_WALK)


@pytest.mark.soak
@pytest.mark.parametrize("half", ["first", "second"])
def test_nothing_is_public_that_others_did_not_approve(
    people: People, home: Path, budget: Callable[..., int], half: str
) -> None:
    """In two halves, one for each core."""
    steps = budget(test=1_000, soak=100_000)
    seed, only = seeds()
    public = Path(settings.STORAGES["baked"]["OPTIONS"]["location"])
    taken: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    begun = time.process_time()
    for number, length in walks(steps, only):
        with transaction.atomic():
            walk = Walk(people, f"{seed}/{half}/{number}", public)
            try:
                walk.run(length)
            except Exception as error:
                error.add_note(f"repeat it with GONGKAI_SEED={seed}/{number} -k {half}: {walk.last}")
                raise
            transaction.set_rollback(True)
        shutil.rmtree(public, ignore_errors=True)
        taken += walk.taken
        refused += walk.refused
    each = (time.process_time() - begun) / (taken.total() + refused.total()) * 1000
    print(f"GONGKAI_SEED={seed}: {taken.total()} taken, {refused.total()} refused, {each:.1f} ms each; {dict(taken)}")
    print(f"never succeeded: {sorted(set(MOVES) - set(taken))}; never refused: {sorted(set(MOVES) - set(refused))}")
    if only is None and steps >= 100_000:
        assert set(MOVES) == set(taken) | set(refused), "an action that is never tried proves nothing"
        assert set(taken) & set(refused) >= ON_THE_WAY, "on the way to the public each succeeds, and each is refused"


def test_the_walk_knows_every_action() -> None:
    verbs = {name for name in actions.__all__ if not name.startswith("can_")}
    assert verbs == set(MOVES) == set(NEEDS)
