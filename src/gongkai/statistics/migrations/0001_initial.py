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
                    name="FilingRound",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "period",
                            models.CharField(
                                choices=[
                                    ("year", "全年"),
                                    ("Q1", "第一季度"),
                                    ("Q2", "第二季度"),
                                    ("Q3", "第三季度"),
                                    ("Q4", "第四季度"),
                                    ("M01", "1月"),
                                    ("M02", "2月"),
                                    ("M03", "3月"),
                                    ("M04", "4月"),
                                    ("M05", "5月"),
                                    ("M06", "6月"),
                                    ("M07", "7月"),
                                    ("M08", "8月"),
                                    ("M09", "9月"),
                                    ("M10", "10月"),
                                    ("M11", "11月"),
                                    ("M12", "12月"),
                                ],
                                max_length=4,
                                verbose_name="统计期",
                            ),
                        ),
                        ("groups", models.JSONField(verbose_name="填报单位")),
                        ("due_on", models.DateField(verbose_name="报送期限")),
                        ("opened_on", models.DateField(verbose_name="发起日期")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="组织填报的机关",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "填报轮次",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["agency", "year"], name="filinground_agency_year")],
                    },
                ),
                migrations.CreateModel(
                    name="FilingSheet",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "period",
                            models.CharField(
                                choices=[
                                    ("year", "全年"),
                                    ("Q1", "第一季度"),
                                    ("Q2", "第二季度"),
                                    ("Q3", "第三季度"),
                                    ("Q4", "第四季度"),
                                    ("M01", "1月"),
                                    ("M02", "2月"),
                                    ("M03", "3月"),
                                    ("M04", "4月"),
                                    ("M05", "5月"),
                                    ("M06", "6月"),
                                    ("M07", "7月"),
                                    ("M08", "8月"),
                                    ("M09", "9月"),
                                    ("M10", "10月"),
                                    ("M11", "11月"),
                                    ("M12", "12月"),
                                ],
                                max_length=4,
                                verbose_name="统计期",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待填报"),
                                    ("signing", "待签字盖章"),
                                    ("filed", "已上报"),
                                    ("returned", "已退回"),
                                    ("accepted", "已接收"),
                                    ("locked", "已锁定"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="报送期限")),
                        ("values", models.JSONField(default=dict, verbose_name="所填的数")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="佐证")),
                        ("remarks", models.CharField(blank=True, max_length=500, verbose_name="填报说明")),
                        ("zero", models.BooleanField(default=False, verbose_name="零报告")),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[("paper", "打印盖章传回"), ("login", "登录签名"), ("telephone", "电话代填")],
                                max_length=10,
                                verbose_name="签报方式",
                            ),
                        ),
                        ("figures", models.JSONField(default=dict, verbose_name="送签时的全表")),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("told_by", models.CharField(blank=True, max_length=40, verbose_name="报数人")),
                        ("told_on", models.DateField(null=True, verbose_name="来电日期")),
                        ("first_filed_on", models.DateField(null=True, verbose_name="首次上报日")),
                        ("filed_on", models.DateField(null=True, verbose_name="上报日")),
                        ("return_reason", models.CharField(blank=True, max_length=300, verbose_name="退回理由")),
                        ("errors", models.PositiveSmallIntegerField(default=0, verbose_name="勾稽不成立")),
                        ("warnings", models.PositiveSmallIntegerField(default=0, verbose_name="须说明")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filing_sheets",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "filled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheets",
                                to="statistics.filinground",
                                verbose_name="填报轮次",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="盖章件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "填报表",
                        "ordering": ["agency__path"],
                        "indexes": [models.Index(fields=["agency", "state", "due_on"], name="filingsheet_owed")],
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "year", "period"), name="filingsheet_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["filed", "accepted", "locked"]), _negated=True),
                                    models.Q(
                                        ("filed_on__isnull", False),
                                        models.Q(("digest", ""), _negated=True),
                                        models.Q(("way", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="filingsheet_filed_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("filed_on__isnull", True),
                                    ("first_filed_on__lte", models.F("filed_on")),
                                    _connector="OR",
                                ),
                                name="filingsheet_first_before_last",
                            ),
                        ],
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
                    name="SheetMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cell", models.CharField(max_length=40, verbose_name="单元格")),
                        ("reason", models.CharField(max_length=300, verbose_name="问题")),
                        ("marked_on", models.DateField(verbose_name="标注日期")),
                        ("done_on", models.DateField(null=True, verbose_name="重新上报日")),
                        (
                            "marked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="标注人",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="statistics.filingsheet",
                                verbose_name="填报表",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "退回标注",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="sheetmark_has_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[("filler", "填报人"), ("reviewer", "审核人"), ("head", "单位负责人")],
                                max_length=10,
                                verbose_name="签名处",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="姓名")),
                        ("signed_at", models.DateTimeField(null=True, verbose_name="签名时间")),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatures",
                                to="statistics.filingsheet",
                                verbose_name="填报表",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签名人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "填报签名",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("signed_at__isnull", True)),
                                fields=["person"],
                                name="sheetsignature_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("sheet", "place"), name="sheetsignature_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False)),
                                fields=("sheet", "person"),
                                name="sheetsignature_three_persons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(
                                        ("person__isnull", False),
                                        ("signed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sheetsignature_signed_whole",
                            ),
                        ],
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
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                        (
                            "occasion",
                            models.CharField(
                                choices=[("year_end", "年末冻结"), ("correction", "公布后更正")],
                                default="year_end",
                                max_length=10,
                                verbose_name="缘由",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="更正说明")),
                        ("published_on", models.DateField(null=True, verbose_name="公布日期")),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("occasion", "year_end"), models.Q(("note", ""), _negated=True), _connector="OR"
                                ),
                                name="snapshot_correction_has_note",
                            )
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
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id, editable=False, unique=True
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
                        (
                            "paper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="佐证材料",
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
                        (
                            "period",
                            models.CharField(
                                choices=[
                                    ("year", "全年"),
                                    ("Q1", "第一季度"),
                                    ("Q2", "第二季度"),
                                    ("Q3", "第三季度"),
                                    ("Q4", "第四季度"),
                                    ("M01", "1月"),
                                    ("M02", "2月"),
                                    ("M03", "3月"),
                                    ("M04", "4月"),
                                    ("M05", "5月"),
                                    ("M06", "6月"),
                                    ("M07", "7月"),
                                    ("M08", "8月"),
                                    ("M09", "9月"),
                                    ("M10", "10月"),
                                    ("M11", "11月"),
                                    ("M12", "12月"),
                                ],
                                default="year",
                                max_length=4,
                                verbose_name="统计期",
                            ),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "year", "period", "cell"), name="filing_once")
                        ],
                    },
                ),
            ],
        ),
    ]
