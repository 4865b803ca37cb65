from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import Agency, Role, User
from gongkai.agencies.permissions import locked
from gongkai.publishing.models import SecrecyLevel, SecretReference
from gongkai.trail.chain import record
from gongkai_core.docnos import parse, suggestion
from gongkai_core.refusals import Refusal, Refused

GROUND = "保守国家秘密法第三十一条；条例第十四条"


def can_keep_secret_reference(agency: Agency, *, by: User, today: date) -> Refusal | None:
    """The organ's secrecy reviewer, or the disclosure office."""
    if by.holds(Role.SECRECY_REVIEWER, agency, on=today) or by.holds(Role.DISCLOSURE_OFFICE, on=today):
        return None
    return Refusal("needs_role", f"涉密文件引用由{agency.short_name}的保密审查员或者政务公开办登记", GROUND)


@transaction.atomic
def keep_secret_reference(
    agency: Agency, *, alias: str, level: str, docno: str, place: str, by: User, today: date
) -> SecretReference:
    """Enter a secret document by reference only (domain-spec §11.1 item 3): never its title or text. Raises Refused."""
    docno = suggestion(docno) or docno.strip()
    refusal = can_keep_secret_reference(agency, by=by, today=today)
    if refusal := refusal or _entry_refusal(agency, alias.strip(), level, docno, place.strip()):
        raise Refused(refusal)
    row = SecretReference.objects.create(
        agency=agency, alias=alias.strip(), level=level, docno=docno, place=place.strip(), entered_by=by
    )
    record("publishing.keep_secret_reference", row, by=by, today=today, ground=GROUND)
    return row


def _entry_refusal(agency: Agency, alias: str, level: str, docno: str, place: str) -> Refusal | None:
    if not alias or not place:
        return Refusal("incomplete", "请填写代称和存放处", GROUND)
    if any(word in alias for word in ("关于", "通知", "意见", "方案", "《")):
        return Refusal("title", "代称不得是文件标题或者其中的内容，请用编号等代称，如“甲字3号”", GROUND)
    if level not in SecrecyLevel.values:
        return Refusal("no_level", "请选择密级", GROUND)
    if parse(docno) is None:
        return Refusal("bad_docno", f"发文字号“{docno}”应写成“青政发〔2026〕7号”的样式", "GB/T 9704—2012 7.2.5")
    if SecretReference.objects.filter(agency=agency, docno=docno, struck_out="").exists():
        return Refusal("twice", f"{docno} 已登记", GROUND)
    return None


@transaction.atomic
def strike_out_reference(row: SecretReference, *, reason: str, by: User, today: date) -> SecretReference:
    """Strike a reference out that was entered by mistake. Raises Refused."""
    row = locked(row)
    refusal = can_keep_secret_reference(row.agency, by=by, today=today)
    if refusal is None and row.struck_out:
        refusal = Refusal("struck_out", "这一条已划去", GROUND)
    if refusal is None and not reason.strip():
        refusal = Refusal("no_reason", "请填写划去的理由", GROUND)
    if refusal is None and (len(reason.strip()) > 100 or "\0" in reason):
        refusal = Refusal("long_reason", "划去的理由最多 100 字，不含空字符", GROUND)
    if refusal:
        raise Refused(refusal)
    row.struck_out = reason.strip()
    row.save(update_fields=["struck_out"])
    record("publishing.strike_out_reference", row, by=by, today=today, ground=GROUND)
    return row
