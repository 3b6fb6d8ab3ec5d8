"""Addresses of the pages that belong to no single room."""

from django.urls import path

from medspil.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("privatliv/", views.privacy, name="privacy"),
    path("sprog/", views.choose_language, name="set_language"),
    path("sund", views.healthy, name="healthy"),
    path("robots.txt", views.robots, name="robots"),
]
