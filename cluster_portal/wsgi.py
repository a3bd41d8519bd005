"""The door for web servers. Loaded before the workers part (--preload), so that they share what it loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")
os.environ.setdefault("PORTAL_PROCESS", "web")

application = get_wsgi_application()
reverse("health")  # reads all addresses, and with them views and forms
gc.collect()
gc.freeze()  # a worker that looked for garbage among them would write on, and so copy, every page that it shares
