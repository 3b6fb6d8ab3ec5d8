"""Addresses of areas, their challenges and needs."""

from django.urls import path

from medspil.web.areas import challenges, facts, needs, news, sections, views

app_name = "areas"
urlpatterns = [
    path("omraader/", views.list_, name="list"),
    path("omraader/nyt/", views.create, name="create"),
    path("omraader/<int:pk>/", views.detail, name="detail"),
    path("omraader/<int:pk>/arkiver/", views.archive, {"away": True}, name="archive"),
    path("omraader/<int:pk>/hent-frem/", views.archive, {"away": False}, name="restore"),
    *(
        path(f"omraader/<int:pk>/{slug}/", sections.edit_area, {"section": code}, name=f"edit_{code}")
        for code, (_form, _template, slug) in sections.AREA_PAGES.items()
    ),
    path("omraader/<int:pk>/lister/", facts.statuses, name="edit_statuses"),
    path("omraader/<int:pk>/lister/<int:status>/fjern/", facts.remove_status, name="remove_status"),
    path("omraader/<int:pk>/medspillere/", facts.partners, name="edit_partners"),
    path("omraader/<int:pk>/medspillere/<int:organisation>/fjern/", facts.remove_partner, name="remove_partner"),
    path("omraader/<int:pk>/virksomheder/", news.news, name="news"),
    path("omraader/<int:pk>/virksomheder/hent.csv", news.export, name="news_export"),
    path("omraader/<int:pk>/virksomheder/laest", news.read, name="news_read"),
    # Challenges
    path("omraader/<int:pk>/udfordringer/ny/", challenges.create, name="challenge_create"),
    path("udfordringer/<int:pk>/", challenges.edit, name="challenge_edit"),
    path("udfordringer/<int:pk>/arkiver/", challenges.archive, {"away": True}, name="challenge_archive"),
    path("udfordringer/<int:pk>/hent-frem/", challenges.archive, {"away": False}, name="challenge_restore"),
    # Needs
    path("omraader/<int:pk>/behov/nyt/", needs.create, name="need_create"),
    path("behov/<int:pk>/", needs.detail, name="need"),
    path("behov/<int:pk>/arkiver/", needs.archive, {"away": True}, name="need_archive"),
    path("behov/<int:pk>/hent-frem/", needs.archive, {"away": False}, name="need_restore"),
    *(
        path(f"behov/<int:pk>/{slug}/", sections.edit_need, {"section": code}, name=f"need_edit_{code}")
        for code, (_form, _template, slug) in sections.NEED_PAGES.items()
    ),
]
