from django.urls import path

from gongkai.statistics.views import desk, former

app_name = "statistics"
urlpatterns = [
    path("desk/statistics/", desk.years, name="years"),
    path("desk/statistics/filing/", desk.filing_now, name="filing-now"),
    path("desk/statistics/former/", former.former, name="former"),
    path("desk/statistics/former/tables/", former.import_tables, name="import_tables"),
    path("desk/statistics/former/tables/<uuid:public_id>/", former.former_table, name="former_table"),
    path("desk/statistics/former/ledgers/<uuid:public_id>/", former.former_ledger, name="former_ledger"),
    path("desk/statistics/former/import/<slug:kind>/", former.import_sheet, name="import_sheet"),
    path("desk/statistics/<int:year>/", desk.year, name="year"),
    path("desk/statistics/<int:year>/filing/", desk.filing, name="filing"),
    path("desk/statistics/<int:year>/<str:cell_id>/", desk.cell, name="cell"),
]
