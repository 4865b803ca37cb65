from django.urls import URLPattern, URLResolver, path

from gongkai.annualreport.views import comments, desk, public, revisions

app_name = "annualreport"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", public.reports, name="reports"),
    path("reports/<uuid:public_id>/", public.report, name="report"),
    path("reports/<uuid:public_id>/<str:name>", public.file, name="file"),
    path("reports/<uuid:public_id>/versions/<int:number>/", public.publication, name="publication"),
    path("reports/<uuid:public_id>/versions/<int:number>/tables/", public.tables, name="tables"),
    path("reports/<uuid:public_id>/versions/<int:number>/<str:name>", public.version_file, name="version_file"),
    path("desk/reports/", desk.reports, name="desk_reports"),
    path("desk/reports/compile/", desk.compile_, name="desk_compile"),
    path("desk/reports/<uuid:public_id>/", desk.report, name="desk_report"),
    path("desk/reports/<uuid:public_id>/preview/", desk.preview, name="desk_preview"),
    path("desk/reports/<uuid:public_id>/chart-<int:number>.svg", desk.picture, name="desk_picture"),
    path("desk/reports/<uuid:public_id>/export/<str:kind>/", desk.export, name="desk_export"),
    path("desk/reports/<uuid:public_id>/sign/", desk.sign_report, name="desk_sign"),
    path("desk/reports/<uuid:public_id>/return/", desk.return_report, name="desk_return"),
    path("desk/reports/<uuid:public_id>/publish/", desk.publish_report, name="desk_publish"),
    path("desk/reports/<uuid:public_id>/correct/", desk.correct, name="desk_correct"),
    path("desk/reports/<uuid:public_id>/drop-correction/", desk.drop, name="desk_drop_correction"),
    path("desk/reports/<uuid:public_id>/tables/", desk.tables, name="desk_tables"),
    path("desk/reports/<uuid:public_id>/revisions/", revisions.revisions, name="desk_revisions"),
    path("desk/reports/<uuid:public_id>/revisions/<int:number>/", revisions.revision, name="desk_revision"),
    path("desk/reports/<uuid:public_id>/comments/", comments.add, name="desk_comment"),
    path("desk/reports/<uuid:public_id>/comments/<uuid:comment_id>/", comments.answer, name="desk_comment_answer"),
    path("desk/reports/<uuid:public_id>/comments/<uuid:comment_id>/close/", comments.close, name="desk_comment_close"),
]
