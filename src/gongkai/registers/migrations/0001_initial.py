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
                    name="DisclosurePlace",
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
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        ("held_on", models.DateField(verbose_name="起")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("title", models.CharField(max_length=100, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("reading_point", "查阅点"), ("board", "公开栏"), ("zone", "政务公开专区")],
                                max_length=15,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "site",
                            models.CharField(
                                choices=[
                                    ("archive", "国家档案馆"),
                                    ("library", "公共图书馆"),
                                    ("service_hall", "政务服务场所"),
                                    ("organ", "本机关"),
                                    ("village", "村（居）"),
                                    ("other", "其他"),
                                ],
                                max_length=15,
                                verbose_name="设在",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.disclosureplace",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公开场所",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_d_agency__fb3bdc_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("ended_on__gte", models.F("held_on")), _connector="OR"
                                ),
                                name="disclosureplace_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fund",
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("disclosure", "政府信息公开专项"),
                                    ("gazette", "政府公报编辑管理"),
                                    ("website", "政府网站建设维护"),
                                ],
                                default="disclosure",
                                max_length=10,
                                verbose_name="用途",
                            ),
                        ),
                        ("amount_fen", models.PositiveBigIntegerField(verbose_name="金额（万元）")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.fund",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "专项经费",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_f_agency__13d2c7_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LeadingGroup",
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
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        ("held_on", models.DateField(verbose_name="起")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "basis",
                            models.CharField(help_text="文件名称或者文号", max_length=100, verbose_name="成立依据"),
                        ),
                        ("leader", models.CharField(help_text="姓名和职务", max_length=60, verbose_name="组长")),
                        ("deputies", models.CharField(blank=True, max_length=200, verbose_name="副组长")),
                        ("office", models.CharField(blank=True, max_length=60, verbose_name="办公室设在")),
                        ("members", models.CharField(blank=True, max_length=1000, verbose_name="成员单位")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.leadinggroup",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "领导小组",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_l_agency__2e77e3_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("ended_on__gte", models.F("held_on")), _connector="OR"
                                ),
                                name="leadinggroup_ends_after_start",
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.meeting",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
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
                    name="PlaceVisits",
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        ("visits", models.PositiveIntegerField(verbose_name="接待人次")),
                        ("approximate", models.BooleanField(default=False, verbose_name="约数")),
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
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registers.disclosureplace",
                                verbose_name="场所",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.placevisits",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "接待人次",
                        "verbose_name_plural": "接待人次",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_p_agency__690f95_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("struck_out", "")),
                                fields=("place", "held_on"),
                                name="placevisits_once_a_month",
                            )
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.pressconference",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
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
                    name="ResponsiblePerson",
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
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        ("held_on", models.DateField(verbose_name="起")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("title", models.CharField(max_length=50, verbose_name="姓名")),
                        (
                            "level",
                            models.CharField(
                                choices=[("leader", "分管领导"), ("head", "科室负责人"), ("clerk", "具体经办")],
                                max_length=10,
                                verbose_name="层级",
                            ),
                        ),
                        ("position", models.CharField(blank=True, max_length=60, verbose_name="科室、职务")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="办公电话")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.responsibleperson",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "责任人",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_r_agency__9655e7_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("ended_on__gte", models.F("held_on")), _connector="OR"
                                ),
                                name="responsibleperson_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffMember",
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
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        ("held_on", models.DateField(verbose_name="起")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("title", models.CharField(max_length=50, verbose_name="姓名")),
                        (
                            "capacity",
                            models.CharField(
                                choices=[("full_time", "专职"), ("part_time", "兼职")],
                                max_length=10,
                                verbose_name="专兼职",
                            ),
                        ),
                        (
                            "work",
                            models.CharField(
                                choices=[
                                    ("disclosure", "政府信息公开"),
                                    ("gazette", "政府公报"),
                                    ("website", "政府网站"),
                                ],
                                default="disclosure",
                                max_length=10,
                                verbose_name="从事",
                            ),
                        ),
                        ("position", models.CharField(blank=True, max_length=60, verbose_name="科室、职务")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.staffmember",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作人员",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_s_agency__c4f6d1_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("ended_on__gte", models.F("held_on")), _connector="OR"
                                ),
                                name="staffmember_ends_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplySheet",
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
                        ("first", models.DateField(verbose_name="时期起")),
                        ("last", models.DateField(verbose_name="时期止")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "待填"),
                                    ("filled", "待确认"),
                                    ("returned", "已退回"),
                                    ("confirmed", "已确认"),
                                    ("cancelled", "已撤销"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500, verbose_name="要求")),
                        ("asked_on", models.DateField(verbose_name="发起日期")),
                        ("due_on", models.DateField(verbose_name="报送期限")),
                        ("filled_on", models.DateField(blank=True, null=True, verbose_name="填报日期")),
                        ("on_behalf", models.BooleanField(default=False, verbose_name="代填")),
                        ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="确认日期")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="退回、撤销理由")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supply_sheets",
                                to="agencies.agency",
                                verbose_name="供数单位",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="佐证材料",
                            ),
                        ),
                        (
                            "filled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "部门供数单",
                        "ordering": ["-public_id"],
                        "indexes": [
                            models.Index(fields=["agency", "state", "due_on"], name="supplysheet_waiting"),
                            models.Index(fields=["state", "due_on"], name="supplysheet_of_office"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))),
                                name="supplysheet_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    models.Q(
                                        ("confirmed_by__isnull", False),
                                        models.Q(("confirmed_by", models.F("filled_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="supplysheet_confirmed_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuppliedFigure",
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
                        ("whole_region", models.BooleanField(default=False, verbose_name="全域")),
                        ("kind", models.CharField(max_length=40, verbose_name="数")),
                        ("first", models.DateField(verbose_name="时期起")),
                        ("last", models.DateField(verbose_name="时期止")),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=17, null=True, verbose_name="数值"
                            ),
                        ),
                        ("unit", models.CharField(max_length=4, verbose_name="单位")),
                        ("approximate", models.BooleanField(default=False, verbose_name="约数")),
                        ("evidence", models.CharField(blank=True, max_length=300, verbose_name="佐证")),
                        ("counted", models.BooleanField(default=False)),
                        ("struck_out", models.CharField(blank=True, max_length=200, verbose_name="划去理由")),
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="数归属",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="registers.supplysheet",
                                verbose_name="供数单",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "供数",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("counted", True)),
                                fields=["agency", "last", "kind"],
                                name="supplied_counted",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("struck_out", "")),
                                fields=("sheet", "kind"),
                                name="supplied_once_a_sheet",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("counted", True)),
                                fields=("agency", "whole_region", "kind", "first", "last"),
                                name="supplied_counted_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("counted", False), ("struck_out", ""), _connector="OR"),
                                name="supplied_counted_or_struck",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("counted", False), ("value__isnull", False), _connector="OR"),
                                name="supplied_counted_has_value",
                            ),
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.training",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
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
                migrations.CreateModel(
                    name="WorkRule",
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        ("docno", models.CharField(blank=True, max_length=60, verbose_name="文号")),
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
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="文本",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.workrule",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作制度",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_w_agency__be78d3_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleRevision",
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("amended", "修订"), ("repealed", "废止")],
                                max_length=10,
                                verbose_name="修订或者废止",
                            ),
                        ),
                        ("docno", models.CharField(blank=True, max_length=60, verbose_name="文号")),
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
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="文本",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.rulerevision",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="registers.workrule",
                                verbose_name="制度",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "制度修订",
                        "ordering": ["-held_on", "-id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["agency", "held_on", "id"], name="registers_r_agency__813a19_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "repealed"), ("struck_out", "")),
                                fields=("rule",),
                                name="rulerevision_repealed_once",
                            )
                        ],
                    },
                ),
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
                        ("struck_out_at", models.DateTimeField(blank=True, null=True, verbose_name="划去时间")),
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
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement",
                                to="registers.channelmonth",
                                verbose_name="改登自",
                            ),
                        ),
                        (
                            "struck_out_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="划去人",
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
            ],
        ),
    ]
