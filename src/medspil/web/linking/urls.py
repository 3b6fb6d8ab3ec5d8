"""Addresses of the ranking and the shortlist of a need, and of links between parties."""

from django.urls import path

from medspil.web.linking import (
    brokers_leave,
    company,
    decisions,
    downloads,
    link_urls,
    need_no,
    open_need,
    shortlist,
    views,
)

app_name = "linking"
urlpatterns = [
    path("virksomheder/<int:number>/behov/", company.needs, name="company_needs"),
    path("aabne-behov/<int:pk>/", open_need.detail, name="open_need"),
    path("behov/<int:pk>/virksomheder/", views.ranking, name="ranking"),
    path("behov/<int:pk>/virksomheder/find", views.find, name="find"),
    path("behov/<int:pk>/virksomheder/gem", views.save, name="save"),
    path("behov/<int:pk>/virksomheder/hent.<str:kind>", downloads.ranking, name="export"),
    path("behov/<int:pk>/virksomheder/<int:number>/behold", decisions.keep, name="keep"),
    path("behov/<int:pk>/virksomheder/<int:number>/laeg-til-side", decisions.set_aside, name="set_aside"),
    path("behov/<int:pk>/virksomheder/<int:number>/nej/", need_no.company, name="need_no"),
    path("behov/<int:pk>/tilbud/<int:offer>/nej/", need_no.giver, name="offer_no"),
    path("behov/<int:pk>/liste/", shortlist.shortlist, name="shortlist"),
    path("behov/<int:pk>/liste/hent.<str:kind>", downloads.shortlist, name="shortlist_export"),
    path("kandidater/<int:pk>/", shortlist.change, name="change"),
    path("kandidater/<int:pk>/fortryd", decisions.undo, name="undo"),
    path("rangeringer/<int:pk>/", views.run, name="run"),
    path("rangeringer/<int:pk>/gentag", views.repeat, name="repeat"),
    path("brobygning/stop/", brokers_leave.leave_all, name="brokers_leave"),
    *link_urls.urlpatterns,
]
