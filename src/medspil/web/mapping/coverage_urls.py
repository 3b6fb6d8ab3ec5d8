"""Addresses of what an area lacks; they stand among those of the map."""

from django.urls import path

from medspil.web.mapping import coverage, coverage_edit

urlpatterns = [
    path("omraader/<int:pk>/mangler/", coverage.show, name="coverage"),
    path("omraader/<int:pk>/mangler/hent.csv", coverage.export, name="coverage_export"),
    path("udfordringer/<int:pk>/kompetencer/", coverage_edit.competences, name="competences"),
    path("udfordringer/<int:pk>/kompetencer/<slug:kind>/behov", coverage_edit.make_need, name="coverage_need"),
]
