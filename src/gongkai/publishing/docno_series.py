"""文号连续性: every number of an organ's series and where it stands, from items, secret references and explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.agencies.models import Agency
from gongkai.publishing.models import GapExplanation, Item, Openness, SecretReference
from gongkai_core.docnos import Docno, Line, continuity, parse

REFERENCE = "reference:"


def _standing(state: str, openness: str) -> str:
    if state == "published":
        return "published"
    if state == "withdrawn":
        return "withdrawn"
    return {Openness.CLOSED: "closed", Openness.ON_REQUEST: "on_request"}.get(Openness(openness), "under_way")


def _known(agency: Agency, wanted: str = "") -> Iterator[tuple[Docno, str, str]]:
    items = Item.objects.filter(agency=agency).exclude(docno="").exclude(state="discarded")
    secrets = SecretReference.objects.filter(agency=agency, struck_out="")
    if wanted:
        items, secrets = items.filter(docno__startswith=wanted), secrets.filter(docno__startswith=wanted)
    for docno, state, openness, public_id in items.values_list("docno", "state", "openness", "public_id"):
        if number := parse(docno):
            yield number, _standing(state, openness), str(public_id)
    for docno, public_id in secrets.values_list("docno", "public_id"):
        if number := parse(docno):
            yield number, "secret", f"{REFERENCE}{public_id}"


def explanations(agency: Agency) -> dict[Docno, str]:
    rows = GapExplanation.objects.filter(agency=agency).values_list("docno", "reason")
    return {number: reason for docno, reason in rows if (number := parse(docno))}


def all_series(agency: Agency) -> list[tuple[str, int]]:
    """The organ's series (prefix and year) that have a number, newest year first."""
    found = {(docno.prefix, docno.year) for docno, _, _ in _known(agency)}
    return sorted(found, key=lambda series: (-series[1], series[0]))


def series_of(agency: Agency, prefix: str, year: int) -> list[Line]:
    """Every number of one series."""
    explained = {
        docno: reason for docno, reason in explanations(agency).items() if (docno.prefix, docno.year) == (prefix, year)
    }
    return continuity(_known(agency, f"{prefix}〔{year}〕"), explained)


def counts(lines: Sequence[Line]) -> dict[str, int]:
    """How many numbers stand where, in the order of the standings, zeros left out."""
    found = Counter(line.label for line in lines)
    return dict(sorted(found.items(), key=lambda entry: -entry[1]))


HEADS = ("发文字号", "去向", "标题", "缺号说明", "备注")
WIDTHS = (26, 22, 60, 40, 24)


def sheet_rows(agency: Agency, series: Sequence[tuple[str, int]]) -> Iterator[tuple[str, ...]]:
    """All series as rows under HEADS: one a number, with the explanation of a gap."""
    reasons = explanations(agency)
    items = Item.objects.filter(agency=agency, isolated_at=None).exclude(docno="")
    titles = {str(key): title for key, title in items.values_list("public_id", "title")}
    for prefix, year in series:
        for line in series_of(agency, prefix, year):
            named = "；".join(titles.get(key, "") for key in line.items if not key.startswith(REFERENCE))
            doubled = "文号重复" if line.doubled else ""
            yield str(line.docno), line.label, named, reasons.get(line.docno, ""), doubled
