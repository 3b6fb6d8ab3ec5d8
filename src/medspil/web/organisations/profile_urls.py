"""Addresses of the profiles of companies."""

from django.urls import path

from medspil.web.organisations import profiles

app_name = "profiles"
urlpatterns = [
    path("tjekkede/", profiles.list_, name="list"),
    path("profil/<str:ref>/", profiles.detail, name="detail"),
    path("profil/<str:ref>/note/", profiles.note, name="note"),
    path("profil/<str:ref>/<str:topic>/", profiles.answer, name="answer"),
]
