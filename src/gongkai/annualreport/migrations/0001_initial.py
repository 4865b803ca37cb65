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
                    name="BulkRun",
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
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("freeze", "冻结各单位的数"),
                                    ("compile", "编制各单位年报"),
                                    ("check", "检查各单位年报"),
                                    ("collect", "收齐各单位年报"),
                                ],
                                max_length=10,
                                verbose_name="事项",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("started_on", models.DateField(verbose_name="办理日期")),
                        ("started_at", models.DateTimeField(verbose_name="开始时间")),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办理人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成批办理",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["year"], name="annualreport_batch_year")],
                    },
                ),
                migrations.CreateModel(
                    name="BulkLine",
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待办"),
                                    ("done", "已办"),
                                    ("found", "有问题"),
                                    ("left", "不用办"),
                                    ("refused", "没有办成"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="说明")),
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
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="annualreport.bulkrun",
                                verbose_name="成批办理",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成批办理的单位",
                        "ordering": ["batch", "agency__path"],
                        "indexes": [models.Index(fields=["batch", "state"], name="batch_line_state")],
                        "constraints": [models.UniqueConstraint(fields=("batch", "agency"), name="batch_line_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PlanEntry",
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
                            "kind",
                            models.CharField(
                                choices=[("key_task", "重点工作"), ("own", "自定安排"), ("rule", "法定或惯例事项")],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("rule", models.CharField(blank=True, max_length=40)),
                        ("title", models.CharField(max_length=120, verbose_name="事项")),
                        ("source", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                        ("assisting", models.CharField(blank=True, max_length=200, verbose_name="配合单位")),
                        ("screen", models.CharField(blank=True, max_length=40, verbose_name="打开的页面")),
                        ("first", models.DateField(verbose_name="开始日期")),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        ("entered_on", models.DateField(verbose_name="录入日期")),
                        ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                        ("done_note", models.CharField(blank=True, max_length=300, verbose_name="完成情况")),
                        ("dropped", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="安排机关",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="责任单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作安排",
                        "ordering": ["due_on", "pk"],
                        "indexes": [
                            models.Index(fields=["agency", "year", "due_on"], name="planentry_agency_year"),
                            models.Index(fields=["responsible", "year", "due_on"], name="planentry_responsible_year"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(models.Q(("rule", ""), _negated=True), ("dropped", "")),
                                fields=("agency", "year", "rule"),
                                name="planentry_rule_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first__lte", models.F("due_on"))), name="planentry_days_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                                    models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="planentry_done_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "rule"), models.Q(("rule", ""), _negated=True)),
                                    models.Q(models.Q(("kind", "rule"), _negated=True), ("rule", "")),
                                    _connector="OR",
                                ),
                                name="planentry_rule_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="公布次序")),
                        ("basis", models.JSONField(default=dict, verbose_name="其他依据")),
                        ("title", models.CharField(max_length=150, verbose_name="标题")),
                        ("texts", models.JSONField(default=list, verbose_name="正文")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="更正说明")),
                        ("compiled_on", models.DateField(verbose_name="编制日期")),
                        ("signed_on", models.DateField(verbose_name="签发日期")),
                        ("published_at", models.DateTimeField(verbose_name="公布时间")),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="公布人",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
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
                                verbose_name="所据快照",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公布版",
                        "ordering": ["report", "number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", 1), ("reason", "")),
                                    models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="publication_corrected_why",
                            )
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
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="annualreport.publishedversion",
                                verbose_name="公布版",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公布的文件",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("publication", "name"), name="published_file_once")
                        ],
                    },
                ),
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
                        ("correction_reason", models.CharField(blank=True, max_length=500, verbose_name="更正说明")),
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
                                        models.Q(
                                            ("state", "published"),
                                            models.Q(("correction_reason", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(("state", "published"), _negated=True),
                                        ("correction_reason", ""),
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
                    name="Comment",
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
                        ("part", models.CharField(max_length=4, verbose_name="部分")),
                        ("words", models.TextField(max_length=2000, verbose_name="批注")),
                        ("made_at", models.DateTimeField(verbose_name="批注时间")),
                        ("answer", models.TextField(blank=True, max_length=2000, verbose_name="答复")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办结人",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批注人",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="annualreport.report",
                                verbose_name="年度报告",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "批注",
                        "ordering": ["report", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="comment_answered_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="comment_closed_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Collection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                        ("collected_on", models.DateField(verbose_name="收到日期")),
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
                            "collected_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="收件人",
                            ),
                        ),
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="collection",
                                to="annualreport.report",
                                verbose_name="年度报告",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "收齐的年报",
                    },
                ),
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="版本")),
                        ("act", models.CharField(max_length=20, verbose_name="因何保存")),
                        ("texts", models.JSONField(default=list, verbose_name="正文")),
                        ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="annualreport.report",
                                verbose_name="年度报告",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="保存人",
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="statistics.snapshot",
                                verbose_name="所据快照",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "正文版本",
                        "ordering": ["report", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "number"), name="revision_number_once")
                        ],
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
                migrations.CreateModel(
                    name="SuperiorTemplate",
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
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        ("edition", models.CharField(max_length=4, verbose_name="表式")),
                        ("sheet", models.CharField(max_length=31, verbose_name="工作表")),
                        ("head", models.JSONField(default=list, verbose_name="表头")),
                        ("columns", models.JSONField(default=list, verbose_name="各列")),
                        ("brought_on", models.DateField(verbose_name="上传日期")),
                        (
                            "brought_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="原件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "上级报表模板",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="WebsiteReturn",
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
                            "state",
                            models.CharField(
                                choices=[("filling", "填报中"), ("approved", "已审核"), ("published", "已公布")],
                                default="filling",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("filed", models.JSONField(default=dict, verbose_name="填报数")),
                        ("evidence", models.JSONField(default=dict, verbose_name="佐证")),
                        ("site_name", models.CharField(max_length=60, verbose_name="网站名称")),
                        ("head", models.CharField(blank=True, max_length=40, verbose_name="单位负责人")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="联系电话")),
                        ("frozen", models.JSONField(default=dict, verbose_name="核定数")),
                        ("filled_on", models.DateField(verbose_name="填报日期")),
                        ("approved_on", models.DateField(null=True, verbose_name="审核日期")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="公布时间")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="website_returns",
                                to="agencies.agency",
                                verbose_name="主办单位",
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审核人",
                            ),
                        ),
                        (
                            "filled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "hands",
                            models.ManyToManyField(
                                related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="填报过的人"
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
                    ],
                    options={
                        "verbose_name": "政府网站工作年度报表",
                        "ordering": ["-year", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "year"), name="websitereturn_once_a_year"),
                            models.CheckConstraint(
                                condition=models.Q(("approved_by", models.F("filled_by")), _negated=True),
                                name="websitereturn_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approved_by__isnull", True),
                                        ("approved_on__isnull", True),
                                        ("state", "filling"),
                                    ),
                                    models.Q(
                                        ("approved_by__isnull", False),
                                        ("approved_on__isnull", False),
                                        ("state__in", ["approved", "published"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="websitereturn_approved_whole",
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
                                name="websitereturn_published_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebsiteCorrection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("cell", models.CharField(max_length=40, verbose_name="单元格")),
                        (
                            "computed",
                            models.DecimalField(decimal_places=1, max_digits=15, null=True, verbose_name="台账数"),
                        ),
                        ("corrected", models.DecimalField(decimal_places=1, max_digits=15, verbose_name="更正为")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("evidence", models.CharField(max_length=200, verbose_name="佐证")),
                        ("corrected_on", models.DateField(verbose_name="更正日期")),
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
                            "website_return",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="corrections",
                                to="annualreport.websitereturn",
                                verbose_name="网站年度报表",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "网站报表更正",
                        "constraints": [
                            models.UniqueConstraint(fields=("website_return", "cell"), name="websitecorrection_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True), models.Q(("evidence", ""), _negated=True)
                                ),
                                name="websitecorrection_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebsiteReturnFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=5, verbose_name="格式")),
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
                            "website_return",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="annualreport.websitereturn",
                                verbose_name="网站年度报表",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "网站报表文件",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("website_return", "kind"), name="websitereturnfile_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("budget", "预算"), ("accounts", "决算")], max_length=10, verbose_name="类别"
                            ),
                        ),
                        ("approved_on", models.DateField(verbose_name="批准（批复）日期")),
                        ("entered_on", models.DateField(verbose_name="录入日期")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget_approvals",
                                to="agencies.agency",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "预决算批复",
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "year", "kind"), name="budgetapproval_once")
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="publishedversion",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="annualreport.report",
                verbose_name="年度报告",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedversion",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="publication_number_once"),
        ),
    ]
