from django.urls import path

from gongkai.registers.views import desk, paste, supply

app_name = "registers"
urlpatterns = [
    path("desk/registers/supply/", supply.sheets, name="supply"),
    path("desk/registers/supply/ask/", supply.ask_organs, name="supply_ask"),
    path("desk/registers/supply/<uuid:public_id>/", supply.sheet, name="supply_sheet"),
    path("desk/registers/supply/<uuid:public_id>/file/", supply.sheet_file, name="supply_file"),
    path("desk/registers/supply/figures/<uuid:public_id>/", supply.figure, name="supply_figure"),
    path("desk/registers/three-levels/", desk.three_levels, name="three_levels"),
    path("desk/registers/overview/", desk.overview, name="overview"),
    path("desk/registers/<slug:name>/", desk.register, name="register"),
    path("desk/registers/<slug:name>/paste/", paste.paste, name="paste"),
    path("desk/registers/<slug:name>/export/", desk.export, name="export"),
    path("desk/registers/<slug:name>/<uuid:public_id>/", desk.entry, name="entry"),
    path("desk/registers/<slug:name>/<uuid:public_id>/replace/", desk.replace, name="replace"),
    path("desk/registers/<slug:name>/<uuid:public_id>/file/", desk.entry_file, name="entry_file"),
]
