"""Addresses of the pages about walks."""

from django.urls import path

from medspil.web.walks import answering, on_the_way, page, papers, people, plan, stops

app_name = "walks"
urlpatterns = [
    path("koblinger/<int:pk>/gaatur/", plan.of_link, name="of_link"),
    path("koblinger/<int:pk>/gaatur/ny/", plan.new, name="new"),
    path("partnerskaber/<int:pk>/gaatur/", plan.of_partnership, name="of_partnership"),
    path("partnerskaber/<int:pk>/gaatur/spring-over", plan.skip, name="skip"),
    path("partnerskaber/<int:pk>/gaatur/spring-ikke-over", plan.unskip, name="unskip"),
    path("gaature/<int:pk>/", page.detail, name="walk"),
    path("gaature/<int:pk>/ret/", plan.edit, name="edit"),
    path("gaature/<int:pk>/orden", page.order, name="order"),
    path("gaature/<int:pk>/inviter", page.invite, name="invite"),
    path("gaature/<int:pk>/holdt", page.hold, name="hold"),
    path("gaature/<int:pk>/aflys", page.cancel, name="cancel"),
    path("gaature/<int:pk>/alligevel", page.plan_again, name="plan_again"),
    path("gaature/<int:pk>/stop/vaelg/", stops.pick, name="pick"),
    path("gaature/<int:pk>/stop/skriv/", stops.write, name="write"),
    path("gaature/<int:pk>/deltagere/", people.people, name="people"),
    path("gaature/<int:pk>/deltagere/vores", people.ours, name="ours"),
    path("gaature/<int:pk>/undervejs/", on_the_way.way, name="way"),
    path("gaature/<int:pk>/gaatur.pdf", papers.sheet, name="sheet"),
    path("gaature/<int:pk>/gaatur.ics", papers.invitation, name="invitation"),
    path("svar/gaatur/<str:token>/", answering.answer, name="answer"),
    path("svar/gaatur/<str:token>/aabnet", answering.opened, name="answer_opened"),
    path("gaatur-stop/<int:pk>/", stops.edit, name="stop"),
    path("gaatur-stop/<int:pk>/op", stops.move, {"up": True}, name="up"),
    path("gaatur-stop/<int:pk>/ned", stops.move, {"up": False}, name="down"),
    path("gaatur-stop/<int:pk>/fjern", stops.out, {"away": True}, name="out"),
    path("gaatur-stop/<int:pk>/tilbage", stops.out, {"away": False}, name="back"),
    path("gaatur-stop/<int:pk>/undervejs/", on_the_way.at_stop, name="at_stop"),
    path("gaatur-noter/<int:pk>/", on_the_way.edit_note, name="note"),
    path("gaatur-noter/<int:pk>/kobling", on_the_way.make_link, name="note_link"),
    path("gaatur-noter/<int:pk>/fjern", on_the_way.remove_note, name="note_remove"),
    path("gaatur-deltagere/<int:pk>/fra", people.off, {"away": True}, name="off"),
    path("gaatur-deltagere/<int:pk>/til", people.off, {"away": False}, name="on"),
]
