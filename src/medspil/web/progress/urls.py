"""Addresses of the pages about how far links and partnerships are."""

from django.urls import path

from medspil.web.progress import digest, moments, patience, referrals, views

app_name = "progress"
urlpatterns = [
    path("omraader/<int:pk>/forloeb/", views.area, name="area"),
    path("omraader/<int:pk>/forloeb/ventetid/", patience.patience, name="patience"),
    path("konto/venter/", digest.waiting, name="waiting"),
    path("konto/kalender/", digest.calendar, name="calendar"),
    path("konto/kalender/tag-tilbage", digest.calendar_back, name="calendar_back"),
    path("kalender/<str:token>.ics", digest.feed, name="feed"),
    path("koblinger/<int:pk>/giv-videre/", referrals.refer, name="refer"),
    path("overdragelser/<int:pk>/ja", referrals.answer, {"taken": True}, name="take_on"),
    path("overdragelser/<int:pk>/nej", referrals.answer, {"taken": False}, name="give_back"),
    path("partnerskaber/<int:pk>/oejeblik/", moments.note, name="moment"),
    path("oejeblikke/<int:pk>/fortryd", moments.take_back, name="moment_undo"),
    path("overdragelser/<int:pk>/kald-tilbage", referrals.call_off, name="call_off"),
]
