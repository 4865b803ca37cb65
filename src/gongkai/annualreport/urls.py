from django.urls import URLPattern, URLResolver, path

from gongkai.annualreport.views import desk, public

app_name = "annualreport"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", public.reports, name="reports"),
    path("reports/<uuid:public_id>/", public.report, name="report"),
    path("reports/<uuid:public_id>/<str:name>", public.file, name="file"),
    path("desk/reports/", desk.reports, name="desk_reports"),
    path("desk/reports/compile/", desk.compile_, name="desk_compile"),
    path("desk/reports/<uuid:public_id>/", desk.report, name="desk_report"),
    path("desk/reports/<uuid:public_id>/preview/", desk.preview, name="desk_preview"),
    path("desk/reports/<uuid:public_id>/chart-<int:number>.svg", desk.picture, name="desk_picture"),
    path("desk/reports/<uuid:public_id>/export/<str:kind>/", desk.export, name="desk_export"),
    path("desk/reports/<uuid:public_id>/sign/", desk.sign_report, name="desk_sign"),
    path("desk/reports/<uuid:public_id>/return/", desk.return_report, name="desk_return"),
    path("desk/reports/<uuid:public_id>/publish/", desk.publish_report, name="desk_publish"),
]
