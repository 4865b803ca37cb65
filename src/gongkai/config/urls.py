"""All addresses. Each app's urls.py holds whole paths: `desk/<app>/…` for the back office, the rest is public."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongkai.website.urls")),
    path("", include("gongkai.publishing.urls")),
    path("", include("gongkai.casework.urls")),
    path("", include("gongkai.annualreport.urls")),
    path("", include("gongkai.statistics.urls")),
    path("", include("gongkai.registers.urls")),
    path("", include("gongkai.documents.urls")),
    path("", include("gongkai.agencies.urls")),
    path("", include("gongkai.desk.urls")),
    path("", include("gongkai.operations.urls")),
    path("design/", include("gongkai.design.urls")),
]

handler400 = "gongkai.website.views.faults.bad_request"
handler404 = "gongkai.config.faults.not_found"
