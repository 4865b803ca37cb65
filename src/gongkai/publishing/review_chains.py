"""Which review chain (审核链) a text goes through: the organ's own, else the county's, else the default of its class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Agency, Appointment, Installation, Role
from gongkai.agencies.office_settings import Declared, declare
from gongkai.publishing.models import Batch, Column, ItemClass, ItemVersion, ReviewChain
from gongkai_core.review_chain import DEFAULTS, SHORT, Chain, Step

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


def unstaffed(organs: Iterable[Agency], *, on: date) -> Iterator[tuple[Agency, str, list[Step]]]:
    """Organs that draft, a class of their items, and the steps before publication that none of their people can do.

    Whoever drafts alone can't do a step of his own text: such a role needs a second person.
    """
    holding: dict[tuple[int, str], set[int]] = defaultdict(set)
    posts = Appointment.objects.on(on).filter(user__is_active=True)
    for agency, role, person in posts.values_list("agency", "role", "user"):
        holding[agency, role].add(person)
    chains = {(row.agency_id, row.item_class): row.chain for row in ReviewChain.objects.filter(urgent=False)}
    for organ in organs:
        if not (drafters := holding[organ.pk, Role.DRAFTER]):
            continue
        for item_class in ItemClass:
            chain = chains.get((organ.pk, item_class)) or chains.get((None, item_class)) or default_chain(item_class)
            before = chain.steps[: chain.sign_at + 1]
            if empty := [step for step in before if not _others(holding[organ.pk, step.role], drafters)]:
                yield organ, str(item_class.label), empty


def _others(people: set[int], drafters: set[int]) -> set[int]:
    """Who of the people can act on the text of at least one of the drafters."""
    return people - drafters if len(drafters) == 1 else people


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
    return Appointment.objects.on(on).filter(agency=agency, role=Role.DISCLOSURE_OFFICE).exists()
