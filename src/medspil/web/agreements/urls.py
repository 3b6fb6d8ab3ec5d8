"""Addresses of the pages of agreements, and of those that a one-time link leads to."""

from django.urls import path

from medspil.web.agreements import answering, law, settling, views, writing

app_name = "agreements"
OF = "partnerskaber/<int:pk>/aftale/"
urlpatterns = [
    path(OF, views.overview, name="overview"),
    path(f"{OF}begynd", writing.begin, name="begin"),
    path(f"{OF}felt/<str:code>/", writing.field, name="field"),
    path(f"{OF}dage/", writing.days, name="days"),
    path(f"{OF}tjek/", law.checks, name="checks"),
    path(f"{OF}foreslaa/", writing.suggest, name="suggest"),
    path(f"{OF}<int:number>/", views.version, name="version"),
    path(f"{OF}<int:number>/laeg-vaek", writing.put_away, {"away": True}, name="put_away"),
    path(f"{OF}<int:number>/hent-frem", writing.put_away, {"away": False}, name="bring_back"),
    path(f"{OF}<int:number>/behold", writing.keep, name="keep"),
    path(f"{OF}<int:number>/aftale-<str:language>.pdf", views.paper, name="paper"),
    path(f"{OF}<int:number>/siden/<int:other>/", views.difference, name="difference"),
    path(f"{OF}<int:number>/ret/", settling.change, name="change"),
    path(f"{OF}<int:number>/bekraeft/<int:partner>/", settling.confirm, name="confirm"),
    path(f"{OF}<int:number>/spoerg/<int:partner>/", settling.ask, name="ask"),
    path(f"{OF}<int:number>/pause/", settling.stop, {"ending": False}, name="pause"),
    path(f"{OF}<int:number>/slut/", settling.stop, {"ending": True}, name="end"),
    path(f"{OF}<int:number>/videre", settling.go_on, name="go_on"),
    path("svar/aftale/<str:token>/", answering.answer, name="answer"),
    path("svar/aftale/<str:token>/aabnet", answering.opened, name="opened"),
    path("svar/aftale/<str:token>/ny", answering.newest, name="newest"),
    path("svar/aftale/<str:token>/aftale.pdf", answering.paper, name="answer_paper"),
    path("svar/aftalekopi/<str:token>/", answering.copy, name="copy"),
]
