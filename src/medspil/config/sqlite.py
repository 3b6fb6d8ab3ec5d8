"""Puts a recent SQLite in place of the system's, before Django loads its backend.

Debian's own (3.40) has a bug that can corrupt a WAL database written by two processes at once, which is what a web
process and a worker are; it is mended in 3.51.3. The wheel `pysqlite3` brings a newer one for Linux.
"""

import sys

try:
    import pysqlite3
except ImportError:  # other systems bring a recent SQLite with Python; the system check looks at the version
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
