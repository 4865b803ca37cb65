"""The post in which a person works now: kept in the session, held against what the database says today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.agencies.models import Agency


class CurrentPostMiddleware:
    """Sets `request.organ` (an Agency or None), `request.roles` (set of role names there) and `request.today`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.today = timezone.localdate()
        request.organ, request.roles = None, set()
        if request.path.startswith("/desk/") and request.user.is_authenticated:
            request.organ, request.roles = self._post(request)
        return self.get_response(request)

    @staticmethod
    def _post(request: HttpRequest) -> tuple[Agency | None, set[str]]:
        posts = request.user.posts_on(request.today)
        chosen = request.session.get("organ")
        organs = {str(post.agency.public_id): post.agency for post in posts}
        organ = organs.get(chosen) or next(iter(organs.values()), None)
        return organ, {post.role for post in posts if organ and post.agency_id == organ.pk}
