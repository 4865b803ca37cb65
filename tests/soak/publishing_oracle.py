"""What must hold of publishing after every step, told from bare rows and bytes alone.

Nothing here calls the code under test: rows are read by SQL, pages as files or over HTTP, and who approved what is
told from a log of its own. Every text that the walk writes carries a token (`令牌000001`), so a public byte that
nobody approved shows itself wherever it turns up.

Two things are public by one person's word, as the law has it, and are not looked for: the reason of an open
withdrawal and the validity (有效性) of a document; both are acts of the publisher and stand in the trail.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

TOKEN = re.compile(r"令牌\d{6}")
FORBIDDEN = "机密★"
"""A mark that the walk tries to store again and again."""

EVER_PUBLIC = ("published", "superseded", "withdrawn")
SHOWN = 20
"""Items of one page of a list."""

BESIDE = ("documents_counter", "documents_recordedinstruction", "trail_head", "outbox_message")
"""What an act of publishing may change outside its own tables; a refusal leaves all of it as it was."""

PROCEDURE = frozenset(
    {
        *("id", "public_id", "item_id", "number", "batch_id", "batch_position", "author_id", "created_at"),
        *("state", "round", "remarks", "submitted_at", "algorithm", "digest"),
        *("chain", "position", "sign_at", "waits_for", "urgent_reason", "recheck_by"),
        *("secrecy_by_id", "signed_by_id", "secrecy_passed_at", "approved_digest", "published_at", "withdrawn_at"),
        "withdrawn_silently",
        "backdated_reason",  # for the supervisor's eyes alone
    }
)
"""Columns of a version that say where it stands. All others, those added tomorrow too, are what is approved."""

COMPOSING = (
    *("add_to_gazette", "add_gazette_section", "write_gazette_text", "rename_gazette_section"),
    *("refresh_gazette_entry", "move_gazette_entry", "remove_gazette_entry"),
)
_BY_ROLES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("drafter",): (
        *("draft", "edit", "submit", "submit_together", "discard", "revise"),
        *("import_batch", "submit_batch", "discard_batch", "take_out"),
        *("ask_organ", "answer_of_organ"),
        *("open_gazette_issue", *COMPOSING, "submit_gazette", "discard_gazette", "enter_erratum"),
    ),
    ("reviewer", "secrecy_reviewer", "legal_reviewer", "publisher", "disclosure_office"): (
        *("approve_review", "approve_batch", "return_", "return_batch", "review_afterwards"),
    ),
    ("publisher",): (
        *("sign_and_publish", "sign_together", "publish_batch", "set_validity", "set_interpretation_need"),
        *("approve_gazette", "return_gazette", "issue_gazette", "reprint_gazette", "publish_erratum"),
    ),
    ("publisher", "disclosure_office"): ("withdraw", "add_takedown", "settle_takedown"),
    ("drafter", "publisher"): ("tick_channel", "set_review_day", "judge_document", "make_deposit", "hand_over"),
    ("disclosure_office",): (
        *("assign_duties", "adjust_entry", "import_catalogue", "remind", "supervise", "set_check_list"),
        *("set_numbering", "drop_numbering", "set_chain", "draw_samples", "check_sample"),
        *("open_clean_up", "conclude_clean_up"),
    ),
    ("drafter", "reviewer", "publisher"): ("answer_finding",),
    ("drafter", "disclosure_office"): ("dismiss", "hang", "state_no_matter", "withdraw_statement", "add_evidence"),
    ("drafter", "publisher", "disclosure_office"): ("report_penalty_change", "fill_back"),
    ("system",): ("lapse",),
    ("reviewer", "secrecy_reviewer", "publisher"): ("reassess",),
    ("secrecy_reviewer", "disclosure_office"): ("keep_secret_reference", "strike_out_reference"),
    ("drafter", "reviewer", "publisher", "secrecy_reviewer", "disclosure_office"): ("explain_gap",),
}
SIGNATURES = ("sign_and_publish", "sign_together", "publish_batch")
APPROVALS = ("approve_review", "approve_batch", *SIGNATURES)
NEEDS = {action: set(roles) for roles, acts in _BY_ROLES.items() for action in acts}
"""The role at the item's organ without which an act must not succeed, whoever says so."""

Row = dict[str, Any]
Subject = tuple[str, int]


@dataclass(frozen=True)
class Act:
    """One call of an action, as the walk made it."""

    action: str
    actor: int | None
    """None where nobody acts but the day itself."""
    agency: int
    subject: Subject | None = None
    """("version" | "batch" | "item", key) of what it was done to; None for what is only made."""
    along: tuple[Subject, ...] = ()
    """What it was done to besides: the interpretations that go with a document."""
    all_seen: Mapping[int, str] | None = None
    """The digests that were said to have been seen of all that goes together, by the versions' keys."""
    leader: int | None = None
    """Whose word was entered (代录批示)."""
    gates: frozenset[str] = frozenset()
    """The gates (六关) that the approver vouched for."""
    to: int | None = None
    """The step that a return went back to; None for the author."""
    seen: str | None = None
    """The digest that the approver said he had before him."""
    loaded: Any = None
    """What he really had before him: the content when his copy was read."""

    @property
    def person(self) -> int | None:
        return self.leader or self.actor


@dataclass(frozen=True)
class Evidence:
    """An approval that happened: at which step, by whom, of which content."""

    step: int
    person: int | None
    content: Any


def read(table: str) -> list[Row]:
    # Messages that were delivered are of no concern, and their number grows without end.
    waiting = " WHERE done_at IS NULL" if table == "outbox_message" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}{waiting} ORDER BY 1")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def tokens(text: str) -> set[str]:
    return set(TOKEN.findall(text))


@dataclass
class Oracle:
    """Watches one walk. Each method raises AssertionError with what is wrong."""

    public: Path
    """The folder of baked pages."""
    rows: dict[str, list[Row]] = field(default_factory=dict)
    posts: list[Row] = field(default_factory=list)
    writers: dict[int, set[int | None]] = field(default_factory=lambda: defaultdict(set))
    """Who wrote in a version, by its key."""
    evidence: dict[Subject, list[Evidence]] = field(default_factory=lambda: defaultdict(list))
    gazette_writers: dict[int, set[int | None]] = field(default_factory=lambda: defaultdict(set))
    """Who had a hand in an issue of the gazette, by its key."""
    digests: dict[str, Any] = field(default_factory=dict)
    numbers: dict[tuple[int, str], int] = field(default_factory=dict)
    """Index numbers ever given, and the item each was given to."""
    once_public: set[str] = field(default_factory=set)
    """Tokens of all texts that were ever rightly public."""

    def __post_init__(self) -> None:
        own = [name for name in connection.introspection.table_names() if name.startswith("publishing_")]
        self.tables = [*sorted(own), *BESIDE]
        self.posts = read("agencies_appointment")
        self.reread()

    def reread(self) -> None:
        self.rows = {table: read(table) for table in self.tables}
        self.versions = {row["id"]: row for row in self.rows["publishing_itemversion"]}
        self.items = {row["id"]: row for row in self.rows["publishing_item"]}
        self.batches = {row["id"]: row for row in self.rows["publishing_batch"]}

    # What is approved

    def content(self, subject: Subject | None) -> Any:
        """All that a reader is shown of a version, or of a batch's live versions in their order."""
        if subject is None or subject[0] in ("item", "erratum"):
            return None
        kind, key = subject
        if kind == "gazette":
            return self._gazette_content(key)
        if kind == "batch":
            batch = self.batches[key]
            live = sorted(self._live(key), key=lambda row: row["batch_position"])
            return (batch["title"], tuple(self.content(("version", row["id"])) for row in live))
        row = self.versions[key]
        shown = tuple(sorted((name, str(value)) for name, value in row.items() if name not in PROCEDURE))
        return (self.items[row["item_id"]]["agency_id"], shown)

    def _live(self, batch: int) -> list[Row]:
        return [row for row in self.versions.values() if row["batch_id"] == batch and row["state"] != "discarded"]

    @staticmethod
    def _subject(version: Row) -> Subject:
        return ("batch", version["batch_id"]) if version["batch_id"] else ("version", version["id"])

    # After an act

    def refused(self, act: Act) -> None:
        """A refusal changed nothing."""
        before = self.rows
        self.reread()
        for table in self.tables:
            assert self.rows[table] == before[table], f"refused {act.action} changed {table}"

    def happened(self, act: Act, today: date) -> None:
        """An act succeeded: by somebody who may, and everything still holds."""
        subjects = [*([act.subject] if act.subject else []), *act.along]
        before = {subject: self.content(subject) for subject in subjects}
        versions, length = dict(self.versions), self._trail_length()
        waiting = {subject: self._waiting(subject) for subject in subjects}
        self.reread()
        assert self._trail_length() > length, f"{act.action} left no trace in the trail"
        self._may(act, today)
        self._note(act, before, versions, waiting)
        self.check()

    def _trail_length(self) -> int:
        return int(self.rows["trail_head"][0]["length"])

    def _may(self, act: Act, today: date) -> None:
        held = {
            (post["agency_id"], post["role"])
            for post in self.posts
            if post["user_id"] == act.person
            and str(post["valid_from"]) <= str(today)
            and (post["valid_to"] is None or str(post["valid_to"]) >= str(today))
        }
        roles = {role for agency, role in held if agency == act.agency}
        roles |= {role for _, role in held if role == "disclosure_office"}
        roles |= set() if act.person else {"system"}
        needed = NEEDS[act.action]
        assert roles & needed, f"{act.action} by a person with {sorted(roles)}, where {sorted(needed)} is needed"

    def _waiting(self, subject: Subject) -> tuple[int, Row] | None:
        """The place and the step that wait in the frozen chain of a version or batch."""
        if subject[0] not in ("version", "batch"):
            return None
        row = (self.batches if subject[0] == "batch" else self.versions)[subject[1]]
        steps = _chain(row)
        return (row["position"], steps[row["position"]]) if row["position"] < len(steps) else None

    def _note(
        self,
        act: Act,
        before: dict[Subject, Any],
        versions: dict[int, Row],
        waiting: dict[Subject, tuple[int, Row] | None],
    ) -> None:
        """Keep the log: who wrote where, who approved what; a return or a new round wipes approvals."""
        changed = [row for key, row in self.versions.items() if key not in versions]
        changed += [row for key, row in self.versions.items() if key in versions and _text(row) != _text(versions[key])]
        for row in changed if act.action != "reassess" else ():  # that opens a text and leaves its words alone
            self.writers[row["id"]].add(act.actor)
        if act.action in APPROVALS:
            assert act.subject is not None
            digest = (self.batches if act.subject[0] == "batch" else self.versions)[act.subject[1]]["digest"]
            assert act.seen is None or act.seen == digest, f"{act.action} with a forged digest"
            assert act.loaded is None or act.loaded == before[act.subject], f"{act.action} of what was not seen"
            for kind, key in before if act.all_seen is not None else ():
                assert act.all_seen.get(key) == self.versions[key]["digest"], f"{kind} {key} was signed unseen"
            for subject, content in before.items():
                assert self.content(subject) == content, f"{act.action} changed what was approved"
                place = waiting[subject]
                assert place is not None and not place[1]["deferred"], f"{act.action} where no step waits"
                assert set(place[1]["gates"]) <= act.gates, f"{act.action} without {place[1]['gates']}"
                self.evidence[subject].append(Evidence(place[0], act.person, content))
        elif act.action == "review_afterwards":
            assert act.subject is not None
            place = waiting[act.subject]
            assert place is not None and place[1]["deferred"], act
            assert act.person not in self.writers[act.subject[1]] or act.subject[0] == "batch", "a review of one's own"
        elif act.action in ("return_", "return_batch") and act.to is not None:
            assert act.subject is not None
            self.evidence[act.subject] = [row for row in self.evidence[act.subject] if row.step < act.to]
        elif act.subject and act.subject[0] in ("gazette", "erratum"):
            self._note_gazette(act, before[act.subject])
        elif act.subject:
            assert not changed or act.action in ("draft", "edit", "revise", "import_batch", "reassess"), act
            for subject in before:
                self.evidence.pop(subject, None)

    def _note_gazette(self, act: Act, before: Any) -> None:
        """Who composed an issue and who approved it; whatever is done to it but issuing it wipes the approval."""
        assert act.subject is not None
        key = act.subject[1]
        if act.action == "approve_gazette":
            issue = next(row for row in self.rows["publishing_gazetteissue"] if row["id"] == key)
            assert act.gates, "a gazette approved without the secrecy review"
            assert act.seen is None or act.seen == issue["digest"], "a gazette approved with a forged digest"
            self.evidence[act.subject] = [Evidence(0, act.person, before)]
        elif act.action in (*COMPOSING, "submit_gazette"):
            self.gazette_writers[key].add(act.actor)
            self.evidence.pop(act.subject, None)
        elif act.action == "return_gazette":
            self.evidence.pop(act.subject, None)
        elif act.action == "publish_erratum":
            row = next(row for row in self.rows["publishing_erratum"] if row["id"] == key)
            assert act.person not in (None, row["author_id"]), "an erratum published by who wrote it"
            self.once_public |= tokens(f"{row['wrong']}{row['right']}")

    def _gazette_content(self, key: int) -> Any:
        issue = next(row for row in self.rows["publishing_gazetteissue"] if row["id"] == key)
        entries = [row for row in self.rows["publishing_gazetteentry"] if row["issue_id"] == key]
        shown = ("kind", "title", "docno", "body", "version_id")
        lines = tuple(
            tuple(str(row[name]) for name in shown) for row in sorted(entries, key=lambda row: row["position"])
        )
        return (issue["year"], issue["number"], issue["serial"], str(issue["cover_date"]), lines)

    # What must hold

    def check(self) -> None:
        self._digests_tell_contents_apart()
        self._nothing_marked_is_stored()
        for version in self.versions.values():
            if version["state"] in EVER_PUBLIC:
                self._approved(version)
                self.once_public |= tokens(f"{version['title']}{version['body']}")
        self._items_agree()
        self._columns_agree()
        self._gazettes_agree()

    def _digests_tell_contents_apart(self) -> None:
        subjects: list[tuple[Subject, Row]] = [(("version", key), row) for key, row in self.versions.items()]
        subjects += [(("batch", key), row) for key, row in self.batches.items() if row["state"] != "discarded"]
        for subject, row in subjects:
            content = self.content(subject)
            known = self.digests.setdefault(row["digest"], content)
            assert known == content, f"one digest for two contents: {known} and {content}"

    def _nothing_marked_is_stored(self) -> None:
        for row in self.versions.values():
            assert FORBIDDEN not in row["title"] + row["body"], f"a marked text was stored: {row['title']}"

    def _approved(self, version: Row) -> None:
        """Every step of its frozen chain up to the signature was done, by others, on its content, secrecy first.

        Told by the log and by the rows.
        """
        name, subject = f"version {version['id']} ({version['title']})", self._subject(version)
        steps = _chain(self.batches[subject[1]] if subject[0] == "batch" else version)
        kinds = [step["kind"] for step in steps]
        sign = kinds.index("sign")
        before = steps[:sign]
        assert any("secrecy" in step["gates"] and not step["deferred"] for step in before), f"{name}: no secrecy review"
        content, writers = self.content(subject), self.writers[version["id"]]
        found = {row.step: row for row in self.evidence[subject]}
        assert set(found) == set(range(sign + 1)), f"{name} is public after steps {sorted(found)} of {kinds}"
        assert {str(row.content) for row in found.values()} == {str(content)}, f"{name} is not what was approved"
        assert [row.step for row in self.evidence[subject]] == sorted(found), f"{name}: steps out of their order"
        assert not {row.person for row in found.values()} & writers, f"{name} was approved by one who wrote in it"
        distinct = [row.person for place, row in found.items() if steps[place]["distinct"]]
        assert len(distinct) == len(set(distinct)), f"{name}: one person took two steps of different persons"
        self._approved_by_rows(version, subject, writers, steps[: sign + 1], name)

    def _approved_by_rows(
        self, version: Row, subject: Subject, writers: set[int | None], steps: list[Row], name: str
    ) -> None:
        column = f"{subject[0]}_id"
        digest = self.batches[subject[1]]["digest"] if subject[0] == "batch" else version["digest"]
        rows = [
            row
            for row in self.rows["publishing_approval"]
            if row[column] == subject[1] and row["round"] == version["round"] and row["valid"]
        ]
        places = {row["step"]: row for row in rows}
        assert len(places) == len(rows) and set(range(len(steps))) <= set(places), f"{name} has no approval rows"
        assert {row["digest"] for row in rows} == {digest}, f"{name}: approvals of another digest"
        assert not {row["reviewer_id"] for row in rows} & writers, f"{name}: an approval by the author"
        secret = [row for place, row in places.items() if place < len(steps) - 1 and row["secrecy_passed"]]
        assert secret, f"{name}: no secrecy review"
        assert str(secret[0]["at"]) <= str(version["published_at"]), f"{name}: reviewed after publication"
        assert version["approved_digest"] == version["digest"], name

    def _items_agree(self) -> None:
        """Each item shows the metadata of its public version, and its index number is its own for ever."""
        published = {row["item_id"]: row for row in self.versions.values() if row["state"] == "published"}
        for key, item in self.items.items():
            version = published.get(key)
            assert (item["state"] == "published") == (version is not None), f"item {key} is {item['state']}"
            if version:
                assert item["published_version_id"] == version["id"], f"item {key} points at another version"
                shared = (set(item) & set(version)) - PROCEDURE
                different = [name for name in shared if item[name] != version[name]]
                assert not different, f"item {key} shows {different} that nobody approved"
                assert item["openness"] == "open", f"item {key} is public and not open"
            if item["index_no"]:
                number = (item["agency_id"], item["index_no"])
                assert self.numbers.setdefault(number, key) == key, f"index number {number} was given twice"
                assert item["first_published_at"] is not None, f"item {key} has a number and was never public"

    def _gazettes_agree(self) -> None:
        """An issue that is out was approved, with the secrecy review, by somebody who had no hand in it."""
        for issue in self.rows["publishing_gazetteissue"]:
            if issue["state"] != "issued":
                continue
            key, name = issue["id"], f"gazette {issue['serial']}"
            found = self.evidence[("gazette", key)]
            assert found and found[0].content == self._gazette_content(key), f"{name} is not what was approved"
            assert found[0].person not in self.gazette_writers[key], f"{name} was approved by one who composed it"
            assert issue["approved_digest"] == issue["digest"], name
            for entry in self.rows["publishing_gazetteentry"]:
                if entry["issue_id"] == key and entry["kind"] == "text":
                    self.once_public |= tokens(f"{entry['title']}{entry['body']}")

    def _columns_agree(self) -> None:
        by_column: dict[int, list[Row]] = defaultdict(list)
        for item in self.items.values():
            if item["state"] == "published":
                by_column[item["column_id"]].append(item)
        for column in self.rows["publishing_column"]:
            items = by_column[column["id"]]
            assert column["public_count"] == len(items), f"column {column['code']} counts {column['public_count']}"
            serials = [item["column_serial"] for item in items]
            assert len(set(serials)) == len(serials) and None not in serials, f"column {column['code']}: {serials}"
            assert column["last_serial"] >= max(serials, default=0), f"column {column['code']}"

    # Public bytes

    @property
    def settled(self) -> bool:
        """Whether nothing waits in the outbox."""
        return not self.rows["outbox_message"]

    def public_items(self) -> list[Row]:
        return [item for item in self.items.values() if item["state"] == "published"]

    def tokens_of(self, item: Row) -> set[str]:
        version = self.versions[item["published_version_id"]]
        return tokens(f"{version['title']}{version['body']}")

    def shown_now(self) -> set[str]:
        """Tokens that may be public when everything is delivered: of public texts, and titles of open withdrawals."""
        found = {token for item in self.public_items() for token in self.tokens_of(item)}
        return found | {token for item in self._openly_withdrawn() for token in tokens(item["title"])}

    def _openly_withdrawn(self) -> list[Row]:
        return [
            item for item in self.items.values() if item["state"] == "withdrawn" and item["withdrawal_kind"] == "open"
        ]

    def _silent(self) -> set[str]:
        """Tokens of the last public texts of what was withdrawn silently and stands nowhere else."""
        rows = [
            row for row in self.items.values() if row["state"] == "withdrawn" and row["withdrawal_kind"] == "silent"
        ]
        return {token for item in rows for token in self.tokens_of(item)} - self.shown_now()

    def baked(self) -> None:
        """The folder of baked pages, to be called when nothing waits: exactly the pages there must be."""
        wanted = {f"items/{_hex(item)[-2:]}/{_dashed(item)}.html": item for item in self.public_items()}
        wanted |= {f"gone/{_hex(item)[-2:]}/{_dashed(item)}.html": item for item in self._openly_withdrawn()}
        found = {path.relative_to(self.public).as_posix() for path in self.public.rglob("*") if path.is_file()}
        assert found == set(wanted), f"too many: {found - set(wanted)}, missing: {set(wanted) - found}"
        shown = self.shown_now()
        for name, item in wanted.items():
            text = (self.public / name).read_text(encoding="utf-8")
            assert tokens(text) <= shown, f"{name} shows {tokens(text) - shown}"
            own = self.tokens_of(item) if name.startswith("items/") else tokens(item["title"])
            assert own <= tokens(text), f"{name} does not show its text"
            assert text.rstrip().endswith("</html>"), f"{name} is torn"

    def answered(self, address: str, text: str) -> None:
        """Any public answer: nothing that was never rightly public, and of lists nothing that is not so now."""
        strange = tokens(text) - self.once_public
        assert not strange, f"{address} shows {strange}, never approved"
        if "/gazette/" in address:  # an issue keeps the texts as they were, but for what was silently withdrawn
            strange = tokens(text) & self._silent()
            assert not strange, f"{address} shows {strange}, silently withdrawn"
        elif self.settled or "/items/" not in address:
            strange = tokens(text) - self.shown_now()
            assert not strange, f"{address} shows {strange}, not public now"

    def item_answered(self, item: Row, status: int, text: str) -> None:
        wanted = 200 if item["state"] == "published" else 410 if item in self._openly_withdrawn() else 404
        assert status == wanted, f"item {item['id']} ({item['state']}) answers {status}"
        if wanted == 404:
            assert not tokens(text), f"item {item['id']} is not public and shows {tokens(text)}"
        self.answered("/disclosure/items/", text)

    def listed(self, column: Row, pages: Iterable[str]) -> None:
        """All numbered pages of a column together show its public items, each once, and no others."""
        found = [token for text in pages for token in re.findall(r"<a [^>]*>[^<]*(令牌\d{6})", text)]
        items = [item for item in self.public_items() if item["column_id"] == column["id"]]
        wanted = sorted(token for item in items for token in tokens(item["title"]))
        assert sorted(found) == wanted, f"column {column['code']} lists {sorted(found)} instead of {wanted}"


def _text(row: Row) -> tuple[Any, ...]:
    return tuple(value for name, value in sorted(row.items()) if name not in PROCEDURE)


def _chain(row: Row) -> list[Row]:
    """The frozen chain as the database holds it: text on SQLite, read already on PostgreSQL."""
    data = row["chain"]
    return list((json.loads(data) if isinstance(data, str) else data).get("steps", ()))


def _hex(item: Row) -> str:
    return str(item["public_id"]).replace("-", "")


def _dashed(item: Row) -> str:
    digits = _hex(item)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
