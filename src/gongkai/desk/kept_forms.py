"""Nothing typed is lost: what is autosaved, and what arrives after the log-in has expired.

One mechanism for every form of the desk. A POST without a valid log-in is kept, sealed, for the person whose signed
cookie comes with it; after log-in as that person the page comes back filled. Another person never sees it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.desk.models import KeptForm, KeptReason
from gongkai.publishing.content import plain_text
from gongkai_core.marks import find_mark
from gongkai_core.refusals import Refusal, Refused

KEEP = {KeptReason.AUTOSAVE: timedelta(days=7), KeptReason.EXPIRED: timedelta(hours=24)}
LARGEST = 4 * 1024 * 1024
COOKIE = "desk_person"
PARAMETER = "kept"
_SALT = "gongkai.desk.person"
_NEVER_KEPT = ("csrfmiddlewaretoken", "password", "password1", "password2", "old_password")


def keep(person: User, *, page: str, target: str, reason: KeptReason, data: QueryDict) -> KeptForm:
    """Keep what was typed in place of what was kept before. Raises Refused, for a classification mark too."""
    pairs = [(name, value) for name, values in data.lists() for value in values if name not in _NEVER_KEPT]
    if refusal := _refusal(pairs):
        raise Refused(refusal)
    row, _ = KeptForm.objects.get_or_create(
        person=person, target=target[:300], reason=reason,
        defaults={"page": page[:300], "fields_sealed": "", "saved_at": timezone.now(), "expires_at": timezone.now()},
    )  # fmt: skip
    row.page, row.values = page[:300], pairs
    row.saved_at, row.expires_at = timezone.now(), timezone.now() + KEEP[reason]
    row.save()
    return row


def _refusal(pairs: Iterable[tuple[str, str]]) -> Refusal | None:
    texts = [plain_text(value) if "<" in value else value for _, value in pairs]
    if sum(map(len, texts)) > LARGEST:
        return Refusal("too_long", "内容太长，没有自动保存；请先存为草稿")
    return find_mark("\n".join(texts), to_be_open=False)


def found(person: User, public_id: str) -> KeptForm | None:
    """The person's own, unless it has expired."""
    try:
        row = KeptForm.objects.filter(person=person, public_id=public_id).first()
    except ValueError:  # no identity at all
        return None
    return None if row is None or row.expired(timezone.now()) else row


def autosaved(person: User, page: str) -> KeptForm | None:
    """What the person's browser has saved of the form on a page since it was last sent."""
    path = urlsplit(page).path
    row = KeptForm.objects.filter(person=person, target=path, reason=KeptReason.AUTOSAVE).first()
    return None if row is None or row.expired(timezone.now()) else row


def mine(person: User) -> list[KeptForm]:
    now = timezone.now()
    return list(KeptForm.objects.filter(person=person, expires_at__gt=now).order_by("-saved_at"))


def sentences(row: KeptForm) -> list[str]:
    """What the person wrote, to know it again by: words, not the choices and keys a form is made of."""
    texts = [plain_text(value) if "<" in value else value.strip() for _, value in row.values]
    return [text for text in texts if not text.isascii()]


def forget(person: User, target: str) -> None:
    """The form has been sent: what was kept of it goes."""
    KeptForm.objects.filter(person=person, target=target).delete()


def purge() -> int:
    """Erase what has expired. Returns how many."""
    return KeptForm.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def badge(person: User) -> str:
    """The cookie by which a later POST without a log-in says whose it is; it opens nothing."""
    return signing.dumps(str(person.public_id), salt=_SALT)


def is_badge_of(person: User, cookie: str) -> bool:
    return _named(cookie) == str(person.public_id)


def person_of(cookie: str) -> User | None:
    """Whose badge it is; None when it is nobody's."""
    public_id = _named(cookie)
    return User.objects.filter(public_id=public_id, is_active=True).first() if public_id else None


def _named(cookie: str) -> str:
    try:
        return str(signing.loads(cookie, salt=_SALT))
    except signing.BadSignature:
        return ""


def page_of(request: HttpRequest) -> str:
    """The desk page from which a POST comes: its referrer on this site, else its own address."""
    referrer = urlsplit(request.META.get("HTTP_REFERER", ""))
    if referrer.netloc == request.get_host() and referrer.path.startswith("/desk/"):
        return without_parameter(f"{referrer.path}?{referrer.query}")
    return without_parameter(request.get_full_path())


def without_parameter(address: str) -> str:
    parts = urlsplit(address)
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != PARAMETER])
    return f"{parts.path}?{query}" if query else parts.path


def with_parameter(row: KeptForm) -> str:
    return f"{row.page}{'&' if '?' in row.page else '?'}{PARAMETER}={row.public_id}"
