"""Redacted pictures: boxes burnt into the pixels, the picture encoded anew without any property."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from gongkai.documents.redaction.marking import Box
from gongkai.documents.redaction.pdf import blacken
from gongkai_core.reading.paper import Unreadable
from gongkai_core.reading.picture import clean, read


def look(data: bytes) -> Image.Image:
    """The picture upright, as it will be given. Raises Unreadable."""
    with Image.open(io.BytesIO(clean(data))) as image:
        return image.convert("RGB")


def readable(data: bytes) -> bool:
    """Whether a picture can be encoded anew; vector formats cannot."""
    try:
        read(data)
    except Unreadable:
        return False
    return True


def rewritten(data: bytes) -> tuple[bytes, str]:
    """The same picture encoded anew, and its ending."""
    return redact(data, [], "jpeg" if data.startswith(b"\xff\xd8") else "png")


def redact(data: bytes, boxes: Sequence[Box], kind: str) -> tuple[bytes, str]:
    """The picture with the boxes burnt in, as png or jpeg. Raises Unreadable."""
    picture = look(data)
    blacken(picture, boxes)
    written = io.BytesIO()
    picture.save(written, kind.upper(), **({"quality": 90} if kind == "jpeg" else {}))
    return written.getvalue(), kind
