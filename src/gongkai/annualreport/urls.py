from django.urls import URLPattern, URLResolver, path

from gongkai.annualreport.views import desk, plan, public, website, year

app_name = "annualreport"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", public.reports, name="reports"),
    path("reports/website/<uuid:public_id>/", website.public_return, name="website_return"),
    path("reports/website/<uuid:public_id>/<str:kind>", website.public_file, name="website_return_file"),
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
    path("desk/website-return/", website.returns, name="website_returns"),
    path("desk/website-return/<uuid:public_id>/", website.website_return, name="desk_website_return"),
    path("desk/website-return/<uuid:public_id>/cell/<str:cell_id>/", website.website_cell, name="website_cell"),
    path("desk/website-return/<uuid:public_id>/export/<str:kind>/", website.website_export, name="website_export"),
    path("desk/website-return/<uuid:public_id>/<str:verb>/", website.website_act, name="website_act"),
    path("desk/year-so-far/", year.year_so_far, name="year_so_far"),
    path("desk/year-so-far/<slug:key>/", year.year_records, name="year_records"),
    path("desk/work-plan/", plan.now, name="plan_now"),
    path("desk/work-plan/<int:year>/", plan.work_plan, name="plan"),
    path("desk/work-plan/<int:year>/calendar.ics", plan.plan_file, name="plan_file"),
    path("desk/work-plan/<int:year>/tasks/", plan.plan_tasks, name="plan_tasks"),
    path("desk/work-plan/<int:year>/budgets/", plan.plan_budgets, name="plan_budgets"),
    path("desk/work-plan/<int:year>/done/<slug:key>/", plan.plan_mark, name="plan_mark"),
    path("desk/work-plan/entries/<uuid:public_id>/", plan.plan_entry, name="plan_entry"),
]
