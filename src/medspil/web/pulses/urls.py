"""Addresses of the pages about how partnerships go, and of those that one-time links lead to."""

from django.urls import path

from medspil.web.pulses import by_link, views, writing

app_name = "pulses"
urlpatterns = [
    path("partnerskaber/<int:pk>/puls/", views.overview, name="overview"),
    path("partnerskaber/<int:pk>/puls/rytme", views.rhythm, name="rhythm"),
    path("partnerskaber/<int:pk>/puls/nyt", views.tell, name="tell"),
    path("partnerskaber/<int:pk>/puls/part/<int:partner>/svar", views.answer, name="answer"),
    path("partnerskaber/<int:pk>/puls/part/<int:partner>/mails", views.mails, name="mails"),
    path("partnerskaber/<int:pk>/puls/nyt/<int:news>/traek-tilbage", views.take_news, {"back": True}, name="news_away"),
    path("partnerskaber/<int:pk>/puls/nyt/<int:news>/vis-igen", views.take_news, {"back": False}, name="news_again"),
    path("svar/puls/<str:token>/", by_link.pulse, name="pulse"),
    path("svar/puls/<str:token>/aabnet/", by_link.pulse_opened, name="pulse_opened"),
    path("svar/nyt/<str:token>/", by_link.news, name="news_mail"),
    path("svar/nyt/<str:token>/aabnet/", by_link.news_opened, name="news_opened"),
    path("svar/skriv/<str:token>/", writing.write, name="write"),
]
