"""Lets the example write its mails, and keeps each as the file that would go to the mail server.

`python scripts/mails.py FOLDER`, with MEDSPIL_DATA naming a filled example that nobody serves: screenshots.py calls it.
"""

import os
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspil.config.settings")
    django.setup()
    from example_mails import write_all  # the models are there only now

    write_all(Path(sys.argv[1]))
