"""Addresses of the pages of partnerships, and of those about writing to the sides of links."""

from django.urls import path

from medspil.web.partnerships import conversations, invitations, letters, papers, partnership_page, views

app_name = "partnerships"
urlpatterns = [
    path("partnerskaber/", partnership_page.list_, name="list"),
    path("partnerskaber/<int:pk>/", partnership_page.detail, name="detail"),
    path("koblinger/<int:pk>/part/<int:party>/henvendelse/", views.pitch, name="pitch"),
    path("koblinger/<int:pk>/part/<int:party>/henvendelse/opkald/", views.call, name="call"),
    path("koblinger/<int:pk>/part/<int:party>/henvendelse/ark-<str:language>.pdf", papers.sheet, name="sheet"),
    path("breve/<int:pk>/", letters.detail, name="letter"),
    path("breve/<int:pk>/ret/", letters.edit, name="letter_edit"),
    path("breve/<int:pk>/send", letters.send, name="letter_send"),
    path("breve/<int:pk>/laeg-vaek", letters.put_away, {"away": True}, name="letter_away"),
    path("breve/<int:pk>/hent-frem", letters.put_away, {"away": False}, name="letter_back"),
    path("koblinger/<int:pk>/part/<int:party>/samtale/ny/", conversations.note, name="conversation_new"),
    path("koblinger/<int:pk>/part/<int:party>/samtale/indbydelse/", invitations.bring, name="invitation"),
    path("samtaler/<int:pk>/", conversations.detail, name="conversation"),
    path("samtaler/<int:pk>/loefte", conversations.promise, name="promise"),
    path("samtaler/<int:pk>/fjern", conversations.remove, name="conversation_remove"),
    path("loefter/<int:pk>/holdt", conversations.keep, {"kept": True}, name="promise_kept"),
    path("loefter/<int:pk>/ikke-holdt", conversations.keep, {"kept": False}, name="promise_open"),
]
