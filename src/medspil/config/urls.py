"""All addresses of the site, grouped by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("medspil.web.urls")),
    path("", include("medspil.web.areas.urls")),
    path("", include("medspil.web.linking.urls")),
    path("", include("medspil.web.mapping.urls")),
    path("", include("medspil.web.offers.urls")),
    path("", include("medspil.web.partnerships.urls")),
    path("", include("medspil.web.walks.urls")),
    path("", include("medspil.web.alignment.urls")),
    path("", include("medspil.web.agreements.urls")),
    path("", include("medspil.web.pulses.urls")),
    path("", include("medspil.web.boards.urls")),
    path("", include("medspil.web.progress.urls")),
    path("fordelinger/", include("medspil.web.rounds.urls")),
    path("katalog/", include("medspil.web.catalogue.urls")),
    path("konto/", include("medspil.web.accounts.urls")),
    path("organisationer/", include("medspil.web.organisations.urls")),
    path("virksomheder/", include("medspil.web.organisations.profile_urls")),
    path("virksomheder/", include("medspil.web.register.urls")),
]

handler400 = "medspil.web.errors.bad_request"
handler403 = "medspil.web.errors.forbidden"
handler404 = "medspil.web.errors.not_found"
handler500 = "medspil.web.errors.broken"
