"""Addresses of links: of one, of an area's, of its network, and of who is asked how often."""

from django.urls import path

from medspil.web.linking import (
    asked,
    board,
    link_actions,
    link_brokers,
    link_create,
    link_edits,
    link_files,
    link_no,
    link_notes,
    link_page,
    network,
)

urlpatterns = [
    path("omraader/<int:pk>/koblinger/", board.links, name="links"),
    path("omraader/<int:pk>/netvaerk/", network.network, name="network"),
    path("omraader/<int:pk>/koblinger/hent.<str:kind>", link_files.links, name="links_export"),
    path("virksomheder/spurgt/", asked.asked, name="asked"),
    path("virksomheder/spurgt/hent.<str:kind>", link_files.asked, name="asked_export"),
    path("koblinger/ny/", link_create.create, name="link_create"),
    path("koblinger/<int:pk>/", link_page.detail, name="link"),
    path("koblinger/<int:pk>/saetning/", link_edits.edit, name="link_edit"),
    path("koblinger/<int:pk>/part/ny/", link_edits.add, name="link_add"),
    path("koblinger/<int:pk>/part/<int:party>/fjern", link_edits.remove, name="link_remove"),
    path("koblinger/<int:pk>/part/<int:party>/spurgt", link_actions.ask, name="link_ask"),
    path("koblinger/<int:pk>/part/<int:party>/ikke-spurgt", link_actions.ask_undo, name="link_ask_undo"),
    path("koblinger/<int:pk>/part/<int:party>/ja", link_actions.yes, name="link_yes"),
    path("koblinger/<int:pk>/part/<int:party>/nej/", link_no.no, name="link_no"),
    path("koblinger/<int:pk>/part/<int:party>/bidrag/", link_edits.brings, name="link_brings"),
    path("koblinger/<int:pk>/part/<int:party>/lov/", link_edits.consent, name="link_consent"),
    path("koblinger/<int:pk>/partnerskab", link_actions.partnership, name="link_partnership"),
    path("koblinger/<int:pk>/ikke-partnerskab", link_actions.partnership_undo, name="link_partnership_undo"),
    path("koblinger/<int:pk>/arkiver", link_edits.archive, {"away": True}, name="link_archive"),
    path("koblinger/<int:pk>/hent-frem", link_edits.archive, {"away": False}, name="link_restore"),
    path("koblinger/<int:pk>/noter", link_notes.write, name="link_note"),
    path("noter/<int:pk>/", link_notes.edit, name="note_edit"),
    path("noter/<int:pk>/fjern", link_notes.remove, name="note_remove"),
    path("koblinger/<int:pk>/brobygger", link_brokers.come, name="broker_come"),
    path("koblinger/<int:pk>/introduceret", link_brokers.introduce, name="broker_introduce"),
    path("brobygning/<int:pk>/overlever/", link_brokers.leave, name="broker_leave"),
    path("brobygning/<int:pk>/bliver", link_brokers.stay, name="broker_stay"),
    path("brobygning/<int:pk>/tjekliste", link_brokers.tick, name="broker_tick"),
    path("afslag/<int:pk>/fortryd", link_no.undo, name="refusal_undo"),
]
