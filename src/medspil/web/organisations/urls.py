"""Addresses of organisations and their people."""

from django.urls import path

from medspil.web.organisations import creating, merging, views

app_name = "organisations"
urlpatterns = [
    path("", views.list_, name="list"),
    path("opret/", creating.look_up, name="look_up"),
    path("opret/oplysninger/", creating.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ret/", views.edit, name="edit"),
    # Two records of one
    path("<int:pk>/sammenlaeg/", merging.choose, name="merge_choose"),
    path("<int:pk>/sammenlaeg/<int:other>/", merging.compare, name="merge"),
    path("<int:pk>/sammenlagt/<int:merge>/fortryd/", merging.take_back, name="merge_undo"),
    # People
    path("<int:pk>/personer/ny/", views.add_person, name="add_person"),
    path("<int:pk>/personer/<int:membership>/rolle/", views.change_role, name="change_role"),
    path("<int:pk>/personer/<int:membership>/slut/", views.end_membership, name="end_membership"),
]
