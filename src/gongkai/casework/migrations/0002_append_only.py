from django.db import migrations

from gongkai.casework import guards


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [migrations.RunPython(guards.install, migrations.RunPython.noop)]
