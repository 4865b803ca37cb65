"""The desk's home: left what waits for me, right the days ahead."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.desk.handover import to_read
from gongkai.desk.kept_forms import mine
from gongkai.desk.worklist import grouped, tasks_of, week


def home(request: HttpRequest) -> HttpResponse:
    tasks = tasks_of(request.user, on=request.today)
    organs = {post.agency for post in request.user.posts_on(request.today)}
    context = {
        "section": "home",
        "groups": grouped(tasks),
        "week": week(tasks, on=request.today),
        "late": [task for task in tasks if task.days_left is not None and task.days_left < 0],
        "organs": sorted(organs, key=lambda organ: organ.path),
        "today": request.today,
        "kept": len(mine(request.user)),
        "taken_over": list(to_read(request.user)),
    }
    return render(request, "desk/home.html", context)


@require_POST
def choose_organ(request: HttpRequest) -> HttpResponse:
    """Work in another of one's organs from now on."""
    chosen = request.POST.get("organ", "")
    if chosen not in {str(post.agency.public_id) for post in request.user.posts_on(request.today)}:
        raise Http404
    request.session["organ"] = chosen
    return redirect("desk:home")
