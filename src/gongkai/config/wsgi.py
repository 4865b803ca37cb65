import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
application = get_wsgi_application()
# What is loaded now stays; the collector need not look through it again while somebody waits for a page.
gc.collect()
gc.freeze()
