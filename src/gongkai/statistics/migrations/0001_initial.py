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
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("whole_region", models.BooleanField(verbose_name="全域")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("cell", models.CharField(max_length=40, verbose_name="单元格")),
                        ("computed", models.DecimalField(decimal_places=4, max_digits=15, verbose_name="台账数")),
                        ("corrected", models.DecimalField(decimal_places=4, max_digits=15, verbose_name="更正为")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="佐证")),
                        ("corrected_at", models.DateTimeField(auto_now=True, verbose_name="更正时间")),
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
                            "corrected_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="更正人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "更正",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "whole_region", "year", "cell"), name="correction_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="correction_has_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("whole_region", models.BooleanField(verbose_name="全域")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("cell", models.CharField(max_length=40, verbose_name="单元格")),
                        ("text", models.CharField(max_length=500, verbose_name="说明")),
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
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="说明人",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "whole_region", "year", "cell"), name="explanation_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Filing",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("cell", models.CharField(max_length=40, verbose_name="单元格")),
                        ("value", models.DecimalField(decimal_places=4, max_digits=15, verbose_name="数")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="佐证")),
                        ("on_behalf", models.BooleanField(default=False, verbose_name="代填")),
                        ("filed_at", models.DateTimeField(auto_now=True, verbose_name="填报时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "填报",
                        "constraints": [models.UniqueConstraint(fields=("agency", "year", "cell"), name="filing_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
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
                        ("whole_region", models.BooleanField(verbose_name="全域")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("edition", models.CharField(max_length=4, verbose_name="表式")),
                        ("values", models.JSONField()),
                        ("origins", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("frozen_at", models.DateTimeField(auto_now_add=True, verbose_name="冻结时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="冻结人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年末快照",
                        "ordering": ["-frozen_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["agency", "year", "whole_region"], name="snapshot_agency_year")
                        ],
                    },
                ),
            ],
        ),
    ]
