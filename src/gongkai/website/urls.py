from django.urls import path

from gongkai.desk.views import entrance

app_name = "website"
urlpatterns = [path("", entrance.Login.as_view(), name="home")]
