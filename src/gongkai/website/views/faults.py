"""What a reader sees at an address that holds nothing for them."""

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in the public frame; a foreign object looks the same as one that never was."""
    return page_not_found(request, exception, template_name="website/not_found.html")
