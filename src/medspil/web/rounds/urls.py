"""Addresses of allocations."""

from django.urls import path, register_converter

from medspil.web.rounds import applying, board, downloads, pairs, pasting, rows, views

app_name = "rounds"


class SideConverter:
    """Which side of a round an address is about: those who ask, or those who give."""

    regex = "oensker|udbud"

    def to_python(self, value: str) -> bool:
        """Return whether it is the side that asks."""
        return value == "oensker"

    def to_url(self, value: bool | str) -> str:
        """Return the word of a side."""
        return value if isinstance(value, str) else "oensker" if value else "udbud"


register_converter(SideConverter, "side")

urlpatterns = [
    path("", views.list_, name="list"),
    path("ny/", views.create, name="create"),
    path("<int:pk>/", board.board, name="board"),
    path("<int:pk>/ret/", views.edit, name="edit"),
    path("<int:pk>/arkiver/", views.archive, {"away": True}, name="archive"),
    path("<int:pk>/hent-frem/", views.archive, {"away": False}, name="restore"),
    path("<int:pk>/aabn/", views.reopen, name="reopen"),
    path("<int:pk>/udregn/", board.run, name="run"),
    path("<int:pk>/fortryd/", board.undo, name="undo"),
    path("<int:pk>/par/<int:demand>/<int:supply>/", pairs.pair, name="pair"),
    path("<int:pk>/flyt/<int:demand>/", pairs.move, name="move"),
    path("<int:pk>/koblinger/", applying.apply, name="apply"),
    path("<int:pk>/koblinger/staar-for/", applying.answers, name="answers"),
    path("<int:pk>/koblinger/omraader/", applying.areas, name="areas"),
    path("<int:pk>/hent.<str:kind>", downloads.export, name="export"),
    path("<int:pk>/<side:asks>/", rows.rows, name="rows"),
    path("<int:pk>/<side:asks>/vaelg/", rows.choose, name="choose"),
    path("<int:pk>/<side:asks>/ny/", rows.add, name="add"),
    path("<int:pk>/<side:asks>/indsaet/", pasting.paste, name="paste"),
    path("<int:pk>/<side:asks>/<int:row>/", rows.edit, name="row"),
    path("<int:pk>/<side:asks>/<int:row>/ud/", rows.set_out, {"out": True}, name="row_out"),
    path("<int:pk>/<side:asks>/<int:row>/glem/", rows.forget, name="row_forget"),
    path("<int:pk>/<side:asks>/<int:row>/ind/", rows.set_out, {"out": False}, name="row_back"),
]
