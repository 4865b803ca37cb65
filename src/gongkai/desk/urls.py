from django.contrib.auth.views import LogoutView
from django.urls import path

from gongkai.desk.views import calendar, entrance, home, kept, office, people

app_name = "desk"
urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/organ/", home.choose_organ, name="choose-organ"),
    path("desk/login/", entrance.Login.as_view(), name="login"),
    path("desk/logout/", LogoutView.as_view(), name="logout"),
    path("desk/login/<uuid:public_id>/", entrance.enter_demonstration, name="enter-demonstration"),
    path("desk/kept/", kept.kept, name="kept"),
    path("desk/kept/autosave/", kept.autosave, name="autosave"),
    path("desk/kept/<uuid:public_id>/drop/", kept.drop, name="kept-drop"),
    path("desk/calendar/", calendar.calendar, name="calendar"),
    path("desk/agencies/", people.agencies, name="agencies"),
    path("desk/people/", people.people, name="people"),
    path("desk/instructions/", office.instructions, name="instructions"),
    path("desk/instructions/<uuid:public_id>/confirm/", office.confirm, name="confirm-instruction"),
    path("desk/settings/", office.settings, name="settings"),
    path("desk/trail/", office.trail, name="trail"),
]
