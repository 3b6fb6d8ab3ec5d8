"""Addresses of the catalogue; all of them are public."""

from django.urls import path

from medspil.web.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.list_, name="list"),
    path("kerneydelser/", views.affinity, name="affinity"),
    path("<slug:code>/", views.case, name="case"),
]
