"""The clock as Danish is written: "kl. 14.30". Everything else is Django's Danish."""

DATETIME_FORMAT = r"j. F Y \k\l. H.i"
SHORT_DATETIME_FORMAT = r"d.m.Y \k\l. H.i"
TIME_FORMAT = "H.i"
