"""Which review chain (审核链) a text goes through: the organ's own, else the county's, else the default of its class."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Agency, Appointment, Installation, Role
from gongkai.agencies.office_settings import Declared, declare
from gongkai.publishing.models import Batch, Column, ItemClass, ItemVersion, ReviewChain
from gongkai_core.review_chain import DEFAULTS, SHORT, Chain

_REVIEWED = {"government": "县政府和府办的文件", "home": "首页栏目的条目", "sensitive": "敏感条目"}


def _words(text: str) -> str:
    """The setting as typed, when it names only what is known; ValueError otherwise."""
    given = [word.strip() for word in text.split(",") if word.strip()]
    if unknown := set(given) - {*_REVIEWED, "none"}:
        raise ValueError(unknown)
    return ",".join(given) or "none"


OFFICE_REVIEWS = declare(
    Declared(
        "publishing.office_reviews",
        "政务公开办审核的条目，逗号隔开（"
        + "，".join(f"{key} {words}" for key, words in _REVIEWED.items())
        + "；none 一律不审，其余事后抽查）",
        "government,home,sensitive",
        "条例第十七条（谁公开谁审查）",
        parse=_words,
    )
)
HOME_COLUMNS = declare(
    Declared(
        "publishing.home_columns",
        "首页栏目的编码，逗号隔开（上一项的 home 所指；空为没有）",
        "",
        "国办发〔2017〕47号",
        parse=str.strip,
    )
)


def chain_in_force(agency: Agency, item_class: str, *, urgent: bool = False) -> Chain:
    """The chain a text of this class would go through now at the organ, without the disclosure office's step."""
    rows = ReviewChain.objects.filter(Q(agency=agency) | Q(agency=None), item_class=item_class, urgent=urgent)
    own = sorted(rows, key=lambda row: row.agency_id is None)
    return own[0].chain if own else default_chain(item_class, urgent=urgent)


def default_chain(item_class: str, *, urgent: bool = False) -> Chain:
    return SHORT if urgent else DEFAULTS[item_class]


def chain_of(subject: ItemVersion | Batch, *, urgent: bool, on: date) -> Chain:
    """The chain to freeze for a version or batch: the one in force, with the office's review where it is asked.

    A short chain waits for nobody else: the office then reviews after the publication.
    """
    chain = chain_in_force(subject.agency, subject.item_class, urgent=urgent)
    return chain.with_office(afterwards=urgent) if office_reviews(subject, on=on) else chain


def office_reviews(subject: ItemVersion | Batch, *, on: date) -> bool:
    """Whether the disclosure office reviews this before it is public; all else it samples (domain-spec §11.2 item 10)."""
    asked = OFFICE_REVIEWS.value().split(",")
    if "sensitive" in asked and subject.item_class == ItemClass.SENSITIVE:
        return True
    if "home" in asked and _on_home_page(subject.column):
        return True
    return "government" in asked and _is_document(subject) and _is_the_governments(subject.agency, on)


def _on_home_page(column: Column) -> bool:
    return column.code in {code.strip() for code in HOME_COLUMNS.value().split(",")}


def _is_document(subject: ItemVersion | Batch) -> bool:
    if isinstance(subject, ItemVersion):
        return bool(subject.docno)
    return subject.versions.exclude(state="discarded").exclude(docno="").exists()


def _is_the_governments(agency: Agency, on: date) -> bool:
    """The county's government itself, and the organ in which the disclosure office sits (府办)."""
    installation = Installation.current()
    if installation and installation.government_id == agency.pk:
        return True
    posts = Appointment.objects.filter(agency=agency, role=Role.DISCLOSURE_OFFICE, valid_from__lte=on)
    return posts.filter(Q(valid_to=None) | Q(valid_to__gte=on)).exists()
