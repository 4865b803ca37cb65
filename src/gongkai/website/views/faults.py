"""What a reader sees at an address that holds nothing for them."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in the public frame; a foreign object looks the same as one that never was."""
    return page_not_found(request, exception, template_name="website/not_found.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 for more than one request may bring, in words."""
    large = isinstance(exception, RequestDataTooBig)
    words = "一次提交的内容太多：文件合计不超过 120 MB，文字不超过 12 MB。" if large else "这次提交的内容读不出来。"
    return render(request, "website/bad_request.html", {"words": words}, status=413 if large else 400, using="jinja2")
