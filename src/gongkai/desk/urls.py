from django.contrib.auth.views import LogoutView
from django.urls import path

from gongkai.desk.views import entrance

app_name = "desk"
urlpatterns = [
    path("desk/login/", entrance.Login.as_view(), name="login"),
    path("desk/logout/", LogoutView.as_view(), name="logout"),
    path("desk/login/<uuid:public_id>/", entrance.enter_demonstration, name="enter-demonstration"),
    path("desk/", entrance.Login.as_view(), name="home"),
    path("desk/instructions/", entrance.Login.as_view(), name="instructions"),
]
