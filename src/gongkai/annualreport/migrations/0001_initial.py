import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.agencies.identifiers
import gongkai.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("documents", "0001_initial"),
        ("statistics", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        gongkai.tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name="Report",
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
                                default=gongkai.agencies.identifiers.new_public_id,
                                editable=False,
                                unique=True,
                                verbose_name="标识",
                            ),
                        ),
                        ("whole_region", models.BooleanField(verbose_name="全域")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("edition", models.CharField(max_length=4, verbose_name="表式")),
                        ("basis", models.JSONField(default=dict, verbose_name="其他依据")),
                        ("title", models.CharField(max_length=150, verbose_name="标题")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "编写中"), ("signed", "已签发"), ("published", "已公布")],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("compiled_on", models.DateField(verbose_name="编制日期")),
                        ("signed_on", models.DateField(null=True, verbose_name="签发日期")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="公布时间")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annual_reports",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "compiled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="编制人",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="公布人",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签发人",
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="statistics.snapshot",
                                verbose_name="年末快照",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年度报告",
                        "indexes": [models.Index(fields=["agency", "year"], name="annualreport_agency_year")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "whole_region", "year"), name="annualreport_once_a_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("signed_by", models.F("compiled_by")), _negated=True),
                                name="annualreport_signed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("signed_by__isnull", True), ("signed_on__isnull", True), ("state", "draft")
                                    ),
                                    models.Q(
                                        ("signed_by__isnull", False),
                                        ("signed_on__isnull", False),
                                        ("state__in", ["signed", "published"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="annualreport_signed_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("published_at__isnull", False),
                                        ("published_by__isnull", False),
                                        ("state", "published"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "published"), _negated=True),
                                        ("published_at__isnull", True),
                                        ("published_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="annualreport_published_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="文件名")),
                        (
                            "blob",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="文件",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="annualreport.report",
                                verbose_name="年度报告",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公布的文件",
                        "ordering": ["pk"],
                        "constraints": [models.UniqueConstraint(fields=("report", "name"), name="published_file_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=4, verbose_name="编号")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                        ("heading", models.CharField(blank=True, max_length=60, verbose_name="标题")),
                        ("text", models.TextField(blank=True, verbose_name="正文")),
                        ("drafted", models.TextField(blank=True, verbose_name="系统草拟")),
                        ("figures", models.JSONField(default=list, verbose_name="所用数")),
                        ("edited", models.BooleanField(default=False, verbose_name="已经人核改")),
                        ("edited_at", models.DateTimeField(null=True, verbose_name="核改时间")),
                        (
                            "edited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核改人",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="annualreport.report",
                                verbose_name="年度报告",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报告正文",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "number"), name="section_once_per_report"),
                            models.CheckConstraint(
                                condition=models.Q(("edited", False), ("edited_by__isnull", False), _connector="OR"),
                                name="section_edited_by_somebody",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
