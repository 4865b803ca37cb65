"""``/design/``: every component with its states, and whole sample pages. Who may see it is for config to say."""

from django.urls import path

from gongkai.design import views

app_name = "design"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("page/<slug:name>/", views.sample_page, name="sample"),
]
