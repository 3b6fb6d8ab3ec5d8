"""The door for a WSGI server: `gunicorn medspil.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspil.config.settings")
application = get_wsgi_application()
