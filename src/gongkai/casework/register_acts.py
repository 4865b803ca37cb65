"""What may be done to a row of each register: its word, its form, who may, and the verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.casework import forms_registers as forms
from gongkai.casework.actions import complaints, disputes, openness, record_corrections
from gongkai.casework.acts import blob_of
from gongkai.documents.intake import Taken
from gongkai_core.refusals import Refusal


@dataclass(frozen=True)
class RowAct:
    """One act on a row; without a form it is one press."""

    label: str
    can: Callable[..., Refusal | None]
    run: Callable[..., Any]
    form: type[forms.RowForm] | None = None
    kind: str = "quiet"

    @property
    def asks(self) -> bool:
        """Whether there is a form to fill (a template would call a class)."""
        return self.form is not None


def _add_file(row: Any, *, paper: Taken, **facts: Any) -> Any:
    return disputes.add_register_file(row, paper=blob_of(paper), **facts)


_FILE = RowAct("加入材料", disputes.can_add_register_file, _add_file, forms.RegisterFileForm)
_DISPUTE = {
    "record_reply": RowAct("登记已提交", disputes.can_record_reply, disputes.record_reply, forms.OnForm),
    "add_advice": RowAct("收到意见书、司法建议", disputes.can_add_advice, disputes.add_advice, forms.AdviceForm),
    "revise_dispute": RowAct("修改登记", disputes.can_revise_dispute, disputes.revise_dispute, forms.ReviseForm),
    "add_file": _FILE,
}
ACTS: dict[str, dict[str, RowAct]] = {
    "reviews": _DISPUTE,
    "lawsuits": _DISPUTE,
    "complaints": {
        "assign_complaint": RowAct(
            "转办", complaints.can_assign_complaint, complaints.assign_complaint, forms.AssignComplaintForm, "primary"
        ),
        "answer_complaint": RowAct(
            "登记反馈", complaints.can_answer_complaint, complaints.answer_complaint, forms.WordsForm, "primary"
        ),
        "tell_complainant": RowAct(
            "登记告知", complaints.can_tell_complainant, complaints.tell_complainant, forms.ToldForm
        ),
        "add_file": _FILE,
    },
    "record-corrections": {
        "give_record_correction": RowAct(
            "分办", record_corrections.can_give_record_correction, record_corrections.give_record_correction,
            forms.GiveForm,
        ),
        "examine_record_correction": RowAct(
            "登记审核结果", record_corrections.can_examine_record_correction,
            record_corrections.examine_record_correction, forms.ExamineCorrectionForm, "primary",
        ),
        "archive_record_correction": RowAct(
            "归档", record_corrections.can_archive_record_correction, record_corrections.archive_record_correction
        ),
        "add_file": _FILE,
    },
    "openness-suggestions": {
        "examine_suggestion": RowAct(
            "审核", openness.can_examine_suggestion, openness.examine_suggestion, forms.ExamineSuggestionForm, "primary"
        ),
        "link_item": RowAct("登记公开的条目", openness.can_link_item, openness.link_item, forms.LinkItemForm, "primary"),
        "tell_suggester": RowAct("登记告知", openness.can_tell_suggester, openness.tell_suggester, forms.ToldForm),
    },
}  # fmt: skip
"""By register."""


def enter_record_correction(agency: Any, *, request_paper: Any = None, evidence_paper: Any = None, **facts: Any) -> Any:
    """Enter with the papers that came along, kept sealed."""
    given = {"更正申请书": request_paper, "证据材料": evidence_paper}
    papers = {name: blob_of(paper) for name, paper in given.items() if isinstance(paper, Taken)}
    return record_corrections.enter_record_correction(agency, papers=papers, **facts)
