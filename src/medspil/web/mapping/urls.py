"""Addresses of what an area has: map and list, adding, one resource, people, and the page of who is asked."""

from django.urls import path

from medspil.web.mapping import (
    adding,
    answering,
    bringing,
    coverage_urls,
    downloads,
    merging,
    one,
    people,
    profile,
    review,
    sections,
    views,
)

app_name = "mapping"
AREA = "omraader/<int:pk>/ressourcer"
ONE = "ressourcer/<int:pk>"
urlpatterns = [
    path(f"{AREA}/", views.list_, name="list"),
    path(f"{AREA}/ny/", adding.create, name="create"),
    path(f"{AREA}/person/", adding.person, name="person"),
    path(f"{AREA}/gaatur/", adding.walk, name="walk"),
    path(f"{AREA}/register/<int:number>/", adding.pick_up, name="pick_up"),
    path(f"{AREA}/liste/", bringing.paste, name="paste"),
    path(f"{AREA}/fil/", bringing.upload, name="upload"),
    path("ressourcelister/<int:pk>/", bringing.file, name="file"),
    path("ressourcelister/<int:pk>/smid-ud/", bringing.drop, name="drop"),
    path(f"{AREA}/gennemgang/", review.review, name="review"),
    path(f"{AREA}/hent.<str:kind>", downloads.export, name="export"),
    path(f"{AREA}/profil.pdf", profile.profile, name="profile"),
    path(f"{ONE}/", one.detail, name="detail"),
    *(
        path(f"{ONE}/{slug}/", sections.edit, {"section": code}, name=f"edit_{code}")
        for code, (_form, slug) in sections.PAGES.items()
    ),
    path(f"{ONE}/bekraeft/", one.confirm_now, name="confirm"),
    path(f"{ONE}/laeg-vaek/", one.archive, name="archive"),
    path(f"{ONE}/hent-frem/", one.restore, name="restore"),
    path(f"{ONE}/svar/<int:inquiry>/set/", one.dealt_with, name="dealt_with"),
    path(f"{ONE}/samme/<int:other>/", merging.merge, name="merge"),
    path(f"{ONE}/samme/<int:merged>/tilbage", merging.undo, name="merge_undo"),
    # How people are reached, and what they agreed to
    path(f"{ONE}/samtykke/", people.consent, name="consent"),
    path(f"{ONE}/samtykke/tilbage/", people.withdraw, name="withdraw"),
    path(f"{ONE}/kontakter/ny/", people.add_contact, name="add_contact"),
    path(f"{ONE}/kontakter/<int:contact>/", people.edit_contact, name="edit_contact"),
    path(f"{ONE}/kontakter/<int:contact>/slet/", people.delete_contact, name="delete_contact"),
    path(f"{ONE}/kontakter/<int:contact>/spoerg/", one.ask, name="ask"),
    # What the area lacks
    *coverage_urls.urlpatterns,
    # Who is asked by a one-time link, without an account
    path("svar/<str:token>/", answering.answer, name="answer"),
    path("svar/<str:token>/aabnet/", answering.opened, name="opened"),
]
