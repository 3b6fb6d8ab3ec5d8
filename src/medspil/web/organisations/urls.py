"""Addresses of organisations and their people."""

from django.urls import path

from medspil.web.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.list_, name="list"),
]
