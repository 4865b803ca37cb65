"""Reads pictures: their size before anything is unpacked, and what their properties tell (EXIF, comments)."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gongkai_core.reading.paper import Draft, Paper, Picture, Unreadable

MOST_PIXELS = 60_000_000
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
_INNER = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_many() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error):
        raise Unreadable("damaged", "图片损坏，打不开") from None
    with image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_many()
        yield image


def _too_many() -> Unreadable:
    return Unreadable("pixels", f"图片的像素过多，超过 {MOST_PIXELS // 10_000} 万，没有打开；请缩小后再上传")


def read(data: bytes) -> Paper:
    draft = Draft("picture")
    with _opened(data) as image:
        draft.fact("尺寸", f"{image.width}×{image.height}")
        properties = []
        try:
            exif = image.getexif()
            rows = [*exif.items(), *(pair for inner in _INNER for pair in exif.get_ifd(inner).items())]
            properties += [_words(value) for _, value in rows]
            if exif.get_ifd(ExifTags.IFD.GPSInfo):
                draft.fact("拍摄地点", "图片带有拍摄地点")
        except (OSError, ValueError, SyntaxError, struct.error, KeyError, TypeError):
            draft.fact("属性", "图片属性读不出")
        properties += [_words(value) for name, value in image.info.items() if name not in ("exif", "icc_profile")]
        draft.hide("\n".join(filter(str.strip, properties)), "图片属性")
    return Paper("picture", (Picture(data),), tuple(draft.facts), tuple(draft.hidden))


def _words(value: object) -> str:
    """A property as its writer meant it: the formats say Latin-1, and people write Chinese all the same."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value)
    if not isinstance(value, bytes):
        return ""
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        try:
            text = value.decode(encoding).strip("\0")
        except UnicodeDecodeError:
            continue
        if all(sign.isprintable() or sign in "\r\n\t" for sign in text):
            return text
    return ""


def clean(data: bytes) -> bytes:
    """The same picture written anew: without properties, and without anything hidden behind its end."""
    with _opened(data) as image:
        kind = image.format or "PNG"
        moving = getattr(image, "n_frames", 1) > 1
        try:
            fresh = image if moving else ImageOps.exif_transpose(image)
            output = io.BytesIO()
            if moving:
                fresh.save(output, kind, save_all=True, comment=b"")
            else:
                pixels = fresh.copy()
                pixels.info = {"transparency": fresh.info["transparency"]} if "transparency" in fresh.info else {}
                pixels.save(output, kind, **({"quality": 90} if kind in ("JPEG", "WEBP") else {}))
        except (OSError, ValueError, SyntaxError, struct.error, EOFError):
            raise Unreadable("damaged", "图片损坏，打不开") from None
    return output.getvalue()
