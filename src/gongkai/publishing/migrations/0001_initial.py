import django.db.models.deletion
import django.db.models.functions.comparison
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
                    name="CheckList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("white", "白名单"),
                                    ("forbidden", "禁用词语"),
                                    ("obsolete", "过时表述"),
                                    ("leaders", "领导名录"),
                                    ("organs", "机关名称"),
                                    ("laws", "法律法规名称"),
                                ],
                                max_length=10,
                                unique=True,
                                verbose_name="词表",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="内容")),
                        ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                        ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "校核词表",
                    },
                ),
                migrations.CreateModel(
                    name="CleanUp",
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
                        ("title", models.CharField(max_length=100, verbose_name="名称")),
                        ("as_of", models.DateField(verbose_name="文件截止日")),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        ("opened_at", models.DateTimeField(verbose_name="发起时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="组织清理的机关",
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
                        "verbose_name": "文件清理",
                        "ordering": ["-opened_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Column",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True, verbose_name="编码")),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="地址")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "tab",
                            models.CharField(
                                choices=[
                                    ("guide", "政府信息公开指南"),
                                    ("system", "政府信息公开制度"),
                                    ("statutory", "法定主动公开内容"),
                                    ("report", "政府信息公开年报"),
                                ],
                                max_length=10,
                                verbose_name="板块",
                            ),
                        ),
                        ("article", models.CharField(blank=True, max_length=60, verbose_name="依据")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="排序")),
                        ("last_serial", models.PositiveIntegerField(default=0, editable=False)),
                        ("public_count", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="publishing.column",
                                verbose_name="上级栏目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "栏目",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueEntry",
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
                        ("position", models.PositiveIntegerField(default=0, verbose_name="序号")),
                        ("matter", models.CharField(max_length=200, verbose_name="一级事项")),
                        ("submatter", models.CharField(blank=True, max_length=200, verbose_name="二级事项")),
                        ("content", models.TextField(blank=True, verbose_name="公开内容（要素）")),
                        ("ground", models.TextField(blank=True, verbose_name="公开依据")),
                        ("term_text", models.CharField(blank=True, max_length=300, verbose_name="公开时限")),
                        ("term", models.CharField(default="workdays:20", max_length=20)),
                        ("organ", models.CharField(blank=True, max_length=300, verbose_name="公开主体")),
                        ("channels", models.JSONField(default=list, verbose_name="公开渠道和载体")),
                        ("other_channel", models.CharField(blank=True, max_length=100, verbose_name="其他渠道")),
                        ("group", models.CharField(blank=True, max_length=200, verbose_name="特定群体")),
                        ("active", models.BooleanField(default=True, verbose_name="主动")),
                        ("on_request", models.BooleanField(default=False, verbose_name="依申请")),
                        ("county", models.BooleanField(default=True, verbose_name="县级")),
                        ("town", models.BooleanField(default=False, verbose_name="乡级")),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("standing", "长期公开"),
                                    ("yearly", "每年"),
                                    ("half_yearly", "每半年"),
                                    ("quarterly", "每季度"),
                                    ("monthly", "每月"),
                                ],
                                default="yearly",
                                max_length=12,
                                verbose_name="更新频次",
                            ),
                        ),
                        ("after", models.CharField(blank=True, max_length=20, verbose_name="期满后多久公开")),
                        ("retired_on", models.DateField(null=True, verbose_name="停用日期")),
                        (
                            "column",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="publishing.column",
                                verbose_name="栏目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "目录事项",
                        "ordering": ["column", "position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "拟稿"),
                                    ("in_review", "待审核"),
                                    ("in_signing", "待签发"),
                                    ("returned", "退回修改"),
                                    ("published", "已公开"),
                                    ("superseded", "已被新版代替"),
                                    ("withdrawn", "已撤回"),
                                    ("discarded", "已作废"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("algorithm", models.CharField(default="sha256", max_length=16)),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("round", models.PositiveSmallIntegerField(default=0, verbose_name="送审次数")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="送审时间")),
                        ("chain", models.JSONField(default=dict, verbose_name="审核链")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="已办环节")),
                        ("sign_at", models.PositiveSmallIntegerField(null=True, verbose_name="签发环节")),
                        ("waits_for", models.CharField(blank=True, max_length=20, verbose_name="等候角色")),
                        ("urgent_reason", models.CharField(blank=True, max_length=200, verbose_name="紧急事由")),
                        ("recheck_by", models.DateField(null=True, verbose_name="补审期限")),
                        ("remarks", models.CharField(blank=True, max_length=500, verbose_name="退回意见")),
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id,
                                editable=False,
                                unique=True,
                                verbose_name="标识",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "item_class",
                            models.CharField(
                                choices=[("ordinary", "普通"), ("important", "重要"), ("sensitive", "敏感")],
                                default="ordinary",
                                max_length=10,
                                verbose_name="条目类别",
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="条数")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟稿人",
                            ),
                        ),
                        (
                            "column",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="publishing.column",
                                verbose_name="栏目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "批次",
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "state", "public_id"], name="batch_agency_state"),
                            models.Index(
                                condition=models.Q(("waits_for", ""), _negated=True),
                                fields=["waits_for", "agency"],
                                name="batch_waiting",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("published", "superseded", "withdrawn")), _negated=True),
                                    models.Q(
                                        ("position__gt", models.F("sign_at")),
                                        ("sign_at__gte", 1),
                                        ("sign_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_public_left_no_step_out",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deposit",
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
                        ("quarter", models.PositiveSmallIntegerField(verbose_name="季度")),
                        ("size", models.PositiveIntegerField(verbose_name="件数")),
                        ("algorithm", models.CharField(default="sha256", max_length=16)),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("made_at", models.DateTimeField(verbose_name="编目时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deposits",
                                to="agencies.agency",
                                verbose_name="送交机关",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="编目人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "送交目录",
                        "ordering": ["-year", "-quarter", "agency__path", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "whole_region", "year", "quarter"), name="deposit_once_a_quarter"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)), name="deposit_quarter"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(verbose_name="月份")),
                        ("seed", models.CharField(max_length=64, verbose_name="种子")),
                        ("candidates", models.PositiveIntegerField(verbose_name="备选条数")),
                        ("drawn_at", models.DateTimeField(verbose_name="抽取时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draws",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="抽取人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "抽查",
                        "constraints": [models.UniqueConstraint(fields=("agency", "month"), name="draw_once_a_month")],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(null=True, verbose_name="止")),
                        ("items", models.PositiveIntegerField(default=0, editable=False, verbose_name="公开条数")),
                        ("last_on", models.DateField(editable=False, null=True, verbose_name="最近公开")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="publishing.catalogueentry",
                                verbose_name="目录事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "责任单位",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("until__isnull", True)), fields=["agency"], name="duty_of_agency"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("entry", "agency"),
                                name="duty_held_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GapExplanation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("docno", models.CharField(max_length=60, verbose_name="发文字号")),
                        ("reason", models.CharField(max_length=200, verbose_name="缺号原因")),
                        ("entered_at", models.DateTimeField(auto_now=True, verbose_name="说明时间")),
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
                                verbose_name="说明人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "缺号说明",
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "docno"), name="gapexplanation_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GazetteIssue",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="期号")),
                        ("serial", models.PositiveIntegerField(verbose_name="总期号")),
                        ("cover_date", models.DateField(verbose_name="封面日期")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("composing", "编排"),
                                    ("waiting", "待批准"),
                                    ("approved", "待出刊"),
                                    ("issued", "已出刊"),
                                    ("discarded", "已作废"),
                                ],
                                default="composing",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=0, verbose_name="送批次数")),
                        ("algorithm", models.CharField(default="sha256", max_length=16)),
                        ("digest", models.CharField(blank=True, max_length=64, verbose_name="摘要")),
                        ("remarks", models.CharField(blank=True, max_length=500, verbose_name="退回意见")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="送批时间")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                        ("approved_digest", models.CharField(blank=True, max_length=64)),
                        ("secrecy_passed_at", models.DateTimeField(null=True, verbose_name="保密审查时间")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="出刊时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gazette_issues",
                                to="agencies.agency",
                                verbose_name="主办机关",
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批准人",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="编辑人",
                            ),
                        ),
                        (
                            "editors",
                            models.ManyToManyField(
                                related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="编排过的人"
                            ),
                        ),
                        (
                            "instruction",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.recordedinstruction",
                                verbose_name="代录批示",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公报",
                        "indexes": [models.Index(fields=["agency", "state", "public_id"], name="gazette_agency_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "discarded"), _negated=True),
                                fields=("agency", "year", "number"),
                                name="gazette_number_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "discarded"), _negated=True),
                                fields=("agency", "serial"),
                                name="gazette_serial_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "issued"]), _negated=True),
                                    models.Q(
                                        ("approved_by__isnull", False),
                                        ("approved_digest", models.F("digest")),
                                        ("secrecy_passed_at__isnull", False),
                                        models.Q(("digest", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="gazette_approved_as_it_is",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("author")), _negated=True),
                                    _connector="OR",
                                ),
                                name="gazette_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "issued"), _negated=True),
                                    ("issued_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="gazette_issued_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erratum",
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
                        ("place", models.CharField(max_length=100, verbose_name="位置")),
                        ("wrong", models.CharField(max_length=300, verbose_name="误")),
                        ("right", models.CharField(max_length=300, verbose_name="正")),
                        ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="公布时间")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批准人",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="errata",
                                to="publishing.gazetteissue",
                                verbose_name="公报",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "勘误",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                        models.Q(("approved_by", models.F("author")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="erratum_approved_by_another",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GazettePrinting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="印次")),
                        ("pages", models.JSONField(verbose_name="页码")),
                        ("printed_at", models.DateTimeField(verbose_name="印制时间")),
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
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="printings",
                                to="publishing.gazetteissue",
                                verbose_name="公报",
                            ),
                        ),
                        (
                            "printed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="印制人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公报印本",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("issue", "number"), name="gazette_printing_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "receiver",
                            models.CharField(
                                choices=[("archive", "国家档案馆"), ("library", "公共图书馆")],
                                max_length=10,
                                verbose_name="接收单位类别",
                            ),
                        ),
                        ("receiver_name", models.CharField(max_length=100, verbose_name="接收单位")),
                        ("handed_by", models.CharField(max_length=40, verbose_name="移交人")),
                        ("received_by", models.CharField(max_length=40, verbose_name="接收人")),
                        ("on", models.DateField(verbose_name="交接日期")),
                        ("form", models.CharField(blank=True, max_length=60, verbose_name="送交形式")),
                        ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "deposit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="publishing.deposit",
                                verbose_name="送交目录",
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
                        "verbose_name": "交接",
                        "ordering": ["on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("deposit", "receiver"), name="handover_once_a_receiver")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("docno", models.CharField(blank=True, max_length=60, verbose_name="发文字号")),
                        ("formed_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("01", "国务院组织机构"),
                                    ("02", "综合政务"),
                                    ("03", "国民经济管理、国有资产监管"),
                                    ("04", "财政、金融、审计"),
                                    ("05", "国土资源、能源"),
                                    ("06", "农业、林业、水利"),
                                    ("07", "工业、交通"),
                                    ("08", "商贸、海关、旅游"),
                                    ("09", "市场监管、安全生产监管"),
                                    ("10", "城乡建设、环境保护"),
                                    ("11", "科技、教育"),
                                    ("12", "文化、广电、新闻出版"),
                                    ("13", "卫生、体育"),
                                    ("14", "人口与计划生育、妇女儿童工作"),
                                    ("15", "劳动、人事、监察"),
                                    ("16", "公安、安全、司法"),
                                    ("17", "民政、扶贫、救灾"),
                                    ("18", "民族、宗教"),
                                    ("19", "对外事务"),
                                    ("20", "港澳台侨工作"),
                                    ("21", "国防"),
                                    ("22", "其他"),
                                ],
                                default="22",
                                max_length=2,
                                verbose_name="主题分类",
                            ),
                        ),
                        (
                            "genre",
                            models.CharField(
                                choices=[
                                    ("resolution", "决议"),
                                    ("decision", "决定"),
                                    ("order", "命令（令）"),
                                    ("communique", "公报"),
                                    ("announcement", "公告"),
                                    ("public_notice", "通告"),
                                    ("opinion", "意见"),
                                    ("circular", "通知"),
                                    ("bulletin", "通报"),
                                    ("report", "报告"),
                                    ("petition", "请示"),
                                    ("reply", "批复"),
                                    ("motion", "议案"),
                                    ("letter", "函"),
                                    ("minutes", "纪要"),
                                    ("other", "其他"),
                                ],
                                default="other",
                                max_length=15,
                                verbose_name="体裁分类",
                            ),
                        ),
                        (
                            "openness",
                            models.CharField(
                                choices=[("open", "主动公开"), ("on_request", "依申请公开"), ("closed", "不予公开")],
                                default="open",
                                max_length=10,
                                verbose_name="公开属性",
                            ),
                        ),
                        (
                            "exemption",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("E14_1", "条例第十四条：国家秘密（不得公开）"),
                                    ("E14_2", "条例第十四条：法律、行政法规禁止公开（不得公开）"),
                                    ("E14_3", "条例第十四条：三安全一稳定（不得公开）"),
                                    ("E15", "条例第十五条：商业秘密、个人隐私（不得公开）"),
                                    ("E16_1", "条例第十六条第一款：内部事务信息（可以不予公开）"),
                                    ("E16_2", "条例第十六条第二款：过程性信息（可以不予公开）"),
                                    ("E16_3", "条例第十六条第二款：行政执法案卷信息（可以不予公开）"),
                                ],
                                max_length=6,
                                verbose_name="不予公开情形",
                            ),
                        ),
                        (
                            "openness_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="不主动公开的理由"),
                        ),
                        (
                            "openness_article",
                            models.CharField(blank=True, max_length=100, verbose_name="不主动公开的依据"),
                        ),
                        (
                            "openness_note",
                            models.CharField(blank=True, max_length=300, verbose_name="不公开的补充说明"),
                        ),
                        ("confirmed_note", models.CharField(blank=True, max_length=30, verbose_name="已核对的附注")),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("decision", "决策公开"),
                                    ("execution", "执行公开"),
                                    ("management", "管理公开"),
                                    ("service", "服务公开"),
                                    ("result", "结果公开"),
                                ],
                                default="management",
                                max_length=10,
                                verbose_name="五公开",
                            ),
                        ),
                        ("summary", models.CharField(blank=True, max_length=200, verbose_name="内容概述")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("own", "本机关制作"),
                                    ("persons", "从公民、法人和其他组织获取"),
                                    ("organs", "从其他行政机关获取"),
                                    ("joint", "与其他行政机关共同制作"),
                                ],
                                default="own",
                                max_length=10,
                                verbose_name="信息来源",
                            ),
                        ),
                        ("origin_organ", models.CharField(blank=True, max_length=100, verbose_name="制作或者牵头机关")),
                        (
                            "normative_kind",
                            models.CharField(
                                blank=True,
                                choices=[("rule", "规章"), ("normdoc", "行政规范性文件")],
                                max_length=10,
                                verbose_name="文件性质",
                            ),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                        ("shown_until", models.DateField(blank=True, null=True, verbose_name="公示截止日")),
                        (
                            "interpretation_form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("text", "文字"),
                                    ("questions", "问答"),
                                    ("picture", "图解"),
                                    ("video", "视频"),
                                    ("animation", "动漫"),
                                    ("interview", "访谈"),
                                    ("head", "负责人撰文"),
                                    ("expert", "专家解读"),
                                    ("conference", "新闻发布会"),
                                ],
                                max_length=10,
                                verbose_name="解读形式",
                            ),
                        ),
                        ("interpreter", models.CharField(blank=True, max_length=60, verbose_name="解读人")),
                        ("interpreter_phone", models.CharField(blank=True, max_length=40, verbose_name="解读联系电话")),
                        ("by_head", models.BooleanField(default=False, verbose_name="主要负责人解读")),
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
                            "index_no",
                            models.CharField(blank=True, editable=False, max_length=40, verbose_name="索引号"),
                        ),
                        (
                            "item_class",
                            models.CharField(
                                choices=[("ordinary", "普通"), ("important", "重要"), ("sensitive", "敏感")],
                                default="ordinary",
                                max_length=10,
                                verbose_name="条目类别",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "拟稿"),
                                    ("in_review", "待审核"),
                                    ("in_signing", "待签发"),
                                    ("returned", "退回修改"),
                                    ("published", "已公开"),
                                    ("superseded", "已被新版代替"),
                                    ("withdrawn", "已撤回"),
                                    ("discarded", "已作废"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "validity",
                            models.CharField(
                                choices=[
                                    ("in_force", "有效"),
                                    ("amended", "已修改"),
                                    ("expired", "失效"),
                                    ("repealed", "废止"),
                                ],
                                default="in_force",
                                max_length=10,
                                verbose_name="有效性",
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="失效（废止）日期")),
                        ("review_by", models.DateField(blank=True, null=True, verbose_name="复核日期")),
                        (
                            "interpretation_need",
                            models.CharField(
                                blank=True,
                                choices=[("required", "应当解读"), ("exempt", "不需解读")],
                                default="",
                                max_length=8,
                                verbose_name="解读要求",
                            ),
                        ),
                        (
                            "interpretation_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="解读要求的理由"),
                        ),
                        (
                            "first_published_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="首次公开时间"),
                        ),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="发布时间")),
                        ("publish_by", models.DateField(editable=False, null=True, verbose_name="公开期限")),
                        ("shown_on", models.DateField(editable=False, null=True, verbose_name="首次公开日")),
                        (
                            "column_serial",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="栏目内序号"),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="撤回时间")),
                        (
                            "withdrawal_kind",
                            models.CharField(
                                blank=True,
                                choices=[("open", "公开说明"), ("silent", "静默")],
                                max_length=6,
                                verbose_name="撤回类别",
                            ),
                        ),
                        ("withdrawal_reason", models.CharField(blank=True, max_length=300, verbose_name="撤回理由")),
                        ("reassess_on", models.DateField(editable=False, null=True, verbose_name="下次评估日期")),
                        ("isolated_at", models.DateTimeField(editable=False, null=True, verbose_name="隔离时间")),
                        ("row_version", models.PositiveIntegerField(default=1, editable=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="agencies.agency",
                                verbose_name="发布机构",
                            ),
                        ),
                        (
                            "column",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="publishing.column",
                                verbose_name="栏目",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "interprets",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interpreting_%(class)ss",
                                to="publishing.item",
                                verbose_name="解读的文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公开条目",
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                condition=models.Q(("reassess_on__isnull", False)),
                                fields=["agency", "reassess_on"],
                                name="item_agency_reassess",
                            ),
                            models.Index(
                                fields=["agency", "first_published_at", "normative_kind", "interprets", "column"],
                                name="item_counted",
                            ),
                            models.Index(
                                condition=models.Q(("normative_kind", ""), _negated=True),
                                fields=[
                                    "agency",
                                    "normative_kind",
                                    "formed_on",
                                    "ended_on",
                                    "valid_until",
                                    "first_published_at",
                                    "state",
                                    "id",
                                ],
                                name="item_agency_normative",
                            ),
                            models.Index(
                                condition=models.Q(("shown_on__gt", models.F("publish_by"))),
                                fields=["agency", "shown_on"],
                                name="item_agency_late",
                            ),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["topic", "published_at"],
                                name="item_topic_newest",
                            ),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["genre", "published_at"],
                                name="item_genre_newest",
                            ),
                            models.Index(fields=["agency", "state", "public_id"], name="item_agency_state"),
                            models.Index(fields=["agency", "public_id"], name="item_agency_public_id"),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["agency", "published_at", "public_id"],
                                name="item_agency_newest",
                            ),
                            models.Index(
                                condition=models.Q(("state", "published")), fields=["published_at"], name="item_newest"
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("state", "published"), models.Q(("normative_kind", ""), _negated=True)
                                ),
                                fields=["published_at"],
                                name="item_newest_normative",
                            ),
                            models.Index(
                                condition=models.Q(("interprets__isnull", False), ("state", "published")),
                                fields=["published_at"],
                                name="item_newest_interpreting",
                            ),
                            models.Index(fields=["first_published_at"], name="item_first_published"),
                            models.Index(
                                condition=models.Q(("interprets__isnull", False)),
                                fields=["interprets"],
                                name="item_interprets",
                            ),
                            models.Index(
                                condition=models.Q(("state", "published"), _negated=True),
                                fields=["state", "public_id"],
                                name="item_not_public",
                            ),
                            models.Index(fields=["column", "public_id"], name="item_column_public_id"),
                            models.Index(fields=["public_id", "isolated_at", "title"], name="item_titles"),
                            models.Index(
                                condition=models.Q(("isolated_at__isnull", False)),
                                fields=["isolated_at"],
                                name="item_isolated",
                            ),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["column", "published_at"],
                                name="item_column_newest",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("openness", "open"),
                                    models.Q(
                                        models.Q(("openness_reason", ""), _negated=True),
                                        models.Q(("openness_article", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="item_not_open_has_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("openness", "closed"), _negated=True),
                                    models.Q(("exemption", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="item_closed_has_exemption",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("normative_kind", ""),
                                    models.Q(models.Q(("docno", ""), _negated=True), ("formed_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="item_normative_is_dated",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("index_no", ""), _negated=True),
                                fields=("agency", "index_no"),
                                name="item_index_no_once",
                            ),
                            models.UniqueConstraint(fields=("column", "column_serial"), name="item_column_serial_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        models.Q(("withdrawal_kind", ""), _negated=True),
                                        models.Q(("withdrawal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="item_withdrawn_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", True), ("validity__in", ["in_force", "amended"])),
                                    models.Q(("ended_on__isnull", False), ("validity__in", ["expired", "repealed"])),
                                    _connector="OR",
                                ),
                                name="item_ended_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    ("formed_on__isnull", True),
                                    ("ended_on__gte", models.F("formed_on")),
                                    _connector="OR",
                                ),
                                name="item_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hanging",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hangings",
                                to="publishing.catalogueentry",
                                verbose_name="目录事项",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hangings",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "挂接",
                        "constraints": [models.UniqueConstraint(fields=("item", "entry"), name="hanging_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Dismissal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fingerprint", models.CharField(max_length=32)),
                        ("rule", models.CharField(max_length=40, verbose_name="规则")),
                        ("shown", models.CharField(max_length=80, verbose_name="原文（遮蔽）")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="处理人",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dismissals",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "提示忽略",
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "fingerprint"), name="dismissal_once_per_item")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepositItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField(verbose_name="序号")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("docno", models.CharField(blank=True, max_length=60, verbose_name="发文字号")),
                        ("index_no", models.CharField(max_length=60, verbose_name="索引号")),
                        ("published_on", models.DateField(verbose_name="公开日期")),
                        ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                        (
                            "deposit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="publishing.deposit",
                                verbose_name="送交目录",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deposited",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "送交条目",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("deposit", "position"), name="deposititem_position_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coordination",
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
                        ("organ", models.CharField(max_length=100, verbose_name="协商机关")),
                        ("asked_on", models.DateField(verbose_name="发出日期")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agreed", "确认一致，同意公开"),
                                    ("approved", "经有权机关批准，可以公开"),
                                    ("amended", "提出修改意见，已按意见修改后确认"),
                                    ("objected", "不同意公开"),
                                ],
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复内容")),
                        ("digest", models.CharField(blank=True, max_length=64, verbose_name="所答复的版本摘要")),
                        ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="复函",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coordinations",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公开协调",
                        "ordering": ["asked_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_on__isnull", True)),
                                fields=("item", "organ"),
                                name="coordination_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_on__isnull", True), ("result", "")),
                                    models.Q(
                                        ("answered_on__gte", models.F("asked_on")),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="coordination_answered_with_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CleanUpEntry",
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
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("continue", "继续有效"),
                                    ("amend", "修改"),
                                    ("repeal", "废止"),
                                    ("expire", "宣布失效"),
                                ],
                                max_length=10,
                                verbose_name="意见",
                            ),
                        ),
                        ("ground", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                        ("judged_at", models.DateTimeField(null=True, verbose_name="办理时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="制定机关",
                            ),
                        ),
                        (
                            "clean_up",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="publishing.cleanup",
                                verbose_name="清理",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办理人",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="publishing.item",
                                verbose_name="文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "清理意见",
                        "ordering": ["agency__path", "item__formed_on", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("verdict", "")), fields=["agency"], name="cleanupentry_open"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("clean_up", "item"), name="cleanupentry_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("judged_at__isnull", True), ("judged_by__isnull", True), ("verdict", "")),
                                    models.Q(
                                        models.Q(("verdict", ""), _negated=True),
                                        models.Q(("ground", ""), _negated=True),
                                        ("judged_at__isnull", False),
                                        ("judged_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="cleanupentry_judged_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("docno", models.CharField(blank=True, max_length=60, verbose_name="发文字号")),
                        ("formed_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("01", "国务院组织机构"),
                                    ("02", "综合政务"),
                                    ("03", "国民经济管理、国有资产监管"),
                                    ("04", "财政、金融、审计"),
                                    ("05", "国土资源、能源"),
                                    ("06", "农业、林业、水利"),
                                    ("07", "工业、交通"),
                                    ("08", "商贸、海关、旅游"),
                                    ("09", "市场监管、安全生产监管"),
                                    ("10", "城乡建设、环境保护"),
                                    ("11", "科技、教育"),
                                    ("12", "文化、广电、新闻出版"),
                                    ("13", "卫生、体育"),
                                    ("14", "人口与计划生育、妇女儿童工作"),
                                    ("15", "劳动、人事、监察"),
                                    ("16", "公安、安全、司法"),
                                    ("17", "民政、扶贫、救灾"),
                                    ("18", "民族、宗教"),
                                    ("19", "对外事务"),
                                    ("20", "港澳台侨工作"),
                                    ("21", "国防"),
                                    ("22", "其他"),
                                ],
                                default="22",
                                max_length=2,
                                verbose_name="主题分类",
                            ),
                        ),
                        (
                            "genre",
                            models.CharField(
                                choices=[
                                    ("resolution", "决议"),
                                    ("decision", "决定"),
                                    ("order", "命令（令）"),
                                    ("communique", "公报"),
                                    ("announcement", "公告"),
                                    ("public_notice", "通告"),
                                    ("opinion", "意见"),
                                    ("circular", "通知"),
                                    ("bulletin", "通报"),
                                    ("report", "报告"),
                                    ("petition", "请示"),
                                    ("reply", "批复"),
                                    ("motion", "议案"),
                                    ("letter", "函"),
                                    ("minutes", "纪要"),
                                    ("other", "其他"),
                                ],
                                default="other",
                                max_length=15,
                                verbose_name="体裁分类",
                            ),
                        ),
                        (
                            "openness",
                            models.CharField(
                                choices=[("open", "主动公开"), ("on_request", "依申请公开"), ("closed", "不予公开")],
                                default="open",
                                max_length=10,
                                verbose_name="公开属性",
                            ),
                        ),
                        (
                            "exemption",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("E14_1", "条例第十四条：国家秘密（不得公开）"),
                                    ("E14_2", "条例第十四条：法律、行政法规禁止公开（不得公开）"),
                                    ("E14_3", "条例第十四条：三安全一稳定（不得公开）"),
                                    ("E15", "条例第十五条：商业秘密、个人隐私（不得公开）"),
                                    ("E16_1", "条例第十六条第一款：内部事务信息（可以不予公开）"),
                                    ("E16_2", "条例第十六条第二款：过程性信息（可以不予公开）"),
                                    ("E16_3", "条例第十六条第二款：行政执法案卷信息（可以不予公开）"),
                                ],
                                max_length=6,
                                verbose_name="不予公开情形",
                            ),
                        ),
                        (
                            "openness_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="不主动公开的理由"),
                        ),
                        (
                            "openness_article",
                            models.CharField(blank=True, max_length=100, verbose_name="不主动公开的依据"),
                        ),
                        (
                            "openness_note",
                            models.CharField(blank=True, max_length=300, verbose_name="不公开的补充说明"),
                        ),
                        ("confirmed_note", models.CharField(blank=True, max_length=30, verbose_name="已核对的附注")),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("decision", "决策公开"),
                                    ("execution", "执行公开"),
                                    ("management", "管理公开"),
                                    ("service", "服务公开"),
                                    ("result", "结果公开"),
                                ],
                                default="management",
                                max_length=10,
                                verbose_name="五公开",
                            ),
                        ),
                        ("summary", models.CharField(blank=True, max_length=200, verbose_name="内容概述")),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("own", "本机关制作"),
                                    ("persons", "从公民、法人和其他组织获取"),
                                    ("organs", "从其他行政机关获取"),
                                    ("joint", "与其他行政机关共同制作"),
                                ],
                                default="own",
                                max_length=10,
                                verbose_name="信息来源",
                            ),
                        ),
                        ("origin_organ", models.CharField(blank=True, max_length=100, verbose_name="制作或者牵头机关")),
                        (
                            "normative_kind",
                            models.CharField(
                                blank=True,
                                choices=[("rule", "规章"), ("normdoc", "行政规范性文件")],
                                max_length=10,
                                verbose_name="文件性质",
                            ),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                        ("shown_until", models.DateField(blank=True, null=True, verbose_name="公示截止日")),
                        (
                            "interpretation_form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("text", "文字"),
                                    ("questions", "问答"),
                                    ("picture", "图解"),
                                    ("video", "视频"),
                                    ("animation", "动漫"),
                                    ("interview", "访谈"),
                                    ("head", "负责人撰文"),
                                    ("expert", "专家解读"),
                                    ("conference", "新闻发布会"),
                                ],
                                max_length=10,
                                verbose_name="解读形式",
                            ),
                        ),
                        ("interpreter", models.CharField(blank=True, max_length=60, verbose_name="解读人")),
                        ("interpreter_phone", models.CharField(blank=True, max_length=40, verbose_name="解读联系电话")),
                        ("by_head", models.BooleanField(default=False, verbose_name="主要负责人解读")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "拟稿"),
                                    ("in_review", "待审核"),
                                    ("in_signing", "待签发"),
                                    ("returned", "退回修改"),
                                    ("published", "已公开"),
                                    ("superseded", "已被新版代替"),
                                    ("withdrawn", "已撤回"),
                                    ("discarded", "已作废"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("algorithm", models.CharField(default="sha256", max_length=16)),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("round", models.PositiveSmallIntegerField(default=0, verbose_name="送审次数")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="送审时间")),
                        ("chain", models.JSONField(default=dict, verbose_name="审核链")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="已办环节")),
                        ("sign_at", models.PositiveSmallIntegerField(null=True, verbose_name="签发环节")),
                        ("waits_for", models.CharField(blank=True, max_length=20, verbose_name="等候角色")),
                        ("urgent_reason", models.CharField(blank=True, max_length=200, verbose_name="紧急事由")),
                        ("recheck_by", models.DateField(null=True, verbose_name="补审期限")),
                        ("remarks", models.CharField(blank=True, max_length=500, verbose_name="退回意见")),
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id,
                                editable=False,
                                unique=True,
                                verbose_name="标识",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                        ("batch_position", models.PositiveIntegerField(null=True, verbose_name="批内序号")),
                        ("body", models.TextField(verbose_name="正文")),
                        ("imported_from", models.CharField(blank=True, max_length=400, verbose_name="原网址和日期")),
                        ("correction", models.CharField(blank=True, max_length=500, verbose_name="更正说明")),
                        ("backdated_reason", models.CharField(blank=True, max_length=300, verbose_name="补登说明")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("secrecy_passed_at", models.DateTimeField(null=True)),
                        ("approved_digest", models.CharField(blank=True, max_length=64)),
                        ("published_at", models.DateTimeField(null=True, verbose_name="发布时间")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                        ("withdrawn_silently", models.BooleanField(default=False)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟稿人",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="publishing.batch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "column",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="publishing.column",
                                verbose_name="栏目",
                            ),
                        ),
                        (
                            "interprets",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interpreting_%(class)ss",
                                to="publishing.item",
                                verbose_name="解读的文件",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                        (
                            "secrecy_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "条目版本",
                        "ordering": ["item", "number"],
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                condition=models.Q(("batch__isnull", False)),
                                fields=["batch", "batch_position"],
                                name="itemversion_batch",
                            ),
                            models.Index(
                                condition=models.Q(("interprets__isnull", False)),
                                fields=["interprets"],
                                name="itemversion_interprets",
                            ),
                            models.Index(
                                condition=models.Q(("withdrawn_at__isnull", False)),
                                fields=["withdrawn_at"],
                                name="itemversion_withdrawn",
                            ),
                            models.Index(
                                condition=models.Q(("published_at__isnull", True)),
                                fields=["state", "submitted_at"],
                                name="itemversion_not_public",
                            ),
                            models.Index(
                                condition=models.Q(("backdated_reason", ""), _negated=True),
                                fields=["public_id"],
                                name="itemversion_backdated",
                            ),
                            models.Index(
                                condition=models.Q(("waits_for", ""), _negated=True),
                                fields=["waits_for", "submitted_at"],
                                name="itemversion_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("recheck_by__isnull", False)),
                                fields=["recheck_by"],
                                name="itemversion_recheck",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("openness", "open"),
                                    models.Q(
                                        models.Q(("openness_reason", ""), _negated=True),
                                        models.Q(("openness_article", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="itemversion_not_open_has_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("openness", "closed"), _negated=True),
                                    models.Q(("exemption", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="itemversion_closed_has_exemption",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("normative_kind", ""),
                                    models.Q(models.Q(("docno", ""), _negated=True), ("formed_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="itemversion_normative_is_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("published", "superseded", "withdrawn")), _negated=True),
                                    models.Q(
                                        ("position__gt", models.F("sign_at")),
                                        ("sign_at__gte", 1),
                                        ("sign_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="itemversion_public_left_no_step_out",
                            ),
                            models.UniqueConstraint(fields=("item", "number"), name="itemversion_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "in_review", "in_signing", "returned"])),
                                fields=("item",),
                                name="itemversion_one_under_way",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published")),
                                fields=("item",),
                                name="itemversion_one_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("published", "superseded", "withdrawn")), _negated=True),
                                    models.Q(
                                        ("approved_digest", models.F("digest")),
                                        ("openness", "open"),
                                        ("published_at__gte", models.F("secrecy_passed_at")),
                                        ("secrecy_by__isnull", False),
                                        ("secrecy_passed_at__isnull", False),
                                        ("signed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="itemversion_public_is_approved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    ("withdrawn_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="itemversion_withdrawn_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("secrecy_by__isnull", True),
                                        models.Q(("secrecy_by", models.F("author")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("signed_by__isnull", True),
                                        models.Q(("signed_by", models.F("author")), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="itemversion_approved_by_others",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GazetteEntry",
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
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("section", "栏目标题"), ("item", "文件"), ("text", "自编文字")],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("docno", models.CharField(blank=True, max_length=60, verbose_name="发文字号")),
                        ("body", models.TextField(blank=True, verbose_name="正文")),
                        (
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="publishing.gazetteissue",
                                verbose_name="公报",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gazette_entries",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="publishing.itemversion",
                                verbose_name="版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公报篇目",
                        "ordering": ["position", "pk"],
                        "indexes": [models.Index(fields=["issue", "position"], name="gazette_entry_order")],
                        "constraints": [
                            models.UniqueConstraint(fields=("issue", "item"), name="gazette_entry_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("body", ""),
                                        ("item__isnull", False),
                                        ("kind", "item"),
                                        ("version__isnull", False),
                                    ),
                                    models.Q(
                                        ("item__isnull", True),
                                        ("kind__in", ["section", "text"]),
                                        ("version__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="gazette_entry_is_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id, editable=False, verbose_name="地址"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("file", "附件"), ("picture", "正文图片")],
                                default="file",
                                max_length=8,
                                verbose_name="类别",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="名称")),
                        ("alt", models.CharField(blank=True, max_length=200, verbose_name="替代文字")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="序号")),
                        ("brought_at", models.DateTimeField(auto_now_add=True)),
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
                            "brought_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="publishing.itemversion",
                                verbose_name="版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "附件",
                        "ordering": ["position", "pk"],
                        "indexes": [
                            models.Index(fields=["key"], name="attachment_key"),
                            models.Index(
                                condition=models.Q(("version", None)), fields=["brought_at"], name="attachment_waiting"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "key"), name="attachment_once_per_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(verbose_name="送审次数")),
                        ("step", models.PositiveSmallIntegerField(verbose_name="环节序号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("first_review", "初审"),
                                    ("review", "审核"),
                                    ("secrecy_review", "保密审查"),
                                    ("legal_review", "法律审核"),
                                    ("proof", "校对"),
                                    ("office_review", "政务公开办审核"),
                                    ("sign", "签发"),
                                ],
                                max_length=16,
                                verbose_name="环节类别",
                            ),
                        ),
                        ("name", models.CharField(max_length=20, verbose_name="环节")),
                        ("distinct", models.BooleanField(default=False, verbose_name="专人")),
                        ("gates", models.JSONField(default=list, verbose_name="六关")),
                        ("valid", models.BooleanField(default=True, verbose_name="有效")),
                        ("algorithm", models.CharField(default="sha256", max_length=16)),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("secrecy_passed", models.BooleanField(default=False, verbose_name="保密审查通过")),
                        ("remarks", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟稿人",
                            ),
                        ),
                        (
                            "instruction",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.recordedinstruction",
                                verbose_name="代录批示",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审批人",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="publishing.batch",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="publishing.itemversion",
                                verbose_name="版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "审批",
                        "ordering": ["at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reviewer", models.F("author")), _negated=True),
                                name="approval_never_by_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("batch__isnull", True), ("version__isnull", False)),
                                    models.Q(("batch__isnull", False), ("version__isnull", True)),
                                    _connector="OR",
                                ),
                                name="approval_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "secrecy_review"), _negated=True),
                                    ("secrecy_passed", True),
                                    _connector="OR",
                                ),
                                name="approval_of_secrecy_says_so",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid", True)),
                                fields=("version", "round", "step"),
                                name="approval_once_per_version_step",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid", True)),
                                fields=("batch", "round", "step"),
                                name="approval_once_per_batch_step",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("distinct", True), ("valid", True)),
                                fields=("version", "round", "reviewer"),
                                name="approval_distinct_persons_of_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("distinct", True), ("valid", True)),
                                fields=("batch", "round", "reviewer"),
                                name="approval_distinct_persons_of_batch",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoMatterStatement",
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
                        ("words", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("made_on", models.DateField(verbose_name="填写日期")),
                        ("withdrawn_on", models.DateField(null=True, verbose_name="撤销日期")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="no_matter_statements",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="publishing.catalogueentry",
                                verbose_name="目录事项",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "无此类事项说明",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_on__isnull", True)),
                                fields=("entry", "agency", "year"),
                                name="nomatterstatement_once_per_year",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Numbering",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("pattern", models.CharField(max_length=80, verbose_name="索引号的组成")),
                        (
                            "reset",
                            models.CharField(
                                choices=[("year", "每年归零"), ("month", "每月归零"), ("never", "不归零")],
                                max_length=5,
                                verbose_name="流水何时归零",
                            ),
                        ),
                        ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                        (
                            "agency",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="适用机关",
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "索引号规则",
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Coalesce(models.F("agency"), models.Value(0)),
                                name="numbering_one_of_each",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
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
                        ("period", models.CharField(max_length=7, verbose_name="期间")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("opens_on", models.DateField(verbose_name="起")),
                        ("due_on", models.DateField(verbose_name="期限")),
                        ("closes_on", models.DateField(verbose_name="止")),
                        ("calendar_version", models.CharField(max_length=16)),
                        ("items", models.PositiveIntegerField(default=0, verbose_name="条数")),
                        ("served_on", models.DateField(null=True, verbose_name="首次公开")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
                                to="publishing.catalogueentry",
                                verbose_name="目录事项",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公开义务",
                        "indexes": [
                            models.Index(fields=["agency", "year", "due_on"], name="obligation_agency_year"),
                            models.Index(
                                condition=models.Q(("served_on__isnull", True)),
                                fields=["agency", "due_on"],
                                name="obligation_unserved",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "agency", "period"), name="obligation_once_per_period"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__lte", models.F("closes_on")), ("opens_on__lte", models.F("due_on"))
                                ),
                                name="obligation_days_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                        ("address", models.URLField(blank=True, max_length=300, verbose_name="网址")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("shown_on", models.DateField(null=True, verbose_name="公开日期")),
                        ("added_on", models.DateField(verbose_name="归集日期")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="归集人",
                            ),
                        ),
                        (
                            "blob",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="文件",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="publishing.obligation",
                                verbose_name="公开义务",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "佐证",
                        "ordering": ["added_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("address", ""), ("blob__isnull", True), ("item__isnull", False)),
                                    models.Q(("address", ""), ("blob__isnull", False), ("item__isnull", True)),
                                    models.Q(
                                        ("blob__isnull", True),
                                        ("item__isnull", True),
                                        models.Q(("address", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="evidence_of_one_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PenaltyChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.CharField(
                                choices=[
                                    ("amended", "变更"),
                                    ("revoked", "撤销"),
                                    ("unlawful", "确认违法"),
                                    ("void", "确认无效"),
                                ],
                                max_length=10,
                                verbose_name="情形",
                            ),
                        ),
                        ("decided_on", models.DateField(verbose_name="作出日期")),
                        ("basis", models.CharField(max_length=100, verbose_name="文书名称和文号")),
                        ("due_on", models.DateField(verbose_name="最迟撤回")),
                        ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="penalty_change",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "处罚决定变更",
                        "indexes": [models.Index(fields=["due_on"], name="penalty_change_due")],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("gazette", "政府公报"),
                                    ("website", "政府网站"),
                                    ("weibo", "政务微博"),
                                    ("wechat", "政务微信"),
                                    ("other", "其他方式"),
                                ],
                                max_length=10,
                                verbose_name="渠道",
                            ),
                        ),
                        ("published_on", models.DateField(verbose_name="公开日期")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="发布机构",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公开渠道",
                        "indexes": [
                            models.Index(fields=["agency", "published_on", "channel"], name="publication_agency_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "channel"), name="publication_once_per_channel")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reassessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="评估日期")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("keep", "仍不公开"), ("open", "转为主动公开")],
                                max_length=5,
                                verbose_name="结论",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评估人",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reassessments",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "定期评估",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RescanHit",
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
                        ("fingerprint", models.CharField(max_length=32)),
                        ("name", models.CharField(max_length=40, verbose_name="规则")),
                        ("kind", models.CharField(max_length=10, verbose_name="类别")),
                        ("strict", models.BooleanField(default=False, verbose_name="涉及个人信息或者涉密标志")),
                        ("where", models.CharField(max_length=80, verbose_name="位置")),
                        ("around", models.CharField(max_length=200, verbose_name="原文（遮蔽）")),
                        ("suggestion", models.CharField(max_length=200, verbose_name="建议")),
                        ("found_on", models.DateField(verbose_name="首次发现")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="发布机构",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rescan_hits",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "回扫提示",
                        "indexes": [models.Index(fields=["agency", "strict", "public_id"], name="rescan_hit_list")],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "fingerprint"), name="rescan_hit_once_per_item")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewChain",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item_class",
                            models.CharField(
                                choices=[("ordinary", "普通"), ("important", "重要"), ("sensitive", "敏感")],
                                max_length=10,
                                verbose_name="条目类别",
                            ),
                        ),
                        ("urgent", models.BooleanField(default=False, verbose_name="紧急事项")),
                        ("steps", models.JSONField(verbose_name="环节")),
                        ("changed_at", models.DateTimeField(auto_now=True, verbose_name="改定时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_chains",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="改定人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "审核链",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "item_class", "urgent"), name="reviewchain_once_per_organ"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("agency__isnull", True)),
                                fields=("item_class", "urgent"),
                                name="reviewchain_one_for_all",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sample",
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
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("passed", "没有问题"), ("finding", "有问题")],
                                max_length=8,
                                verbose_name="结果",
                            ),
                        ),
                        ("remarks", models.CharField(blank=True, max_length=500, verbose_name="问题")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="抽查时间")),
                        ("answer", models.CharField(blank=True, max_length=500, verbose_name="整改情况")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="整改时间")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="整改人",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="抽查人",
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="publishing.draw",
                                verbose_name="抽查",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="publishing.itemversion",
                                verbose_name="版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "抽查条目",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(condition=models.Q(("verdict", "")), fields=["draw"], name="sample_unchecked"),
                            models.Index(
                                condition=models.Q(("answer", ""), ("verdict", "finding")),
                                fields=["version"],
                                name="sample_unanswered",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("draw", "version"), name="sample_once_a_draw"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verdict", "finding"), _negated=True),
                                    models.Q(("remarks", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sample_finding_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer", ""),
                                    models.Q(("answered_at__isnull", False), ("verdict", "finding")),
                                    _connector="OR",
                                ),
                                name="sample_answer_to_finding",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecretReference",
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
                        ("alias", models.CharField(max_length=20, verbose_name="代称")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("top", "绝密"),
                                    ("secret", "机密"),
                                    ("confidential", "秘密"),
                                    ("work", "工作秘密"),
                                ],
                                max_length=12,
                                verbose_name="密级",
                            ),
                        ),
                        ("docno", models.CharField(max_length=60, verbose_name="发文字号")),
                        ("place", models.CharField(max_length=60, verbose_name="存放处")),
                        ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                        ("struck_out", models.CharField(blank=True, max_length=100, verbose_name="划去理由")),
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
                        "verbose_name": "涉密文件引用",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("struck_out", "")),
                                fields=("agency", "docno"),
                                name="secretreference_docno_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Spill",
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
                                    ("isolated", "已隔离，待第二人确认"),
                                    ("purged", "已清除"),
                                    ("lifted", "经核实不涉密，已解除"),
                                ],
                                default="isolated",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="隔离时间")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                        ("evidence", models.JSONField(default=list, verbose_name="清除的内容")),
                        ("backups", models.JSONField(default=list, verbose_name="备份")),
                        ("residue", models.JSONField(default=list, verbose_name="复查")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发现人",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
                            ),
                        ),
                        ("items", models.ManyToManyField(related_name="+", to="publishing.item", verbose_name="条目")),
                    ],
                    options={
                        "verbose_name": "泄露处置",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by__isnull", True), ("state", "isolated")),
                                    models.Q(
                                        models.Q(("state", "isolated"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="spill_decided_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="spill_two_persons",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandardCatalogue",
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
                            "field_code",
                            models.CharField(
                                choices=[
                                    ("major-projects", "重大建设项目"),
                                    ("public-resources", "公共资源交易"),
                                    ("budgets", "财政预决算"),
                                    ("work-safety", "安全生产"),
                                    ("taxation", "税收管理"),
                                    ("land-compensation", "征地补偿"),
                                    ("spatial-planning", "国土空间规划"),
                                    ("housing-expropriation", "国有土地上房屋征收与补偿"),
                                    ("affordable-housing", "保障性住房"),
                                    ("rural-housing", "农村危房改造"),
                                    ("environment", "生态环境"),
                                    ("public-culture", "公共文化服务"),
                                    ("legal-services", "公共法律服务"),
                                    ("poverty-relief", "扶贫"),
                                    ("disaster-relief", "救灾"),
                                    ("food-and-drugs", "食品药品监管"),
                                    ("city-enforcement", "城市综合执法"),
                                    ("employment", "就业创业"),
                                    ("social-insurance", "社会保险"),
                                    ("social-assistance", "社会救助"),
                                    ("elderly-care", "养老服务"),
                                    ("household-registration", "户籍管理"),
                                    ("farm-subsidies", "涉农补贴"),
                                    ("compulsory-education", "义务教育"),
                                    ("health-care", "医疗卫生"),
                                    ("municipal-services", "市政服务"),
                                ],
                                max_length=30,
                                verbose_name="领域",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("county", "县级"), ("town", "乡级")], max_length=10, verbose_name="层级"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="版次")),
                        ("size", models.PositiveIntegerField(verbose_name="事项数")),
                        ("imported_on", models.DateField(verbose_name="导入日期")),
                        ("replaced_on", models.DateField(null=True, verbose_name="停用日期")),
                        (
                            "imported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="导入人",
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
                        "verbose_name": "标准目录",
                        "ordering": ["field_code", "level", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("field_code", "level", "version"), name="standardcatalogue_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_on__isnull", True)),
                                fields=("field_code", "level"),
                                name="standardcatalogue_one_in_force",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuperiorPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("awaited_since", models.DateTimeField(verbose_name="发布时间")),
                        ("url", models.CharField(blank=True, max_length=500, verbose_name="网址")),
                        ("posted_at", models.DateTimeField(null=True, verbose_name="上级平台发布时间")),
                        ("filled_at", models.DateTimeField(null=True, verbose_name="回填时间")),
                        (
                            "shown",
                            models.CharField(
                                choices=[("nothing", "不显示"), ("beside", "同时显示"), ("instead", "只显示链接")],
                                default="beside",
                                max_length=10,
                                verbose_name="本站显示",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("same", "标题相符"), ("other", "标题不符"), ("unreached", "打不开")],
                                max_length=10,
                                verbose_name="核对",
                            ),
                        ),
                        ("verdict_note", models.CharField(blank=True, max_length=200, verbose_name="核对说明")),
                        ("verdict_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="发布机构",
                            ),
                        ),
                        (
                            "filled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="回填人",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superior_page",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="publishing.itemversion",
                                verbose_name="版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "上级平台网页",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("filled_at__isnull", True)),
                                fields=["agency", "awaited_since"],
                                name="superior_page_awaited",
                            ),
                            models.Index(fields=["agency", "awaited_since", "item"], name="superior_page_agency"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("url", ""), _negated=True),
                                fields=("url",),
                                name="superior_page_url_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("filled_at__isnull", True),
                                    models.Q(
                                        models.Q(("url", ""), _negated=True),
                                        ("posted_at__isnull", False),
                                        ("filled_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="superior_page_filled_is_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupervisionOrder",
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
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="编号")),
                        ("issued_on", models.DateField(verbose_name="签发日期")),
                        ("finish_by", models.DateField(verbose_name="整改期限")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervision_orders",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签发人",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="督办单",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "督办单",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="催办日期")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="催办人",
                            ),
                        ),
                        (
                            "obligation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="publishing.obligation",
                                verbose_name="公开义务",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="publishing.supervisionorder",
                                verbose_name="督办单",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催办",
                        "ordering": ["on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("order__isnull", True)),
                                fields=("obligation", "on"),
                                name="reminder_once_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Takedown",
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
                        ("holder", models.CharField(max_length=100, verbose_name="平台或者媒体")),
                        ("url", models.CharField(blank=True, max_length=500, verbose_name="网址")),
                        ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                        ("gone_on", models.DateField(null=True, verbose_name="撤下日期")),
                        ("result", models.CharField(blank=True, max_length=200, verbose_name="结果")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "gone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核实人",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takedowns",
                                to="publishing.item",
                                verbose_name="条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "提请撤下",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("gone_on__isnull", True)), fields=["item"], name="takedown_open"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("gone_by__isnull", True), ("gone_on__isnull", True)),
                                    models.Q(("gone_by__isnull", False), ("gone_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="takedown_gone_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ValidityChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "validity",
                            models.CharField(
                                choices=[
                                    ("in_force", "有效"),
                                    ("amended", "已修改"),
                                    ("expired", "失效"),
                                    ("repealed", "废止"),
                                ],
                                max_length=10,
                                verbose_name="有效性",
                            ),
                        ),
                        ("since", models.DateField(null=True, verbose_name="自何日起")),
                        ("authority", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        ("remarks", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("at", models.DateTimeField(verbose_name="办理时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办理人",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="validity_effects",
                                to="publishing.item",
                                verbose_name="依据的文件",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="validity_changes",
                                to="publishing.item",
                                verbose_name="文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "修改沿革",
                        "ordering": ["since", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("since__isnull", True),
                                        ("validity", "in_force"),
                                        models.Q(("remarks", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("validity", "in_force"), _negated=True), ("since__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="validitychange_is_dated",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="cleanup",
            name="result",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concludes_clean_ups",
                to="publishing.item",
                verbose_name="清理结果",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="published_version",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="publishing.itemversion",
            ),
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="catalogue",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="publishing.standardcatalogue",
                verbose_name="标准目录",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(
                        ("column_serial__isnull", False),
                        ("first_published_at__isnull", False),
                        ("openness", "open"),
                        ("published_at__isnull", False),
                        ("published_version__isnull", False),
                        ("withdrawn_at__isnull", True),
                        models.Q(("index_no", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="item_public_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("catalogue__isnull", True)),
                fields=("column",),
                name="entry_one_statutory_per_column",
            ),
        ),
    ]
