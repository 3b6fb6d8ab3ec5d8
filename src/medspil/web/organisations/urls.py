"""Addresses of organisations and their people."""

from django.urls import path

from medspil.web.organisations import creating, merging, post, views

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
    # Mail
    path("<int:pk>/post/", post.mails, name="mails"),
    path("<int:pk>/post/<int:message>/igen/", post.send_again, name="mail_again"),
    path("<int:pk>/post/<int:message>/stop/", post.stop, name="mail_stop"),
    path("<int:pk>/post/<int:message>/kom-tilbage/", post.came_back, name="mail_came_back"),
    path("<int:pk>/post/<int:message>/skriv-igen/", post.write_again, name="mail_write_again"),
    # People
    path("<int:pk>/personer/ny/", views.add_person, name="add_person"),
    path("<int:pk>/personer/<int:membership>/rolle/", views.change_role, name="change_role"),
    path("<int:pk>/personer/<int:membership>/slut/", views.end_membership, name="end_membership"),
]
