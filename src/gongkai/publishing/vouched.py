"""What somebody who passes a step of a chain vouches for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gongkai.documents.models import RecordedInstruction
from gongkai_core.review_chain import SIX

if TYPE_CHECKING:
    from gongkai.publishing.chain import Subject


@dataclass(frozen=True, slots=True)
class Vouched:
    """The text and the step that the person had before them, the gates they ticked, and what they say to it."""

    gates: Collection[str] = ()
    """Which of the six gates (六关) the text has passed."""
    remarks: str = ""
    seen: str | None = None
    """The digest of what was read; None for that of the text handed in."""
    step: int | None = None
    """The place in the chain that was shown; None for that of the text handed in."""
    instruction: RecordedInstruction | None = None
    """A leader's word (代录批示): then the approval is the leader's, entered by whoever acts."""

    def of(self, subject: Subject) -> Vouched:
        """The same, bound to the text and the place of the subject as it was handed in, before it is read again."""
        return replace(
            self,
            seen=subject.digest if self.seen is None else self.seen,
            step=subject.position if self.step is None else self.step,
        )


NO_GATES = Vouched()
ALL_GATES = Vouched(SIX)
"""With every gate: what may be done depends on the rest."""
