"""Addresses of the pages about alignment, and of those that a one-time link leads to."""

from django.urls import path

from medspil.web.alignment import answering, asking, papers, views

app_name = "alignment"
urlpatterns = [
    path("partnerskaber/<int:pk>/afstemning/", views.overview, name="overview"),
    path("partnerskaber/<int:pk>/afstemning/forskelle", views.step, name="step"),
    path("partnerskaber/<int:pk>/afstemning/ark-<str:language>.pdf", papers.paper, name="paper"),
    path("partnerskaber/<int:pk>/afstemning/part/<int:partner>/", views.fill, name="fill"),
    path("partnerskaber/<int:pk>/afstemning/part/<int:partner>/spoerg/", asking.ask, name="ask"),
    path("partnerskaber/<int:pk>/afstemning/part/<int:partner>/paamind", asking.remind, name="remind"),
    path("partnerskaber/<int:pk>/afstemning/part/<int:partner>/tag-tilbage", asking.back, name="ask_back"),
    path("svar/afstemning/<str:token>/", answering.sheet, name="sheet"),
    path("svar/afstemning/<str:token>/aabnet", answering.sheet_opened, name="sheet_opened"),
    path("svar/forskelle/<str:token>/", answering.settle, name="settle"),
    path("svar/forskelle/<str:token>/aabnet", answering.settle_opened, name="settle_opened"),
]
