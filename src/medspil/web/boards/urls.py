"""Addresses of the pages of boards."""

from django.urls import path

from medspil.web.boards import members, page, rules, seats, sums
from medspil.web.boards.meeting_urls import MEETING_URLS

app_name = "boards"
OF = "partnerskaber/<int:pk>/bestyrelse/"
urlpatterns = [
    path(OF, page.board, name="board"),
    path(f"{OF}opret/", page.found, name="found"),
    path(f"{OF}navn/", page.rename, name="rename"),
    path(f"{OF}formand/", page.name_chairs, name="chairs"),
    path(f"{OF}oploes/", page.dissolve, name="dissolve"),
    path(f"{OF}hent-frem", page.bring_back, name="bring_back"),
    path(f"{OF}bagland/ny/", seats.new, name="constituency_new"),
    path(f"{OF}bagland/<int:constituency>/", seats.change, name="constituency"),
    path(f"{OF}bagland/<int:constituency>/fjern", seats.take_away, name="constituency_away"),
    path(f"{OF}bagland/<int:constituency>/plads/", members.seat, name="seat"),
    path(f"{OF}medlem/<int:member>/", members.correct, name="member"),
    path(f"{OF}medlem/<int:member>/genvalg/", members.again, name="again"),
    path(f"{OF}medlem/<int:member>/udtraeder/", members.leave, name="leave"),
    path(f"{OF}medlem/<int:member>/bliver", members.stay, name="stay"),
    path(f"{OF}medlem/<int:member>/fejl", members.take_back, name="member_back"),
    path(f"{OF}forretningsorden/ny/", rules.adopt, name="rules_new"),
    path(f"{OF}forretningsorden/<int:number>/", rules.version, name="rules"),
    path(f"{OF}beloeb/nyt/", sums.new, name="sum_new"),
    path(f"{OF}beloeb/<int:earmark>/", sums.change, name="sum"),
    path(f"{OF}beloeb/<int:earmark>/laeg-vaek", sums.put_away, {"away": True}, name="sum_away"),
    path(f"{OF}beloeb/<int:earmark>/hent-frem", sums.put_away, {"away": False}, name="sum_back"),
    *MEETING_URLS,
]
