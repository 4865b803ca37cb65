from django.urls import path

from gongkai.statistics.views import desk, former, rounds, sheets

app_name = "statistics"
urlpatterns = [
    path("desk/statistics/", desk.years, name="years"),
    path("desk/statistics/filing/", sheets.own_sheets, name="filing-now"),
    path("desk/statistics/rounds/", rounds.all_rounds, name="rounds"),
    path("desk/statistics/rounds/<uuid:public_id>/", rounds.one_round, name="round"),
    path("desk/statistics/rounds/<uuid:public_id>/late/", rounds.late_list, name="late-list"),
    path("desk/statistics/sheets/<uuid:public_id>/", sheets.sheet, name="sheet"),
    path("desk/statistics/sheets/<uuid:public_id>/paper/", sheets.sheet_paper, name="sheet-paper"),
    path("desk/statistics/sheets/<uuid:public_id>/scan/", sheets.sheet_scan, name="sheet-scan"),
    path("desk/statistics/snapshots/<uuid:public_id>/", desk.snapshot, name="snapshot"),
    path("desk/statistics/corrections/<uuid:public_id>/paper/", desk.correction_paper, name="correction-paper"),
    path("desk/statistics/former/", former.former, name="former"),
    path("desk/statistics/former/tables/", former.import_tables, name="import_tables"),
    path("desk/statistics/former/tables/<uuid:public_id>/", former.former_table, name="former_table"),
    path("desk/statistics/former/ledgers/<uuid:public_id>/", former.former_ledger, name="former_ledger"),
    path("desk/statistics/former/import/<slug:kind>/", former.import_sheet, name="import_sheet"),
    path("desk/statistics/<int:year>/", desk.year, name="year"),
    path("desk/statistics/<int:year>/filing/", desk.filing, name="filing"),
    path("desk/statistics/<int:year>/<str:cell_id>/", desk.cell, name="cell"),
]
