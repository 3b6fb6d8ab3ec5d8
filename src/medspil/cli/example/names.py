"""Coins names for the made-up register: words no real company bears, joined with what the trade calls itself."""

from random import Random

FIRST = (
    "Brav Duft Egl Fjog Glim Hyl Isel Kvist Lyng Morl Nebb Ode Pil Rav Sirl Tvær Ulm Vimp Ylt Ærl Ørn Ålu Bols Dræv "
    "Fnug Gry Hvem Jøl Klap Lum Myl Nør Plys Rims Skum Tusm Vild Balm Drys Flim Grum Kry Lus Mos Nyk Pust Sol Trym"
).split()
LAST = (
    "holt næs vang bæk torp gård lund høj sted mose skov ager dal ager bjerg vig strup løse kær toft hede odde sande"
    " krog eng fjeld by bro ryd"
).split()

# What a trade calls itself, by the longest matching start of its industry code.
TRADE: dict[str, tuple[str, ...]] = {
    "01": ("Landbrug", "Gartneri", "Planteavl"),
    "10": ("Fødevarer", "Bageri"),
    "16": ("Træ", "Snedkeri"),
    "18": ("Tryk", "Bogtryk"),
    "25": ("Smedje", "Metal"),
    "32": ("Legetøj", "Instrumenter"),
    "41": ("Byg", "Entreprise"),
    "43": ("Håndværk", "Montage"),
    "4321": ("El", "Elteknik"),
    "4322": ("VVS", "Varme"),
    "4332": ("Tømrer", "Snedker"),
    "4334": ("Maler", "Farver"),
    "4339": ("Murer", "Facade"),
    "46": ("Engros", "Import"),
    "47": ("Butik", "Handel"),
    "49": ("Vognmand", "Transport"),
    "52": ("Logistik", "Spedition"),
    "55": ("Hotel", "Kro"),
    "56": ("Café", "Køkken", "Spisehus"),
    "58": ("Forlag", "Udgivelser"),
    "5812": ("Avis", "Dagblad"),
    "582": ("Software", "Spil"),
    "59": ("Film", "Lyd"),
    "60": ("Radio", "Sendehus"),
    "61": ("Net", "Tele"),
    "62": ("IT", "Kode", "Systemer"),
    "63": ("Data", "Drift"),
    "64": ("Invest", "Finans"),
    "649": ("Kredit", "Realkredit"),
    "65": ("Forsikring", "Pension"),
    "66": ("Assurance", "Formue"),
    "68": ("Ejendomme", "Boliger"),
    "69": ("Advokat", "Revision"),
    "70": ("Rådgivning", "Ledelse"),
    "71": ("Arkitekter", "Ingeniører"),
    "72": ("Forskning", "Laboratorium"),
    "73": ("Reklame", "Kommunikation"),
    "74": ("Design", "Studie"),
    "742": ("Foto", "Fotograf"),
    "77": ("Udlejning", "Maskiner"),
    "78": ("Vikar", "Rekruttering"),
    "81": ("Rengøring", "Anlægsgartner"),
    "82": ("Service", "Kontor"),
    "84": ("Forvaltning", "Styrelse"),
    "8425": ("Beredskab", "Brandstation"),
    "85": ("Skole", "Kursus"),
    "86": ("Klinik", "Lægehus"),
    "87": ("Bosted", "Plejehjem"),
    "88": ("Børnehus", "Omsorg"),
    "90": ("Scene", "Teater", "Atelier"),
    "91": ("Museum", "Samling"),
    "9101": ("Bibliotek", "Læsesal"),
    "93": ("Fitness", "Idrætsforening"),
    "94": ("Forening", "Fællesskab"),
    "95": ("Reparation", "Værksted"),
    "96": ("Frisør", "Velvære"),
}


def coined_name(random: Random, industry: str) -> str:
    """Return a name such as "Kvistholt Tømrer": a coined place and the trade."""
    place = random.choice(FIRST) + random.choice(LAST)
    for length in range(len(industry), 1, -1):
        if industry[:length] in TRADE:
            return f"{place} {random.choice(TRADE[industry[:length]])}"
    return f"{place} Værk"
