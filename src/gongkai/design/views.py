"""The gallery: the design seen whole, with invented content."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from gongkai.design import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its states, in the desk's frame."""
    return render(request, "design/gallery.html", samples.gallery())


def sample_page(request: HttpRequest, name: str) -> HttpResponse:
    """A whole sample page: a public one by Jinja2, or the desk's confirm page; 404 for other names."""
    if name not in samples.PAGES:
        raise Http404("没有这张样页。")
    template, context = samples.PAGES[name]
    if name == "confirm":
        return render(request, template, context())
    return HttpResponse(render_to_string(template, context()))  # no request: a baked page has none either
