"""Addresses of offers."""

from django.urls import path

from medspil.web.offers import answering, area, lists, making, views

app_name = "offers"
urlpatterns = [
    path("tilbud/", lists.list_, name="list"),
    path("tilbud/nyt/", making.choose, name="choose"),
    path("tilbud/nyt/oplysninger/", making.create, name="create"),
    path("tilbud/nyt/kladde", making.draft, name="draft"),
    path("tilbud/nyt/forfra", making.drop_draft, name="drop_draft"),
    path("tilbud/mails", lists.mails, name="mails"),
    path("tilbud/<int:pk>/", views.detail, name="detail"),
    path("tilbud/<int:pk>/ret/", making.edit, name="edit"),
    path("tilbud/<int:pk>/traek-tilbage/", views.close, {"over": False}, name="withdraw"),
    path("tilbud/<int:pk>/afslut/", views.close, {"over": True}, name="end"),
    path("tilbud/<int:pk>/aabn-igen", views.reopen, name="reopen"),
    path("tilbud/<int:pk>/fjern-ord", views.take_words_away, name="words_away"),
    path("tilbud/<int:pk>/staar-ved/", views.renew, name="renew"),
    path("tilbud/<int:pk>/spoerg/", views.ask, name="ask"),
    path("tilbud/<int:pk>/overtag", views.take_over, name="take_over"),
    path("svar/tilbud/<str:token>/", answering.answer, name="answer"),
    path("svar/tilbud/<str:token>/aabnet/", answering.opened, name="opened"),
    path("omraader/<int:pk>/tilbud/", area.waits, name="area"),
    path("omraader/<int:pk>/tilbud/hent.<str:kind>", area.export, name="area_export"),
]
