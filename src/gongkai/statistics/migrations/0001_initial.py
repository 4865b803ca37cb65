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
                    name="RollupMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年度")),
                        ("entry", models.PositiveBigIntegerField(default=0)),
                        ("rules", models.CharField(blank=True, max_length=32)),
                        ("cells", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "汇总位置",
                    },
                ),
                migrations.CreateModel(
                    name="FormerLedger",
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
                        ("file_name", models.CharField(max_length=200, verbose_name="文件")),
                        ("digest", models.CharField(max_length=64, verbose_name="内容摘要值")),
                        ("imported_on", models.DateField(verbose_name="导入日期")),
                        ("withdrawn", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("item", "主动公开信息"),
                                    ("review", "行政复议"),
                                    ("lawsuit", "行政诉讼"),
                                    ("complaint", "举报投诉"),
                                    ("fee", "依申请公开收费"),
                                    ("conference", "新闻发布会"),
                                    ("meeting", "工作会议"),
                                    ("training", "培训"),
                                    ("figure", "填报数"),
                                ],
                                max_length=10,
                                verbose_name="台账",
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="行数")),
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
                            "imported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="导入人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "历史台账",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn", "")),
                                fields=("agency", "kind", "digest"),
                                name="former_ledger_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveIntegerField(verbose_name="行")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("item", "主动公开信息"),
                                    ("review", "行政复议"),
                                    ("lawsuit", "行政诉讼"),
                                    ("complaint", "举报投诉"),
                                    ("fee", "依申请公开收费"),
                                    ("conference", "新闻发布会"),
                                    ("meeting", "工作会议"),
                                    ("training", "培训"),
                                    ("figure", "填报数"),
                                ],
                                max_length=10,
                                verbose_name="台账",
                            ),
                        ),
                        ("day", models.DateField(null=True, verbose_name="日期")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="名称")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号、案号")),
                        ("formed_on", models.DateField(null=True, verbose_name="成文日期")),
                        ("ended_on", models.DateField(null=True, verbose_name="失效日期")),
                        (
                            "normative_kind",
                            models.CharField(
                                blank=True,
                                choices=[("rule", "规章"), ("normdoc", "行政规范性文件")],
                                max_length=10,
                                verbose_name="文件性质",
                            ),
                        ),
                        ("interpretation", models.BooleanField(default=False, verbose_name="政策解读")),
                        ("gazette", models.BooleanField(default=False, verbose_name="政府公报")),
                        ("website", models.BooleanField(default=False, verbose_name="政府网站")),
                        ("weibo", models.BooleanField(default=False, verbose_name="政务微博")),
                        ("wechat", models.BooleanField(default=False, verbose_name="政务微信")),
                        ("other", models.BooleanField(default=False, verbose_name="其他方式")),
                        ("outcome", models.CharField(blank=True, max_length=24, verbose_name="结果")),
                        ("closed_on", models.DateField(null=True, verbose_name="审结日期")),
                        ("prior_review", models.BooleanField(default=False, verbose_name="经过复议")),
                        ("principal_attended", models.BooleanField(default=False, verbose_name="主要负责同志参加")),
                        ("amount", models.DecimalField(decimal_places=4, max_digits=15, null=True, verbose_name="数")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "ledger",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="statistics.formerledger",
                                verbose_name="历史台账",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "历史台账行",
                        "ordering": ["place"],
                        "indexes": [
                            models.Index(fields=["agency", "kind", "day"], name="former_row_agency_day"),
                            models.Index(
                                condition=models.Q(("normative_kind", ""), _negated=True),
                                fields=["agency", "normative_kind", "formed_on"],
                                name="former_row_normative",
                            ),
                            models.Index(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=["kind", "number"],
                                name="former_row_number",
                            ),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("ledger", "place"), name="former_row_once")],
                    },
                ),
                migrations.CreateModel(
                    name="FormerTable",
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
                        ("file_name", models.CharField(max_length=200, verbose_name="文件")),
                        ("digest", models.CharField(max_length=64, verbose_name="内容摘要值")),
                        ("imported_on", models.DateField(verbose_name="导入日期")),
                        ("withdrawn", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                        ("whole_region", models.BooleanField(verbose_name="全域")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("edition", models.CharField(max_length=4, verbose_name="表式")),
                        ("values", models.JSONField()),
                        ("as_printed", models.JSONField(default=dict)),
                        ("evidence", models.CharField(max_length=200, verbose_name="佐证")),
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
                            "imported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="导入人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "原表",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn", "")),
                                fields=("agency", "whole_region", "year"),
                                name="former_table_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("counts", models.JSONField(default=dict)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年度汇总",
                        "constraints": [models.UniqueConstraint(fields=("year", "agency"), name="organ_year_once")],
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
            ],
        ),
    ]
