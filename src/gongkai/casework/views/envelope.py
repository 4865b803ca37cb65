"""成批登记 on the desk: one scan, what all share, a line for each form; checked, then registered by one act."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.casework import actions, acts, masking
from gongkai.casework.actions.register_envelope import MOST_LINES, EnvelopeForm, can_register_envelope
from gongkai.casework.forms_envelope import COLUMNS, HEADS, LINES_AT_FIRST, BlockForm, LineForm, LineFormSet
from gongkai.casework.forms_envelope import EnvelopeForm as SharedForm
from gongkai.casework.ledger import WORDS, doubt_about, id_type_of, read_block
from gongkai.casework.papers import Withheld
from gongkai.casework.views import desk
from gongkai.documents.blobs import read, store
from gongkai.documents.models import Blob
from gongkai.documents.pages import cut
from gongkai_core.refusals import Refusal, Refused

_SALT = "gongkai.casework.envelope"
KEPT_SECONDS = 12 * 3600
PDF = "application/pdf"


@dataclass
class Kept:
    """The scan as it goes with the page: chosen once, however often the page is checked."""

    blob: Blob | None = None
    withheld: str = ""
    token: str = ""

    @cached_property
    def data(self) -> bytes:
        """Its bytes, opened once for all lines."""
        return read(self.blob) if self.blob else b""


@dataclass
class Checked:
    """What the pre-check found: forms that can be registered, what is wrong or doubtful with a line."""

    forms: list[EnvelopeForm] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    doubtful: list[tuple[int, str]] = field(default_factory=list)


@never_cache
@require_http_methods(["GET", "POST"])
def envelope(request: HttpRequest) -> HttpResponse:
    """The grid: pasted into, lengthened, checked, registered. Nothing typed is lost on the way."""
    agencies = desk.registers_for(request)
    if not agencies.exists():
        raise Http404
    if request.method == "GET":
        shared = SharedForm(agencies=agencies, today=request.today, initial=_initial(request, agencies))
        return _shown(request, shared, LineFormSet(prefix="line", initial=[{}] * LINES_AT_FIRST), BlockForm())
    shared = SharedForm(request.POST, request.FILES, agencies=agencies, today=request.today)
    right = shared.is_valid()
    kept = _kept_scan(request, shared)
    lines, block = _lines(request)
    then = request.POST.get("then", "check")
    if then in ("paste", "more") or block.errors:
        return _shown(request, _unjudged(request, shared, agencies), lines, block, kept)
    checked = _check(request, shared, lines, kept) if right and lines.is_valid() else None
    if checked and not checked.forms and not checked.wrong:
        shared.add_error(None, "表格里还没有填写申请人")
    if then == "register" and checked and checked.forms and not checked.wrong and not shared.errors:
        try:
            return _registered(request, shared, checked, kept)
        except Refused as refused:
            shared.add_error(None, str(refused.refusal))
    status = 422 if shared.errors or not lines.is_valid() or (checked and checked.wrong) else 200
    return _shown(request, shared, lines, block, kept, checked, status)


def _initial(request: HttpRequest, agencies: Any) -> dict[str, Any]:
    return {"key": uuid4().hex, "agency": agencies.filter(pk=getattr(request.organ, "pk", None)).first()}


def _unjudged(request: HttpRequest, shared: SharedForm, agencies: Any) -> SharedForm:
    """The same values without complaints: the clerk has only asked for more lines."""
    values = {name: shared[name].value() for name in shared.fields if name != "scan"}
    return SharedForm(agencies=agencies, today=request.today, initial=values)


def _lines(request: HttpRequest) -> tuple[Any, BlockForm]:
    """The lines as typed, with those of a pasted block added to them or ten more."""
    given = LineFormSet(request.POST, prefix="line")
    then = request.POST.get("then", "check")
    if then == "more":
        return _bound([*_typed(given), *[{}] * LINES_AT_FIRST]), BlockForm(initial={"block": request.POST.get("block")})
    if then != "paste":
        return given, BlockForm(initial={"block": request.POST.get("block", "")})
    block = BlockForm(request.POST)
    if not block.is_valid():
        return given, block
    read_in = read_block(block.cleaned_data["block"], columns=COLUMNS, headed=False)
    if read_in.problem:
        block.add_error("block", read_in.problem)
        return given, block
    typed = [row for row in _typed(given) if any(value for name, value in row.items() if name != "kind")]
    rows = [*typed, *(_of_cells(row) for _, row in read_in.rows)]
    if len(rows) > MOST_LINES:
        block.add_error("block", f"一次最多登记 {MOST_LINES} 份，现有 {len(rows)} 行，请分几次")
        return given, block
    return _bound(rows), BlockForm()


def _typed(given: Any) -> list[dict[str, str]]:
    return [{name: str(form[name].value() or "") for name in form.fields} for form in given.forms]


def _of_cells(row: dict[str, str]) -> dict[str, str]:
    """A pasted row as values of a line; a kind that is not known is left to be chosen."""
    return {
        **{name: row.get(name, "") for name in LineForm.base_fields},
        "kind": WORDS["kind"].get(row.get("kind", ""), ""),
    }


def _bound(rows: list[dict[str, str]]) -> Any:
    """Lines holding these values, as if they had been typed."""
    data = QueryDict(mutable=True)
    data.update({"line-TOTAL_FORMS": str(min(len(rows), MOST_LINES)), "line-INITIAL_FORMS": "0"})
    for place, row in enumerate(rows):
        data.update({f"line-{place}-{name}": value for name, value in row.items()})
    return LineFormSet(data, prefix="line")


def _kept_scan(request: HttpRequest, shared: SharedForm) -> Kept:
    """The scan chosen now, or the one chosen on an earlier try by the same person."""
    chosen = shared.cleaned_data.get("scan") if hasattr(shared, "cleaned_data") else None
    if isinstance(chosen, Withheld):
        facts = {"withheld": chosen.digest}
    elif chosen:
        blob = acts.blob_of(chosen)
        assert blob
        facts = {"blob": str(blob.public_id)}
    else:
        try:
            facts = signing.loads(request.POST.get("kept", ""), salt=_SALT, max_age=KEPT_SECONDS)
        except signing.BadSignature:
            return Kept()
        if facts.get("by") != str(request.user.public_id):
            return Kept()
    token = signing.dumps({**facts, "by": str(request.user.public_id)}, salt=_SALT)
    blob = Blob.objects.filter(public_id=facts["blob"]).first() if "blob" in facts else None
    return Kept(blob, facts.get("withheld", ""), token)


def _check(request: HttpRequest, shared: SharedForm, lines: Any, kept: Kept) -> Checked:
    """Look at every line that is not empty, as registering would."""
    found, data = Checked(), shared.cleaned_data
    who: dict[str, Any] = {"by": request.user, "today": request.today}
    for place, line in enumerate(lines.forms, 1):
        if line.is_blank:
            continue
        form = EnvelopeForm(place, _applicant(line, data["kind"]), line.cleaned_data["info_desc"] or data["info_desc"])
        refused = can_register_envelope(
            data["agency"], form, common=shared.shared(), subject=data["subject"], **who
        ) or _pages_refusal(line, kept)
        if refused:
            found.wrong.append((place, refused.message.removeprefix(f"第 {place} 行：")))
        else:
            found.forms.append(form)
        if doubt := doubt_about(form.applicant["kind"], form.applicant["id_number"]):
            found.doubtful.append((place, doubt))
    found.doubtful += _twice(found.forms)
    return found


def _applicant(line: LineForm, kind: str) -> dict[str, str]:
    data = line.cleaned_data
    kind, number = data["kind"] or kind, data["id_number"].strip().upper()
    return {
        "kind": kind, "name": data["name"].strip(), "id_type": id_type_of(kind, number), "id_number": number,
        "phone": data["phone"].strip(), "address": data["address"].strip(),
    }  # fmt: skip


def _pages_refusal(line: LineForm, kept: Kept) -> Refusal | None:
    numbers = line.page_numbers()
    if not numbers:
        return None
    if kept.blob is None or kept.blob.content_type != PDF:
        return Refusal("pages", "写了扫描页，但还没有上传 PDF 格式的整封扫描件")
    try:
        cut(kept.data, numbers)
    except Refused as refused:
        return refused.refusal
    return None


def _twice(forms: list[EnvelopeForm]) -> list[tuple[int, str]]:
    """Lines that look like one person's twice: both are registered if that is what came."""
    counted = Counter((form.applicant["name"], form.applicant["id_number"]) for form in forms)
    return [
        (form.place, "与另一行的姓名、证件号码相同；确为两份的，两份都登记")
        for form in forms
        if counted[form.applicant["name"], form.applicant["id_number"]] > 1
    ]


@transaction.atomic
def _registered(request: HttpRequest, shared: SharedForm, checked: Checked, kept: Kept) -> HttpResponse:
    data, who = shared.cleaned_data, {"by": request.user, "today": request.today}
    pages = {place: line.page_numbers() for place, line in enumerate(_lines(request)[0].forms, 1) if line.is_valid()}
    forms = [
        EnvelopeForm(form.place, form.applicant, form.info_desc, _own_pages(kept, pages[form.place]))
        for form in checked.forms
    ]
    receipt = actions.register_envelope(
        data["agency"], forms, key=data["key"], common=shared.shared(), subject=data["subject"], scan=kept.blob,
        series_title=data["series_title"], **who,
    )  # fmt: skip
    if kept.withheld:
        for row in receipt.received:
            acts.withheld(row.case, Withheld(kept.withheld), **who)
        messages.warning(request, "整封扫描件带有密级标志，没有保存；收到时间和登记号照留，请转保密员线下处理。")
    messages.success(request, f"已登记 {len(receipt.received)} 件")
    waiting = [row.case for row in receipt.received if row.case.state == "received"]
    return desk.page(
        request, "envelope_registered", ("成批登记完成", ""), section="envelope", waiting=len(waiting),
        rows=[(row.case, row.query_code, masking.masked_name(row.case.applicant)) for row in receipt.received],
        series=getattr(getattr(receipt.received[0].case, "series_member", None), "series", None),
    )  # fmt: skip


def _own_pages(kept: Kept, numbers: list[int]) -> Blob | None:
    """The pages of one form, cut out: nobody's volume holds the papers of the others."""
    if not numbers or kept.blob is None:
        return None
    return store(cut(kept.data, numbers), name="申请书.pdf", content_type=PDF, sealed=True)


def _shown(
    request: HttpRequest, shared: SharedForm, lines: Any, block: BlockForm, kept: Kept | None = None,
    checked: Checked | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    kept = kept or Kept()
    wrong = dict(checked.wrong) if checked else {}
    doubtful = dict(checked.doubtful) if checked else {}
    rows = [
        (place, [(head, line[name]) for name, head in HEADS], wrong.get(place, ""), doubtful.get(place, ""))
        for place, line in enumerate(lines.forms, 1)
    ]
    return desk.page(
        request, "envelope", ("成批登记", ""), section="envelope", form=shared, lines=lines, rows=rows, pasted=block,
        kept=kept, checked=checked, most=MOST_LINES, status=status, heads=[head for _, head in HEADS],
        ready=bool(checked and checked.forms and not checked.wrong and not shared.errors),
    )  # fmt: skip
