import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.agencies.identifiers
import gongkai.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        gongkai.tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name="ChannelMonth",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id, editable=False, unique=True
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("wechat", models.PositiveIntegerField(default=0, verbose_name="政务微信")),
                        ("weibo", models.PositiveIntegerField(default=0, verbose_name="政务微博")),
                        ("press", models.PositiveIntegerField(default=0, verbose_name="报刊广播电视")),
                        ("board", models.PositiveIntegerField(default=0, verbose_name="公开栏、电子屏")),
                        ("other", models.PositiveIntegerField(default=0, verbose_name="其他方式")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "渠道月报",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_c_agency__d3e67a_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("struck_out", "")),
                                fields=("agency", "held_on"),
                                name="channelmonth_once_a_month",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id, editable=False, unique=True
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作会议",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_m_agency__8f8522_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PressConference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id, editable=False, unique=True
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("principal_attended", models.BooleanField(default=False, verbose_name="主要负责同志参加")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "新闻发布会",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_p_agency__8e4457_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Training",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id, editable=False, unique=True
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("attendance", models.PositiveIntegerField(verbose_name="参训人次")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培训",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_t_agency__7ce344_idx")
                        ],
                    },
                ),
            ],
        ),
    ]
