import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.agencies.identifiers
import gongkai.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        gongkai.tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "public_id",
                            models.UUIDField(
                                default=gongkai.agencies.identifiers.new_public_id,
                                editable=False,
                                unique=True,
                                verbose_name="标识",
                            ),
                        ),
                        ("username", models.CharField(max_length=40, unique=True, verbose_name="账号")),
                        ("name", models.CharField(max_length=40, verbose_name="姓名")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="办公电话")),
                        ("is_active", models.BooleanField(default=True, verbose_name="可登录")),
                    ],
                    options={
                        "verbose_name": "人员",
                    },
                ),
                migrations.CreateModel(
                    name="Agency",
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
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="全称")),
                        ("short_name", models.CharField(max_length=30, verbose_name="简称")),
                        ("code", models.CharField(max_length=18, unique=True, verbose_name="统一社会信用代码")),
                        ("document_prefix", models.CharField(max_length=20, verbose_name="机关代字")),
                        (
                            "legal_kind",
                            models.CharField(
                                choices=[
                                    ("government", "政府"),
                                    ("department", "部门"),
                                    ("subdistrict", "派出机关"),
                                    ("dispatched_office", "派出机构"),
                                    ("authorised_org", "授权组织"),
                                    ("party_body", "党委机构"),
                                    ("public_institution", "公共企事业"),
                                    ("vertical", "垂管"),
                                    ("village", "村居"),
                                ],
                                max_length=20,
                                verbose_name="法律性质",
                            ),
                        ),
                        ("is_justice_bureau", models.BooleanField(default=False, verbose_name="司法行政部门")),
                        ("path", models.CharField(editable=False, max_length=120, unique=True)),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="排序")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="办公地址")),
                        ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮政编码")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="联系电话")),
                        ("fax", models.CharField(blank=True, max_length=40, verbose_name="传真")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                        ("office_hours", models.CharField(blank=True, max_length=100, verbose_name="办公时间")),
                        ("head", models.CharField(blank=True, max_length=50, verbose_name="负责人")),
                        ("valid_from", models.DateField(verbose_name="设立日期")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="并入",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="agencies.agency",
                                verbose_name="上级",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "机关",
                        "ordering": ["path"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="agency_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True), ("valid_to__isnull", False), _connector="OR"
                                ),
                                name="agency_merged_has_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("drafter", "拟稿人"),
                                    ("reviewer", "审核人"),
                                    ("secrecy_reviewer", "保密审查员"),
                                    ("publisher", "签发人"),
                                    ("case_registrar", "申请登记员"),
                                    ("handler", "承办人"),
                                    ("legal_reviewer", "法制审核人"),
                                    ("signatory", "答复签发人"),
                                    ("statistician", "统计员"),
                                    ("disclosure_office", "政务公开办"),
                                    ("supervisor", "监督员"),
                                    ("system_admin", "系统管理员"),
                                    ("security_admin", "安全管理员"),
                                    ("audit_admin", "审计管理员"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                        ("valid_from", models.DateField(verbose_name="起")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "岗位",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to__isnull", True)),
                                fields=("user", "agency", "role"),
                                name="appointment_held_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("role__in", ["system_admin", "security_admin", "audit_admin"]),
                                    ("valid_to__isnull", True),
                                ),
                                fields=("user",),
                                name="appointment_one_administration",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("notice", models.CharField(max_length=60, verbose_name="文号")),
                        ("local", models.BooleanField(default=False, verbose_name="地方假日")),
                        ("entered_at", models.DateTimeField(auto_now=True, verbose_name="录入时间")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "放假安排",
                        "ordering": ["year", "local"],
                        "constraints": [
                            models.UniqueConstraint(fields=("year", "local"), name="calendar_once_per_year")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarRange",
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
                                choices=[("off", "放假"), ("work", "调休上班")], max_length=4, verbose_name="类别"
                            ),
                        ),
                        ("first", models.DateField(verbose_name="起")),
                        ("last", models.DateField(verbose_name="止")),
                        ("name", models.CharField(blank=True, max_length=20, verbose_name="名称")),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ranges",
                                to="agencies.calendaryear",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["first"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))), name="calendar_range_ordered"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delegation",
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
                        ("valid_from", models.DateField(verbose_name="起")),
                        ("valid_to", models.DateField(verbose_name="止")),
                        ("set_at", models.DateTimeField(auto_now_add=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="提前结束时间")),
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
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deputising",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="受托人",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delegations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="委托人",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "请假委托",
                        "indexes": [models.Index(fields=["agency", "valid_to"], name="delegation_agency")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("deputy")), _negated=True),
                                name="delegation_to_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                                name="delegation_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeputyPair",
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
                        ("set_at", models.DateTimeField(auto_now_add=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
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
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="B 角",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deputy_pairs",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="A 角",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "AB角",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("deputy")), _negated=True),
                                name="deputy_pair_of_two",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("agency", "person"),
                                name="deputy_pair_one_standing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Installation",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("demonstration", models.BooleanField(default=False, verbose_name="演示")),
                        (
                            "theme",
                            models.CharField(
                                choices=[("blue", "政务蓝"), ("red", "中国红")],
                                default="blue",
                                max_length=4,
                                verbose_name="主题色",
                            ),
                        ),
                        ("domain", models.CharField(blank=True, max_length=100, verbose_name="网站域名")),
                        ("site_code", models.CharField(blank=True, max_length=10, verbose_name="政府网站标识码")),
                        ("icp_number", models.CharField(blank=True, max_length=40, verbose_name="ICP 备案编号")),
                        ("police_number", models.CharField(blank=True, max_length=40, verbose_name="公安机关备案标识")),
                        (
                            "superior_government",
                            models.CharField(blank=True, max_length=100, verbose_name="上一级人民政府"),
                        ),
                        ("superior_court", models.CharField(blank=True, max_length=100, verbose_name="中级人民法院")),
                        ("court", models.CharField(blank=True, max_length=100, verbose_name="基层人民法院")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "government",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="本级政府",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="installation_is_one")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportingLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reports_to",
                            models.CharField(
                                choices=[("county", "本县"), ("superior", "上级系统"), ("none", "不报送")],
                                max_length=10,
                                verbose_name="报送",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="起")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reporting_lines",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to__isnull", True)),
                                fields=("agency",),
                                name="agency_one_open_reporting_line",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Setting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80, unique=True)),
                        ("value", models.JSONField()),
                        ("confirmed", models.BooleanField(default=False, verbose_name="已核定")),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="WorkHandover",
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
                        ("on", models.DateField(verbose_name="交接日")),
                        ("done_at", models.DateTimeField(auto_now_add=True)),
                        ("dismissed_at", models.DateTimeField(blank=True, null=True, verbose_name="接收人已知悉")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="移交人",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_over",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="接收人",
                            ),
                        ),
                        (
                            "witness",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="监交人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作交接",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("dismissed_at__isnull", True)),
                                fields=["successor"],
                                name="workhandover_to_read",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("person", models.F("successor")), _negated=True),
                                    models.Q(("person", models.F("witness")), _negated=True),
                                    models.Q(("successor", models.F("witness")), _negated=True),
                                ),
                                name="workhandover_three_persons",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkHandoverLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=30, verbose_name="类别")),
                        ("title", models.CharField(max_length=300, verbose_name="事项")),
                        ("agency_name", models.CharField(blank=True, max_length=30, verbose_name="机关")),
                        ("standing", models.CharField(blank=True, max_length=120, verbose_name="状态和期限")),
                        ("url", models.CharField(blank=True, max_length=300)),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="agencies.workhandover",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "交接事项",
                        "ordering": ["handover", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("handover", "position"), name="workhandoverline_once")
                        ],
                    },
                ),
            ],
        ),
    ]
