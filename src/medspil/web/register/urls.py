"""Addresses of the register's pages."""

from django.urls import path

from medspil.web.register import imports, lookup, views

app_name = "register"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<int:number>/", views.detail, name="detail"),
    path("hent/", lookup.lookup, name="lookup"),
    path("register/", views.status, name="status"),
    path("register/hent.csv", views.status_export, name="status_export"),
    path("register/indeks/", views.index, name="index"),
    path("import/", imports.list_, name="imports"),
    path("import/ny/", imports.upload, name="upload"),
    path("import/<int:pk>/", imports.detail, name="import"),
    path("import/<int:pk>/kolonner/", imports.columns, name="columns"),
    path("import/<int:pk>/sammenlign/", imports.compare, name="compare"),
    path("import/<int:pk>/anvend/", imports.apply, name="apply"),
    path("import/<int:pk>/kasser/", imports.discard, name="discard"),
    path("import/<int:pk>/afviste.csv", imports.rejected, name="rejected"),
]
