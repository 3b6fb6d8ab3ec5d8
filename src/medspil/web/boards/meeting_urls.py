"""Addresses of the pages of meetings and decisions of a board."""

from django.urls import URLPattern, path

from medspil.web.boards import (
    agenda,
    approval,
    attendance,
    coming,
    decisions,
    in_writing,
    items,
    meeting_papers,
    meetings,
)

BOARD = "partnerskaber/<int:pk>/bestyrelse/"
ONE = f"{BOARD}moeder/<int:meeting>/"
ITEM = f"{ONE}punkt/<int:item>/"
MEETING_URLS: list[URLPattern] = [
    path(f"{BOARD}moeder/", meetings.meetings, name="meetings"),
    path(f"{BOARD}moeder/nyt/", meetings.new, name="meeting_new"),
    path(f"{BOARD}beslutninger/", decisions.decisions, name="decisions"),
    path(f"{BOARD}beslutninger.<str:kind>", decisions.decisions_file, name="decisions_file"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}ret/", meetings.edit, name="meeting_edit"),
    path(f"{ONE}indkald", meetings.call, name="call"),
    path(f"{ONE}svar", coming.come, name="come"),
    path("svar/bestyrelse/<str:token>/", coming.answer, name="answer"),
    path("svar/bestyrelse/<str:token>/aabnet", coming.opened, name="answer_opened"),
    path("svar/bestyrelse/<str:token>/dagsorden.pdf", coming.agenda, name="answer_agenda"),
    path(f"{ONE}send-til-godkendelse", in_writing.send_out, name="minutes_out"),
    path(f"{ONE}svar-paa-referat", in_writing.say, name="minutes_say"),
    path("svar/referat/<str:token>/", in_writing.read, name="minutes_read"),
    path("svar/referat/<str:token>/aabnet", in_writing.opened, name="minutes_opened"),
    path("svar/referat/<str:token>/referat.pdf", in_writing.paper, name="minutes_paper"),
    path(f"{ONE}holdt", meetings.hold, name="hold"),
    path(f"{ONE}aflys", meetings.cancel, name="cancel"),
    path(f"{ONE}alligevel", meetings.plan_again, name="plan_again"),
    path(f"{ONE}fremmoede/", attendance.attendance, name="attendance"),
    path(f"{ONE}godkend/", approval.approve, name="approve"),
    path(f"{ONE}send-referat", meetings.send_minutes, name="send_minutes"),
    path(f"{ONE}rettelse", approval.correct, name="correct"),
    path(f"{ONE}dagsorden.pdf", meeting_papers.agenda, name="agenda_pdf"),
    path(f"{ONE}referat.pdf", meeting_papers.minutes, name="minutes_pdf"),
    path(f"{ONE}moede.ics", meeting_papers.invitation, name="meeting_ics"),
    path(f"{ONE}punkt/nyt/", agenda.new, name="item_new"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}ret/", agenda.edit, name="item_edit"),
    path(f"{ITEM}op", agenda.move, {"up": True}, name="item_up"),
    path(f"{ITEM}ned", agenda.move, {"up": False}, name="item_down"),
    path(f"{ITEM}fjern", agenda.out, {"away": True}, name="item_out"),
    path(f"{ITEM}tilbage", agenda.out, {"away": False}, name="item_back"),
    path(f"{ITEM}referat", items.write, name="item_write"),
    path(f"{ITEM}beslutning", items.decide, name="item_decide"),
    path(f"{ITEM}ude", items.leave, name="item_leave"),
    path(f"{ITEM}ude/<int:out>/inde", items.back, name="item_came_back"),
]
