"""A picture over every page of a PDF, added at its end: what stood there before stays byte for byte."""

from __future__ import annotations

import io

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import pil_image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

_DRAWN = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q %g 0 0 %g %g %g cm /Sample Do Q EMC"


def over_every_page(pdf: bytes, picture: bytes) -> bytes:
    """Lay a see-through PNG over all pages, each filled with it; for a reader aloud it isn't there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    with Image.open(io.BytesIO(picture)) as opened:
        image = pil_image(opened.convert("RGBA"), writer)
    resources = generic.DictionaryObject({pdf_name("/XObject"): generic.DictionaryObject({pdf_name("/Sample"): image})})
    for number in range(int(writer.root["/Pages"]["/Count"])):
        page = writer.find_page_for_modification(number)[0].get_object()
        left, bottom, right, top = (float(side) for side in page["/MediaBox"])
        drawn = _DRAWN % (right - left, top - bottom, left, bottom)
        before = writer.add_object(generic.StreamObject(stream_data=b"q"))
        after = writer.add_object(generic.StreamObject(stream_data=b"Q " + drawn))
        writer.add_stream_to_page(number, before, prepend=True)
        writer.add_stream_to_page(number, after, resources=resources)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
