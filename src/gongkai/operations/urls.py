from django.urls import path

from gongkai.operations.views import desk, public, spills

app_name = "operations"
urlpatterns = [
    path("desk/operations/setup/", desk.setup, name="setup"),
    path("desk/operations/import/", desk.upload, name="import"),
    path("desk/operations/import/template.xlsx", desk.template, name="import-template"),
    path("desk/operations/import/<uuid:public_id>/", desk.check, name="import-check"),
    path("desk/operations/accounts/", desk.accounts, name="accounts"),
    path("desk/operations/accounts/links/", desk.issue, name="issue-all"),
    path("desk/operations/accounts/<uuid:public_id>/link/", desk.issue, name="issue"),
    path("desk/operations/contacts/<uuid:public_id>/", desk.contacts, name="contacts"),
    path("desk/operations/site/", desk.site, name="site"),
    path("desk/operations/spills/", spills.spills, name="spills"),
    path("desk/operations/spills/<uuid:public_id>/", spills.spill, name="spill"),
    path("desk/operations/spills/<uuid:public_id>/report.pdf", spills.report, name="spill-report"),
    path("desk/password/<str:token>/", public.password, name="choose-password"),
]
