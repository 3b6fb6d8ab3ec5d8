"""All addresses of the site, grouped by room."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
]
