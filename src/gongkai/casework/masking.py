"""What is shown of an applicant: masked everywhere (个人信息保护法第五十一条), plain only through the trail."""

from __future__ import annotations

from dataclasses import replace

from gongkai.casework.models import Applicant
from gongkai_core import identity
from gongkai_core.letters import RenderedLetter


def masked_name(applicant: Applicant) -> str:
    """A person's name starred; an organisation's name is no personal data."""
    return identity.mask_name(applicant.name) if applicant.is_person else applicant.name


def masked_rows(applicant: Applicant) -> list[tuple[str, str]]:
    """(label, value) as a page shows them; what was not given is left out."""
    rows = [
        ("姓名或者名称", masked_name(applicant)),
        ("类型", applicant.get_kind_display()),
        (applicant.get_id_type_display() or "证件号码", identity.mask_id_number(applicant.id_number)),
        ("法定代表人", identity.mask_name(applicant.legal_representative)),
        ("联系人", identity.mask_name(applicant.contact_person)),
        ("联系电话", identity.mask_phone(applicant.phone)),
        ("电子邮箱", identity.mask_email(applicant.email)),
        ("传真", identity.mask_phone(applicant.fax)),
        ("通信地址", identity.mask_address(applicant.address)),
        ("受托人", identity.mask_name(applicant.agent_name)),
        ("受托人证件号码", identity.mask_id_number(applicant.agent_id_number)),
    ]
    return [(label, value) for label, value in rows if value]


def masked_letter(letter: RenderedLetter, applicant: Applicant) -> RenderedLetter:
    """A letter in which the applicant is masked wherever it names him, his number or how to reach him."""
    shown = {
        applicant.name: masked_name(applicant),
        applicant.id_number: identity.mask_id_number(applicant.id_number),
        applicant.phone: identity.mask_phone(applicant.phone),
        applicant.email: identity.mask_email(applicant.email),
        applicant.address: identity.mask_address(applicant.address),
        applicant.contact_person: identity.mask_name(applicant.contact_person),
        applicant.agent_name: identity.mask_name(applicant.agent_name),
    }
    blocks = []
    for block in letter.blocks:
        text = block.text
        for plain, masked in shown.items():
            text = text.replace(plain, masked) if plain else text
        blocks.append(replace(block, text=text))
    return replace(letter, blocks=tuple(blocks))


def plain_rows(applicant: Applicant) -> list[tuple[str, str]]:
    """The same in the clear: only for `open_personal_data`."""
    rows = [
        ("姓名或者名称", applicant.name),
        ("类型", applicant.get_kind_display()),
        (applicant.get_id_type_display() or "证件号码", applicant.id_number),
        ("法定代表人", applicant.legal_representative),
        ("联系人", applicant.contact_person),
        ("联系电话", applicant.phone),
        ("电子邮箱", applicant.email),
        ("传真", applicant.fax),
        ("通信地址", applicant.address),
        ("邮政编码", applicant.postcode),
        ("受托人", applicant.agent_name),
        ("受托人证件号码", applicant.agent_id_number),
    ]
    return [(label, value) for label, value in rows if value]
