"""What is seen of an electronic seal: the picture over name and date, and 样张 无效 over every page of a sample."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from textwrap import wrap

import resvg_py
from PIL import Image, ImageChops

from gongkai.documents import fonts
from gongkai.documents.blobs import read
from gongkai.documents.electronic_seal.place import Place
from gongkai.documents.models import Certificate

POINTS = 72 / 25.4
RED = "#c8102e"
MOST_PIXELS = 1200
PAPER = 40
"""How dark (of 255) a scanned sheet and the noise of a JPEG may be and still count as paper."""
SAMPLE = "样张 无效"


@dataclass(frozen=True, slots=True)
class Mark:
    """A picture (PNG, see-through), its width in points and where its centre stands."""

    place: Place
    picture: bytes
    width: float


def of(certificate: Certificate, place: Place) -> Mark:
    """The seal as it is printed: the office's own picture, else a plain one that says what it is."""
    picture = read(certificate.picture) if certificate.picture else plain(certificate)
    return Mark(place, picture, certificate.width_mm * POINTS)


def see_through(data: bytes) -> bytes:
    """An uploaded picture as PNG, its white paper made transparent so that the text below can be read."""
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((MOST_PIXELS, MOST_PIXELS))
    red, green, blue, alpha = picture.split()
    ink = ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))
    picture.putalpha(ImageChops.multiply(alpha, ink.point(lambda depth: max(0, min(255, (depth - PAPER) * 2)))))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def plain(certificate: Certificate) -> bytes:
    """Two rings, the seal's name above and what it is below the lines of name and date. It imitates no real seal."""
    last = SAMPLE if certificate.is_test else "电子印章"
    lines = [*zip((82, 110, 138), wrap(certificate.name, 10), strict=False), (338, last)]
    rows = "".join(
        f'<text x="200" y="{y}" text-anchor="middle" font-size="24" fill="{RED}">{escape(line)}</text>'
        for y, line in lines
    )
    rings = "".join(
        f'<circle cx="200" cy="200" r="{radius}" fill="none" stroke="{RED}" stroke-width="{thick}"/>'
        for radius, thick in ((192, 9), (178, 2))
    )
    return _drawn(f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">{rings}{rows}</svg>')


def sample(pdf: bytes) -> bytes:
    """The paper with 样张 无效 across every page, as a picture: its words stay what was approved."""
    from gongkai.documents.electronic_seal.watermark import over_every_page

    text = (
        f'<text x="0" y="0" text-anchor="middle" font-size="150" fill="{RED}" fill-opacity="0.35" '
        f'transform="translate(400 565) rotate(-50) translate(0 50)">{SAMPLE}</text>'
    )
    return over_every_page(
        pdf, _drawn(f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1131">{text}</svg>')
    )


def _drawn(svg: str) -> bytes:
    family = fonts.faces().heading[0]
    drawn = svg.replace("<text ", f'<text font-family="{escape(family)}" ')
    return bytes(
        resvg_py.svg_to_bytes(svg_string=drawn, zoom=2, skip_system_fonts=True, font_files=[str(fonts.file_of(family))])
    )
