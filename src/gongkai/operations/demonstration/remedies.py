"""Reviews, suits and complaints of each year: decided ones, pending ones, one that went on to court."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.models import Role, User
from gongkai.casework.actions.disputes import record_reply
from gongkai.casework.actions.remedies import (
    decide_complaint,
    decide_lawsuit,
    decide_review,
    enter_complaint,
    enter_lawsuit,
    enter_review,
)
from gongkai.casework.models import Lawsuit, ReviewCase
from gongkai.operations.demonstration.organs import County

REVIEWS = ("upheld", "upheld", "ordered", "withdrawn", "request_dismissed", "")
LAWSUITS = (("claim_dismissed", True), ("revoked", False), ("withdrawn", False), ("", True))


def build_remedies(county: County, years: list[int]) -> None:
    """A handful a year, against the government and the organs asked most."""
    for year in years:
        for serial, outcome in enumerate(REVIEWS, start=1):
            _review(county, year, serial, outcome)
        for serial, (outcome, prior_review) in enumerate(LAWSUITS, start=1):
            _lawsuit(county, year, serial, outcome, prior_review=prior_review)
        _complaint(county, year)


def _filed(county: County, year: int, serial: int) -> date | None:
    """A day of the year that has come already."""
    day = date(year, 2, 10) + timedelta(days=40 * serial)
    return day if day <= county.today else None


def _review(county: County, year: int, serial: int, outcome: str) -> None:
    organ = county.answering()[serial % 4]
    filed_on = _filed(county, year, serial)
    if filed_on is None:
        return
    by = county.person(organ, Role.LEGAL_REVIEWER)
    body = "江州市人民政府" if organ == county.government else "青禾县人民政府"
    review = enter_review(
        organ, docket=f"演政复〔{year}〕{serial}号", review_body=body, filed_on=filed_on, by=by, today=filed_on,
        claimant=county.name(),
    )  # fmt: skip
    _replied(county, review, by)
    closed_on = filed_on + timedelta(days=50)
    if outcome and closed_on <= county.today:
        decide_review(review, outcome=outcome, closed_on=closed_on, by=by, today=closed_on)


def _lawsuit(county: County, year: int, serial: int, outcome: str, *, prior_review: bool) -> None:
    organ = county.answering()[serial % 3]
    filed_on = _filed(county, year, serial + 2)
    if filed_on is None:
        return
    by = county.person(organ, Role.LEGAL_REVIEWER)
    lawsuit = enter_lawsuit(
        organ, docket=f"（{year}）演行初{serial}号", court="青禾县人民法院", filed_on=filed_on, by=by, today=filed_on,
        prior_review=prior_review, claimant=county.name(),
    )  # fmt: skip
    _replied(county, lawsuit, by)
    closed_on = filed_on + timedelta(days=90)
    if outcome and closed_on <= county.today:
        decide_lawsuit(lawsuit, outcome=outcome, judged_on=closed_on, closed_on=closed_on, by=by, today=closed_on)


def _replied(county: County, row: ReviewCase | Lawsuit, by: User) -> None:
    """Reply and evidence are handed in a week later, where that week has passed."""
    on = row.filed_on + timedelta(days=7)
    if on <= county.today:
        record_reply(row, on=on, by=by, today=on)


def _complaint(county: County, year: int) -> None:
    received_on = _filed(county, year, 3)
    if received_on is None:
        return
    by = county.person(county.government, Role.CASE_REGISTRAR)
    complaint = enter_complaint(
        county.government, source="来信", subject="不依法答复申请", matter="反映某单位逾期没有答复申请。",
        received_on=received_on, by=by, today=received_on,
    )  # fmt: skip
    closed_on = received_on + timedelta(days=20)
    if closed_on <= county.today:
        decide_complaint(
            complaint,
            result="substantiated",
            result_words="已责成限期答复。",
            closed_on=closed_on,
            by=by,
            today=closed_on,
        )
