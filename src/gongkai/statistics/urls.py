from django.urls import path

from gongkai.statistics.views import desk

app_name = "statistics"
urlpatterns = [
    path("desk/statistics/", desk.years, name="years"),
    path("desk/statistics/filing/", desk.filing_now, name="filing-now"),
    path("desk/statistics/<int:year>/", desk.year, name="year"),
    path("desk/statistics/<int:year>/filing/", desk.filing, name="filing"),
    path("desk/statistics/<int:year>/<str:cell_id>/", desk.cell, name="cell"),
]
