"""The engine of the state machines: a table of rows, looked up.

A machine says what may follow what, who may do it, which guards must hold and on which article. It knows
nothing of time: "overdue" is derived by the clock and is never a state. It evaluates no guard either;
the caller, who has the records, says which guards fail and which facts choose a branch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from gongkai_core.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on a transition. `message` is the refusal when it fails; `to_verify` marks a 【疑】 rule.

    A guard marked `to_verify` is a setting of the installation, shown as 待核.
    """

    id: str
    message: str
    article: str
    to_verify: bool = False

    @property
    def refusal(self) -> Refusal:
        """The refusal to give when this guard fails; its code is the guard's id."""
        return Refusal(self.id, self.message, self.article)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a state table: in `state`, `event` by one of `who` leads to `next`.

    All `guards` must hold. `when` names a fact that selects this row among those of the same state and
    event; the row without `when` is the rule. `label` is the button's word where it differs from the event's.
    """

    state: str
    event: str
    who: tuple[str, ...]
    next: str
    article: str
    guards: tuple[str, ...] = ()
    when: str = ""
    label: str = ""


class MachineError(ValueError):
    """A state table that contradicts itself; raised at import, so never in an office."""


@dataclass(frozen=True)
class Machine:
    """A checked state table.

    `states`, `events`, `roles` and `facts` map identifiers to their Chinese words, in the order of the
    pictures; `terminal` are the states in which nothing more is owed.
    """

    name: str
    initial: str
    terminal: frozenset[str]
    states: Mapping[str, str]
    event_labels: Mapping[str, str]
    roles: Mapping[str, str]
    rows: tuple[Row, ...]
    guards: Mapping[str, Guard] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    _index: Mapping[tuple[str, str], tuple[Row, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _check_names(self)
        index: dict[tuple[str, str], tuple[Row, ...]] = {}
        for row in self.rows:
            key = row.state, row.event
            index[key] = (*index.get(key, ()), row)
        for (state, event), rows in index.items():
            _check_branches(self.name, state, event, rows)
        object.__setattr__(self, "_index", index)
        _check_ways(self)

    def events(self, state: str) -> tuple[str, ...]:
        """The events the table knows in `state`, in table order."""
        self._known(state)
        return tuple(dict.fromkeys(row.event for row in self.rows if row.state == state))

    def next(self, state: str, event: str, facts: Collection[str] = ()) -> Row:
        """The row that applies: the first whose `when` is among `facts`, else the row without `when`.

        Raises `Refused` (code `wrong_state`) when the event has no place in this state, and `LookupError`
        for a state, event or fact the machine doesn't have.
        """
        row = self._find(state, event, facts)
        if row is None:
            raise Refused(self._wrong_state(state, event))
        return row

    def refusal(
        self,
        state: str,
        event: str,
        *,
        roles: Collection[str] | None = None,
        facts: Collection[str] = (),
        failed: Collection[str] = (),
    ) -> Refusal | None:
        """Why `event` may not happen now, or None.

        In this order: the state (`wrong_state`), the person's `roles` (`wrong_role`; None leaves them
        unchecked), the `failed` guards among those the row asks for (the guard's id).
        """
        row = self._find(state, event, facts)
        if row is None:
            return self._wrong_state(state, event)
        if roles is not None and not set(roles) & set(row.who):
            needed = "、".join(self.roles[who] for who in row.who)
            return Refusal("wrong_role", f"“{self.label(row)}”由{needed}办理。", row.article)
        return next((self.guards[name].refusal for name in row.guards if name in failed), None)

    def label(self, row: Row) -> str:
        """The Chinese word for what this row does."""
        return row.label or self.event_labels[row.event]

    def matrix(self) -> dict[tuple[str, str], Row | Refusal]:
        """Every state × every event: the row that applies without facts, or the refusal. For tests."""
        return {
            (state, event): self._find(state, event, ()) or self._wrong_state(state, event)
            for state in self.states
            for event in self.event_labels
        }

    def _known(self, state: str, event: str | None = None) -> None:
        if state not in self.states:
            raise LookupError(f"{self.name}: no state {state!r}")
        if event is not None and event not in self.event_labels:
            raise LookupError(f"{self.name}: no event {event!r}")

    def _find(self, state: str, event: str, facts: Collection[str]) -> Row | None:
        self._known(state, event)
        for fact in facts:
            if fact not in self.facts:
                raise LookupError(f"{self.name}: no fact {fact!r}")
        rows = self._index.get((state, event), ())
        return next((row for row in rows if not row.when or row.when in facts), None)

    def _wrong_state(self, state: str, event: str) -> Refusal:
        places = [row for row in self.rows if row.event == event]
        where = "、".join(dict.fromkeys(self.states[row.state] for row in places))
        message = f"当前状态为“{self.states[state]}”，不能“{self.event_labels[event]}”；可在下列状态办理：{where}。"
        return Refusal("wrong_state", message, places[0].article)


def _check_names(machine: Machine) -> None:
    def require(what: str, names: Iterable[str], known: Collection[str]) -> None:
        unknown = sorted(set(names) - set(known))
        if unknown:
            raise MachineError(f"{machine.name}: unknown {what} {', '.join(unknown)}")

    rows = machine.rows
    require("state", [machine.initial, *machine.terminal], machine.states)
    require("state", [name for row in rows for name in (row.state, row.next)], machine.states)
    require("event", [row.event for row in rows], machine.event_labels)
    require("role", [who for row in rows for who in row.who], machine.roles)
    require("guard", [name for row in rows for name in row.guards], machine.guards)
    require("fact", [row.when for row in rows if row.when], machine.facts)
    unused = set(machine.event_labels) - {row.event for row in rows}
    if unused:
        raise MachineError(f"{machine.name}: events without a row {', '.join(sorted(unused))}")
    if any(guard.id != name for name, guard in machine.guards.items()):
        raise MachineError(f"{machine.name}: a guard is filed under another name than its own")
    if any(not row.who or not row.article for row in rows):
        raise MachineError(f"{machine.name}: each row names who acts and on which ground")


def _check_branches(name: str, state: str, event: str, rows: tuple[Row, ...]) -> None:
    whens = [row.when for row in rows]
    if len(set(whens)) != len(whens):
        raise MachineError(f"{name}: two rows for {state} × {event} × {whens}")
    if whens[-1]:
        raise MachineError(f"{name}: {state} × {event} needs a last row without a condition")


def _check_ways(machine: Machine) -> None:
    """Every state can be reached, and from every state a terminal one."""
    forward: dict[str, set[str]] = {state: set() for state in machine.states}
    backward: dict[str, set[str]] = {state: set() for state in machine.states}
    for row in machine.rows:
        forward[row.state].add(row.next)
        backward[row.next].add(row.state)
    lost = set(machine.states) - _walk({machine.initial}, forward)
    stuck = set(machine.states) - _walk(set(machine.terminal), backward)
    if lost or stuck:
        raise MachineError(f"{machine.name}: unreachable {sorted(lost)}, without an end {sorted(stuck)}")


def _walk(start: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = set(start)
    while ahead:
        state = ahead.pop()
        seen.add(state)
        ahead |= ways[state] - seen
    return seen
