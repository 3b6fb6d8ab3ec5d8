"""The words of made-up names: coined places and surnames, common first names, what trades call themselves."""

from typing import Final

from medspil.cli.example.names import FIRST, LAST, TRADE

# Coined, so that no real company and no real person bears the whole.
BEGINNINGS: Final = (
    *FIRST,
    *(
        "Aldr Bask Bimm Blyn Brisk Dask Dingel Drag Durr Flant Fris Gimm Glar Gnist Gorm Grav Halk Hjælm Hulm "
        "Huld Jask Kalk Kimm Klin Knag Kolb Krans Krum Kvern Lask Lind Lurm Malm Mimr Musk Narv Nist Norm Olm "
        "Pask Plov Prik Pust Ram Risl Rost Rulm Salg Sask Skar Skelm Slim Smal Snur Spang Stav Strim Sval Sved "
        "Tald Tarm Tolk Trav Tum Ugl Valm Vask Virm Vrå Yng Ådel Ask Bram Drej Elv Fagr Glente".split()
    ),
)
ENDS: Final = (
    *LAST,
    *"bo borg brink dige eg flod gab hus kilde lev led mark mølle rup sig slet søe tved vad vold".split(),
)
FIRST_NAMES: Final = tuple(
    "Anne Peter Kirsten Michael Hanne Lars Mette Jens Anna Thomas Helle Søren Susanne Henrik Lene Christian Maria "
    "Martin Marianne Jan Inge Morten Karen Jesper Lone Anders Camilla Niels Pia Mads Louise Rasmus Charlotte Per "
    "Jette Kim Tina Hans Gitte Jørgen Bente Ole Anja Frederik Rikke Daniel Ida Ali Fatima Mohamed Yasmin Emma "
    "Oliver Freja Magnus Aase".split()
)
MIDDLE: Final = ("", "", "", "", " A.", " B.", " K.", " Lind", " Holm", " Bro")
ASSOCIATIONS: Final = (
    "Grundejerforeningen", "Idrætsforeningen", "Støtteforeningen for", "Beboerforeningen", "Spejdergruppen",
    "Kulturforeningen", "Lokalrådet", "Pensionistforeningen", "Borgerforeningen", "Aftenskolen", "Koret", "Vandværket",
    "Andelsboligforeningen", "Bådelauget", "Frivilliggruppen", "Venskabsforeningen",
)  # fmt: skip
AUTHORITIES: Final = (
    "Skole",
    "Børnehus",
    "Plejehjem",
    "Bibliotek",
    "Hjemmepleje",
    "Jobcenter",
    "Ungdomsskole",
    "Værksted",
)
HOLDINGS: Final = ("Holding", "Invest", "Ejendomme", "Kapital", "Finans", "Holding 2", "Group", "Huse")
EXTRAS: Final = (
    "",
    "",
    "",
    "",
    "",
    " Danmark",
    " & Søn",
    " Syd",
    " Nord",
    " 24",
    ", Mad & Vin",
    ' "Den Lille"',
    " - afd. 2",
)
SUFFIXES: Final = {
    "60": " A/S", "80": " ApS", "81": " IVS", "30": " I/S", "40": " K/S", "70": " P/S",
    "130": " A.M.B.A.", "151": " S.M.B.A.",
}  # fmt: skip


def trade_words(code: str) -> tuple[str, ...]:
    """Return what a trade calls itself, by the longest matching start of its industry code."""
    for length in range(len(code), 1, -1):
        if code[:length] in TRADE:
            return TRADE[code[:length]]
    return ("Værk", "Service", "Produktion")
