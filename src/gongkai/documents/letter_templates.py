"""文书模板: an office puts its own Word file in the place of a given letter, or goes back to the given one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.agencies.permissions import is_disclosure_office
from gongkai.documents import layout
from gongkai.documents.intake import ATTACHMENT_MB, Door, Taken, keep
from gongkai.documents.models import LetterTemplate
from gongkai.trail.chain import record
from gongkai_core.letters import LETTERS
from gongkai_core.refusals import Refusal, Refused

GROUND = "条例第三十六条；文书格式"
TEMPLATES = Door(("docx",), ATTACHMENT_MB)
"""What an edited template comes in as."""


def can_set_letter_template(*, by: User, today: date) -> Refusal | None:
    """The disclosure office, for all organs alike."""
    if is_disclosure_office(by, on=today):
        return None
    return Refusal("needs_role", "文书模板由政务公开办统一设置", GROUND)


@transaction.atomic
def set_letter_template(letter: str, taken: Taken, *, by: User, today: date) -> LetterTemplate:
    """Put an edited file in force for a letter. Raises Refused, naming what was changed or isn't known."""
    if refusal := can_set_letter_template(by=by, today=today):
        raise Refused(refusal)
    added = layout.additions(taken.data, LETTERS[letter])
    _retire(letter, today)
    row = LetterTemplate(letter=letter, file=keep(taken), uploaded_by=by, uploaded_on=today)
    row.additions = added
    row.save()
    record(
        "documents.set_letter_template", row, by=by, today=today, ground=GROUND, letter=letter, digest=row.file.digest,
        added=len(added),
    )  # fmt: skip
    return row


@transaction.atomic
def drop_letter_template(letter: str, *, by: User, today: date) -> None:
    """Go back to the letter as it is given; letters already made keep theirs. Raises Refused."""
    if refusal := can_set_letter_template(by=by, today=today):
        raise Refused(refusal)
    if not _retire(letter, today):
        raise Refused(Refusal("not_set", f"{LETTERS[letter].name}用的就是规定的模板", GROUND))
    record("documents.drop_letter_template", None, by=by, today=today, ground=GROUND, letter=letter)


def _retire(letter: str, today: date) -> int:
    in_force = LetterTemplate.objects.select_for_update().filter(letter=letter, retired_on=None)
    return sum(LetterTemplate.objects.filter(pk=row.pk).update(retired_on=today) for row in in_force)
