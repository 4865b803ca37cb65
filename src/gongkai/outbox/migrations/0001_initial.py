import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import gongkai.outbox.models
import gongkai.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        gongkai.tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("topic", models.CharField(max_length=64)),
                        ("key", models.CharField(max_length=120)),
                        ("payload", models.JSONField(default=dict)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("attempts", models.PositiveIntegerField(default=0)),
                        ("last_error", models.CharField(blank=True, max_length=200)),
                        ("done_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at__isnull", True)), fields=["due_at"], name="outbox_waiting"
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("topic", "key"), name="outbox_once_per_key")],
                    },
                ),
                migrations.CreateModel(
                    name="StationMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=gongkai.outbox.models.new_id, editable=False, unique=True),
                        ),
                        ("key", models.CharField(max_length=160)),
                        ("title", models.CharField(max_length=200, verbose_name="内容")),
                        ("url", models.CharField(blank=True, max_length=300)),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                        ("read_at", models.DateTimeField(null=True, verbose_name="已读")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="收信人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "站内消息",
                        "indexes": [
                            models.Index(fields=["person", "public_id"], name="stationmessage_of_person"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["person"],
                                name="stationmessage_unread",
                            ),
                            models.Index(fields=["sent_at"], name="stationmessage_age"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("person", "key"), name="stationmessage_once")],
                    },
                ),
            ],
        ),
    ]
