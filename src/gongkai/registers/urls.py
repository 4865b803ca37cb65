from django.urls import path

from gongkai.registers.views import desk

app_name = "registers"
urlpatterns = [
    path("desk/registers/<slug:name>/", desk.register, name="register"),
    path("desk/registers/<slug:name>/<uuid:public_id>/", desk.entry, name="entry"),
]
