import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.agencies.identifiers
import gongkai.documents.cipher
import gongkai.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("documents", "0001_initial"),
        ("publishing", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        gongkai.tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name="Applicant",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("natural_person", "自然人"),
                                    ("business", "商业企业"),
                                    ("research", "科研机构"),
                                    ("ngo", "社会公益组织"),
                                    ("legal", "法律服务机构"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="申请人类型",
                            ),
                        ),
                        ("name", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="姓名或者名称")),
                        (
                            "id_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("resident", "居民身份证"),
                                    ("passport", "护照"),
                                    ("mainland_permit", "港澳台居民来往内地（大陆）通行证"),
                                    ("credit_code", "统一社会信用代码"),
                                    ("other", "其他证明"),
                                ],
                                max_length=16,
                                verbose_name="证件类型",
                            ),
                        ),
                        ("id_number", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="证件号码")),
                        (
                            "legal_representative",
                            gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="法定代表人"),
                        ),
                        ("contact_person", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="联系人")),
                        ("phone", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="联系电话")),
                        ("email", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="电子邮箱")),
                        ("fax", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="传真")),
                        ("address", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="通信地址")),
                        ("postcode", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="邮政编码")),
                        ("agent_name", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="受托人")),
                        (
                            "agent_id_number",
                            gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="受托人证件号码"),
                        ),
                        ("name_index", models.CharField(editable=False, max_length=64)),
                        ("id_index", models.CharField(blank=True, editable=False, max_length=64)),
                    ],
                    options={
                        "verbose_name": "申请人",
                        "indexes": [
                            models.Index(fields=["id_index"], name="applicant_id_index"),
                            models.Index(fields=["name_index"], name="applicant_name_index"),
                            models.Index(fields=["id", "kind"], name="applicant_kind"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["natural_person", "business", "research", "ngo", "legal", "other"])
                                ),
                                name="applicant_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                            "answering_body",
                            models.CharField(
                                choices=[("organ", "本机关"), ("designated_office", "指定机构（以自己名义）")],
                                default="organ",
                                max_length=20,
                                verbose_name="答复主体",
                            ),
                        ),
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="登记号")),
                        ("superior_number", models.CharField(blank=True, max_length=60, verbose_name="上级平台编号")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "网上"),
                                    ("in_person", "当面"),
                                    ("post_signed", "挂号信或者特快专递"),
                                    ("post_ordinary", "平信"),
                                    ("fax", "传真"),
                                    ("email", "电子邮件"),
                                ],
                                max_length=16,
                                verbose_name="渠道",
                            ),
                        ),
                        ("oral", models.BooleanField(default=False, verbose_name="口头申请（笔录）")),
                        (
                            "oral_reason",
                            gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="不能书面申请的原因"),
                        ),
                        ("submission_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("query_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("submitted_at", models.DateTimeField(verbose_name="收件时间")),
                        ("submitted_on", models.DateField(verbose_name="提交日")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签收日")),
                        ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="确认日")),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="收到日")),
                        (
                            "law",
                            models.CharField(
                                blank=True,
                                choices=[("711", "2019年条例"), ("492", "2007年条例")],
                                max_length=3,
                                verbose_name="适用法",
                            ),
                        ),
                        ("info_desc", gongkai.documents.cipher.SealedTextField(verbose_name="申请内容")),
                        ("info_index", models.CharField(blank=True, editable=False, max_length=64)),
                        ("subject", models.CharField(blank=True, max_length=100, verbose_name="内容摘要")),
                        (
                            "provide_form",
                            models.CharField(
                                choices=[("paper", "纸质"), ("electronic", "电子数据"), ("inspect", "查阅、抄录")],
                                max_length=12,
                                verbose_name="提供方式",
                            ),
                        ),
                        (
                            "provide_route",
                            models.CharField(
                                choices=[
                                    ("pickup", "当面领取"),
                                    ("post", "邮寄"),
                                    ("email", "电子邮件"),
                                    ("online", "网上查阅"),
                                ],
                                max_length=12,
                                verbose_name="获取途径",
                            ),
                        ),
                        (
                            "assist_needed",
                            models.BooleanField(default=False, verbose_name="需要协助（条例第四十三条）"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "来件待登记"),
                                    ("registered", "已登记"),
                                    ("examining", "审查"),
                                    ("waiting_correction", "待补正"),
                                    ("waiting_reason", "待说明理由"),
                                    ("waiting_fee", "待缴费"),
                                    ("processing", "办理"),
                                    ("waiting_third_party", "征求第三方意见"),
                                    ("waiting_co_maker", "征求共同制作机关意见"),
                                    ("waiting_agency", "征求其他机关意见"),
                                    ("drafting", "拟办"),
                                    ("legal_review", "法审"),
                                    ("secrecy_review", "保密审查"),
                                    ("signing", "待签发"),
                                    ("delivering", "待送达"),
                                    ("closed", "办结"),
                                    ("archived", "已归档"),
                                    ("withdrawn", "已撤回"),
                                    ("abandoned", "视为放弃"),
                                ],
                                default="received",
                                max_length=24,
                                verbose_name="状态",
                            ),
                        ),
                        ("registered_on", models.DateField(blank=True, null=True, verbose_name="登记日")),
                        ("abandoned_on", models.DateField(blank=True, null=True, verbose_name="视为放弃日")),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="归档日")),
                        ("agreed_reply_on", models.DateField(blank=True, null=True, verbose_name="延迟答复至")),
                        ("redecided", models.BooleanField(default=False, editable=False, verbose_name="重新答复")),
                        ("due_on", models.DateField(editable=False, null=True, verbose_name="当前期限")),
                        ("reply_by", models.DateField(editable=False, null=True, verbose_name="答复期限")),
                        ("reply_by_original", models.DateField(editable=False, null=True, verbose_name="原答复期限")),
                        ("longest_reply_by", models.DateField(editable=False, null=True, verbose_name="最长答复期限")),
                        (
                            "correction_notice_by",
                            models.DateField(editable=False, null=True, verbose_name="补正告知期限"),
                        ),
                        ("open_ended", models.BooleanField(default=False, editable=False)),
                        ("projected_on", models.DateField(editable=False, null=True)),
                        ("calendar_version", models.CharField(blank=True, editable=False, max_length=64)),
                        ("counted_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日")),
                        (
                            "counted_year",
                            models.PositiveSmallIntegerField(
                                blank=True, editable=False, null=True, verbose_name="计入年度"
                            ),
                        ),
                        (
                            "counted_outcome",
                            models.CharField(blank=True, editable=False, max_length=40, verbose_name="计入结果"),
                        ),
                        (
                            "counted_ground",
                            models.CharField(blank=True, editable=False, max_length=20, verbose_name="计入理由"),
                        ),
                        (
                            "counted_timely",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ontime", "按时办结"),
                                    ("extended", "延期办结"),
                                    ("overdue", "超期办结"),
                                    ("withdrawn", "申请人撤回"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="办结情形",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "applicant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case",
                                to="casework.applicant",
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "duplicate_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.case",
                                verbose_name="疑似重复",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="承办人",
                            ),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "split_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="split_parts",
                                to="casework.case",
                                verbose_name="拆分自",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办件",
                        "indexes": [
                            models.Index(fields=["agency", "state", "due_on"], name="case_agency_state_due"),
                            models.Index(fields=["agency", "due_on", "public_id"], name="case_agency_due"),
                            models.Index(fields=["agency", "received_on"], name="case_agency_received"),
                            models.Index(
                                fields=[
                                    "agency",
                                    "counted_on",
                                    "received_on",
                                    "counted_outcome",
                                    "counted_ground",
                                    "counted_timely",
                                    "channel",
                                    "applicant",
                                ],
                                name="case_counted",
                            ),
                            models.Index(fields=["handler", "state", "due_on"], name="case_handler_state"),
                            models.Index(fields=["agency", "info_index"], name="case_agency_info"),
                            models.Index(
                                condition=models.Q(("due_on__isnull", False)),
                                fields=["due_on", "public_id"],
                                name="case_due",
                            ),
                            models.Index(fields=["state", "due_on", "public_id"], name="case_state_only_due"),
                            models.Index(
                                condition=models.Q(("open_ended", True)), fields=["due_on"], name="case_open_ended"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("superior_number", ""), _negated=True),
                                fields=("superior_number",),
                                name="case_superior_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "received",
                                            "registered",
                                            "examining",
                                            "waiting_correction",
                                            "waiting_reason",
                                            "waiting_fee",
                                            "processing",
                                            "waiting_third_party",
                                            "waiting_co_maker",
                                            "waiting_agency",
                                            "drafting",
                                            "legal_review",
                                            "secrecy_review",
                                            "signing",
                                            "delivering",
                                            "closed",
                                            "archived",
                                            "withdrawn",
                                            "abandoned",
                                        ],
                                    )
                                ),
                                name="case_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["archived", "closed", "withdrawn"]),
                                    ("due_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_open_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            "received",
                                            "waiting_correction",
                                            "waiting_fee",
                                            "abandoned",
                                            "archived",
                                            "closed",
                                            "withdrawn",
                                        ),
                                    ),
                                    ("abandoned_on__isnull", False),
                                    ("reply_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_running_has_reply_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "received"),
                                    models.Q(("received_on__isnull", False), models.Q(("law", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="case_has_receipt",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("counted_on__isnull", True),
                                    ("counted_on__gte", models.F("received_on")),
                                    _connector="OR",
                                ),
                                name="case_closed_after_receipt",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["archived", "closed", "withdrawn"]), _negated=True),
                                    ("counted_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_finished_is_counted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("counted_on__isnull", True),
                                        ("counted_outcome", ""),
                                        ("counted_timely", ""),
                                        ("counted_year__isnull", True),
                                    ),
                                    models.Q(
                                        ("counted_on__isnull", False),
                                        (
                                            "counted_outcome__in",
                                            [
                                                "grant.already_public",
                                                "grant.provide",
                                                "partial",
                                                "refuse.state_secret",
                                                "refuse.prohibited_by_law",
                                                "refuse.security_stability",
                                                "refuse.third_party",
                                                "refuse.internal_affairs",
                                                "refuse.process_info",
                                                "refuse.enforcement_file",
                                                "refuse.admin_query",
                                                "unable.not_held.not_exist",
                                                "unable.not_held.not_this_organ",
                                                "unable.needs_creation",
                                                "unable.still_unclear",
                                                "decline.petition",
                                                "decline.repeat",
                                                "decline.publication",
                                                "decline.excessive",
                                                "decline.reconfirm",
                                                "other.no_amend",
                                                "other.no_payment",
                                                "other.withdrawn",
                                                "other.not_gov_info",
                                                "other.misc",
                                            ],
                                        ),
                                        ("counted_timely__in", ["ontime", "extended", "overdue", "withdrawn"]),
                                        ("counted_year__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_counted_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("assigned_on", models.DateField(verbose_name="分办日")),
                        ("words", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="分办意见")),
                        ("accepted_on", models.DateField(blank=True, null=True, verbose_name="接收日")),
                        ("refused_on", models.DateField(blank=True, null=True, verbose_name="退回日")),
                        ("refusal", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="退回理由")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日")),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="分办人",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="承办人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="casework.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "分办",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["handler", "accepted_on", "ended_on"], name="assignment_handler_waits")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on", None)), fields=("case",), name="assignment_one_running"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("refused_on", None),
                                    models.Q(
                                        ("accepted_on", None),
                                        ("ended_on__isnull", False),
                                        models.Q(("refusal", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="assignment_refused_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("form_key", gongkai.documents.cipher.SealedTextField()),
                        ("answers_sealed", gongkai.documents.cipher.SealedTextField(blank=True)),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="casework.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申请草稿",
                    },
                ),
                migrations.CreateModel(
                    name="ApplicantPaper",
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
                            "kind",
                            models.CharField(
                                choices=[("correction", "补正"), ("withdrawal", "撤回")],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "key_digest",
                            models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True),
                        ),
                        ("text", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="内容")),
                        (
                            "before",
                            gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="补正前的申请内容"),
                        ),
                        ("received_on", models.DateField(verbose_name="收到日")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applicant_papers",
                                to="casework.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申请人来文",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseFile",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("application", "申请书"),
                                    ("identity", "身份证明"),
                                    ("attachment", "申请附件"),
                                    ("authority", "委托书"),
                                    ("oral_record", "口头申请笔录（签名件）"),
                                    ("correction", "补正材料"),
                                    ("withdrawal", "撤回书"),
                                    ("opinion", "征求意见答复"),
                                    ("provided", "提供的信息"),
                                    ("assistance", "协办反馈"),
                                    ("order", "复议决定书、判决书"),
                                    ("answer", "当时的答复原件"),
                                    ("other", "其他材料"),
                                ],
                                max_length=12,
                                verbose_name="材料",
                            ),
                        ),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="收到日")),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "blob",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.blob"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="casework.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案卷材料",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", gongkai.documents.cipher.SealedTextField(verbose_name="备注")),
                        ("written_at", models.DateTimeField(auto_now_add=True)),
                        ("purged_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="casework.case"
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办理备注",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="催办日")),
                        ("told", models.CharField(max_length=200, verbose_name="催了谁")),
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="casework.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办件催办",
                        "ordering": ["pk"],
                        "constraints": [models.UniqueConstraint(fields=("case", "on"), name="casereminder_once_a_day")],
                    },
                ),
                migrations.CreateModel(
                    name="Complaint",
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
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="编号")),
                        ("received_on", models.DateField(verbose_name="收到日")),
                        ("source", models.CharField(max_length=60, verbose_name="来源")),
                        ("complainant", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="举报人")),
                        ("contact", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="联系方式")),
                        ("matter", gongkai.documents.cipher.SealedTextField(verbose_name="事项")),
                        ("subject", models.CharField(max_length=100, verbose_name="摘要")),
                        ("assigned_on", models.DateField(blank=True, null=True, verbose_name="转办日")),
                        ("feedback_due_on", models.DateField(blank=True, null=True, verbose_name="反馈期限")),
                        (
                            "original_reason",
                            gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="附原件的理由"),
                        ),
                        ("feedback", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="办理情况反馈")),
                        ("feedback_on", models.DateField(blank=True, null=True, verbose_name="反馈日")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("substantiated", "属实，责令改正"),
                                    ("unsubstantiated", "不属实"),
                                    ("transferred", "转有权机关"),
                                    ("withdrawn", "撤回"),
                                ],
                                max_length=16,
                                verbose_name="处理结果",
                            ),
                        ),
                        ("result_words", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="处理情况")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日")),
                        ("told_on", models.DateField(blank=True, null=True, verbose_name="告知举报人日")),
                        (
                            "told_way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in_person", "当面送达"),
                                    ("post", "邮寄"),
                                    ("email", "电子邮件"),
                                    ("online", "查询页推送"),
                                    ("fax", "传真"),
                                ],
                                max_length=12,
                                verbose_name="告知方式",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints",
                                to="agencies.agency",
                                verbose_name="被举报机关",
                            ),
                        ),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints_assigned",
                                to="agencies.agency",
                                verbose_name="转办机关",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "received_at",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints_received",
                                to="agencies.agency",
                                verbose_name="受理机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "举报投诉",
                        "indexes": [
                            models.Index(fields=["agency", "received_on"], name="complaint_agency_received"),
                            models.Index(fields=["received_at", "closed_on"], name="complaint_received_at"),
                            models.Index(fields=["assigned_to", "feedback_on"], name="complaint_assigned"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", True), ("result", "")),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("closed_on__gte", models.F("received_on")),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="complaint_closed_with_result",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("assigned_on", None), ("assigned_to", None), ("feedback_due_on", None)),
                                    models.Q(
                                        ("assigned_on__isnull", False),
                                        ("assigned_to__isnull", False),
                                        ("feedback_due_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="complaint_assigned_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("told_on", None), ("told_way", "")),
                                    models.Q(("told_on__isnull", False), models.Q(("told_way", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="complaint_told_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        ("active", models.BooleanField(default=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("grant.already_public", "已主动公开，告知获取方式途径"),
                                    ("grant.provide", "可以公开，提供或告知方式途径时间"),
                                    ("partial", "部分公开（区分处理）"),
                                    ("refuse.state_secret", "国家秘密"),
                                    ("refuse.prohibited_by_law", "法律、行政法规禁止公开"),
                                    ("refuse.security_stability", "危及国家安全、公共安全、经济安全、社会稳定"),
                                    ("refuse.third_party", "保护第三方合法权益（商业秘密、个人隐私等）"),
                                    ("refuse.internal_affairs", "内部事务信息：人事管理、后勤管理、内部工作流程"),
                                    ("refuse.process_info", "过程性信息：讨论记录、过程稿、磋商信函、请示报告"),
                                    ("refuse.enforcement_file", "行政执法案卷信息"),
                                    ("refuse.admin_query", "行政查询事项（工商、不动产登记资料等）"),
                                    ("unable.not_held.not_exist", "经检索不存在"),
                                    ("unable.not_held.not_this_organ", "不属于本机关负责公开"),
                                    ("unable.needs_creation", "没有现成信息，需加工、分析、另行制作"),
                                    ("unable.still_unclear", "补正后申请内容仍不明确"),
                                    ("decline.petition", "信访、投诉、举报"),
                                    ("decline.repeat", "重复申请"),
                                    ("decline.publication", "要求提供公开出版物"),
                                    ("decline.excessive", "无正当理由大量反复申请"),
                                    ("decline.reconfirm", "要求确认或重新出具已获取信息"),
                                    ("other.no_amend", "无正当理由逾期不补正，不再处理"),
                                    ("other.no_payment", "逾期未缴费，不再处理"),
                                    ("other.withdrawn", "申请人撤回"),
                                    ("other.not_gov_info", "所申请内容不是政府信息"),
                                    ("other.misc", "其他"),
                                ],
                                max_length=40,
                                verbose_name="办理结果",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("trade_secret", "商业秘密"),
                                    ("privacy", "个人隐私"),
                                    ("other", "其他合法权益"),
                                ],
                                max_length=20,
                                verbose_name="主要理由",
                            ),
                        ),
                        ("grounds", models.JSONField(blank=True, default=list, verbose_name="其他理由")),
                        ("reason", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="理由")),
                        ("facts_sealed", gongkai.documents.cipher.SealedTextField(blank=True)),
                        ("remedy", models.CharField(blank=True, max_length=20, verbose_name="救济途径")),
                        ("remedy_reason", models.CharField(blank=True, max_length=300, verbose_name="选定救济的理由")),
                        ("drafted_on", models.DateField(verbose_name="拟办日")),
                        ("legal_reviewed_on", models.DateField(blank=True, null=True, verbose_name="法审日")),
                        ("legal_opinion", models.CharField(blank=True, max_length=500, verbose_name="法审意见")),
                        ("secrecy_reviewed_on", models.DateField(blank=True, null=True, verbose_name="保密审查日")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签发日")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="casework.case",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟办人",
                            ),
                        ),
                        (
                            "instruction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.recordedinstruction",
                                verbose_name="代录批示",
                            ),
                        ),
                        (
                            "legal_reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="法审人",
                            ),
                        ),
                        (
                            "secrecy_reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="保密审查人",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签发人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "答复决定",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("active", True)), fields=("case",), name="decision_one_active"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        [
                                            "grant.already_public",
                                            "grant.provide",
                                            "partial",
                                            "refuse.state_secret",
                                            "refuse.prohibited_by_law",
                                            "refuse.security_stability",
                                            "refuse.third_party",
                                            "refuse.internal_affairs",
                                            "refuse.process_info",
                                            "refuse.enforcement_file",
                                            "refuse.admin_query",
                                            "unable.not_held.not_exist",
                                            "unable.not_held.not_this_organ",
                                            "unable.needs_creation",
                                            "unable.still_unclear",
                                            "decline.petition",
                                            "decline.repeat",
                                            "decline.publication",
                                            "decline.excessive",
                                            "decline.reconfirm",
                                            "other.no_amend",
                                            "other.no_payment",
                                            "other.withdrawn",
                                            "other.not_gov_info",
                                            "other.misc",
                                        ],
                                    )
                                ),
                                name="decision_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("signed_by", models.F("drafted_by")), _negated=True),
                                name="decision_signed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("legal_reviewed_by", models.F("drafted_by")), _negated=True),
                                name="decision_legal_reviewed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("secrecy_reviewed_by", models.F("drafted_by")), _negated=True),
                                name="decision_secrecy_reviewed_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slot", models.CharField(max_length=20, verbose_name="材料")),
                        ("name", gongkai.documents.cipher.SealedTextField(verbose_name="文件名")),
                        (
                            "blob",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.blob"
                            ),
                        ),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="casework.applicationdraft",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "草稿附件",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DuplicateJudgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("separate", "两件分别办理"),
                                    ("linked", "同一事项，并入系列案一并办理"),
                                    ("repeat", "是重复申请（前次已答复）"),
                                ],
                                max_length=10,
                                verbose_name="判断",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("judged_on", models.DateField(verbose_name="判断日")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicate_judgement",
                                to="casework.case",
                            ),
                        ),
                        (
                            "earlier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.case",
                                verbose_name="前次申请",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="判断人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "重复判断",
                    },
                ),
                migrations.CreateModel(
                    name="Envelope",
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
                        ("key_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("registered_on", models.DateField(verbose_name="登记日")),
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
                            "registered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="整件扫描",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成批登记",
                    },
                ),
                migrations.CreateModel(
                    name="EnvelopeLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="行")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="envelope_line",
                                to="casework.case",
                            ),
                        ),
                        (
                            "envelope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="casework.envelope",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "同封申请",
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("envelope", "place"), name="envelope_place_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeReceipt",
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
                        ("amount_fen", models.PositiveBigIntegerField(verbose_name="金额（分）")),
                        ("paid_on", models.DateField(verbose_name="缴费日")),
                        ("collection_code", models.CharField(blank=True, max_length=40, verbose_name="非税执收编码")),
                        ("payment_number", models.CharField(blank=True, max_length=40, verbose_name="缴款书号")),
                        ("receipt_number", models.CharField(blank=True, max_length=40, verbose_name="票据号")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fee_receipts",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="casework.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "收费记录",
                        "indexes": [models.Index(fields=["agency", "paid_on"], name="fee_receipt_agency_paid")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)), name="fee_receipt_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lawsuit",
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
                        ("docket", models.CharField(max_length=60, verbose_name="案号")),
                        ("court", models.CharField(max_length=100, verbose_name="法院")),
                        ("prior_review", models.BooleanField(default=False, verbose_name="经过复议")),
                        ("claimant", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="原告")),
                        ("filed_on", models.DateField(verbose_name="收到日")),
                        (
                            "reply_due_on",
                            models.DateField(blank=True, null=True, verbose_name="来文载明的答辩举证期限"),
                        ),
                        ("replied_on", models.DateField(blank=True, null=True, verbose_name="提交答辩日")),
                        ("judged_on", models.DateField(blank=True, null=True, verbose_name="一审裁判日")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("upheld", "维持"),
                                    ("claim_dismissed", "驳回诉讼请求"),
                                    ("confirmed_legal", "确认合法"),
                                    ("revoked", "撤销"),
                                    ("changed", "变更"),
                                    ("confirmed_illegal", "确认违法"),
                                    ("ordered", "责令履行"),
                                    ("rejected", "驳回起诉"),
                                    ("not_accepted", "不予立案"),
                                    ("withdrawn", "撤诉"),
                                    ("terminated", "终结"),
                                    ("mediated", "调解"),
                                    ("other", "其他"),
                                ],
                                max_length=24,
                                verbose_name="生效结果",
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="生效日")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lawsuits",
                                to="agencies.agency",
                                verbose_name="被告",
                            ),
                        ),
                        (
                            "cases",
                            models.ManyToManyField(
                                blank=True, related_name="lawsuits", to="casework.case", verbose_name="办件"
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行政诉讼",
                        "indexes": [
                            models.Index(fields=["agency", "filed_on"], name="lawsuit_agency_filed"),
                            models.Index(fields=["agency", "closed_on"], name="lawsuit_agency_closed"),
                            models.Index(fields=["docket", "agency"], name="lawsuit_docket"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", True), ("outcome", "")),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        ("closed_on__gte", models.F("filed_on")),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="lawsuit_closed_with_outcome",
                            ),
                            models.UniqueConstraint(fields=("agency", "docket"), name="lawsuit_docket_once"),
                            models.CheckConstraint(
                                condition=models.Q(("docket", ""), _negated=True), name="lawsuit_has_docket"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replied_on__isnull", True),
                                    ("replied_on__gte", models.F("filed_on")),
                                    _connector="OR",
                                ),
                                name="lawsuit_replied_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Advice",
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
                        ("number", models.CharField(max_length=60, verbose_name="来文文号")),
                        ("received_on", models.DateField(verbose_name="收到日")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="来文载明的期限")),
                        ("gist", gongkai.documents.cipher.SealedTextField(verbose_name="意见、建议的内容")),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="函复日")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lawsuit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advice",
                                to="casework.lawsuit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "意见书、司法建议",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reported_on", None),
                                    ("reported_on__gte", models.F("received_on")),
                                    _connector="OR",
                                ),
                                name="advice_reported_after",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerClosing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entered_on", models.DateField(verbose_name="录入日")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger_closing",
                                to="casework.case",
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
                        "verbose_name": "台账办结",
                    },
                ),
                migrations.CreateModel(
                    name="Material",
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
                        ("name", gongkai.documents.cipher.SealedTextField(verbose_name="文件名")),
                        ("kind", models.CharField(max_length=8, verbose_name="格式")),
                        ("pages", models.PositiveSmallIntegerField(verbose_name="页数")),
                        ("keep_pictures", models.BooleanField(default=False, verbose_name="保留文中图片")),
                        ("as_pictures", models.BooleanField(default=False, verbose_name="全部转为图片")),
                        ("made_on", models.DateField(blank=True, null=True, verbose_name="生成日")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="核对日")),
                        ("added_on", models.DateField(verbose_name="加入日")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="materials",
                                to="casework.case",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核对人",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="material",
                                to="casework.casefile",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "original",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="原件",
                            ),
                        ),
                        (
                            "redacted",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="遮蔽稿",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "拟提供的材料",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("file__isnull", True),
                                    models.Q(("checked_by__isnull", False), ("redacted__isnull", False)),
                                    _connector="OR",
                                ),
                                name="material_given_is_checked",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                        ("letter", models.CharField(max_length=8, verbose_name="文书")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("signed_on", models.DateField(verbose_name="成文日期")),
                        ("addressee", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="抬头")),
                        ("content", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="全文")),
                        ("remedy_text", models.TextField(blank=True, verbose_name="救济途径")),
                        ("printed_dates", models.JSONField(default=list, verbose_name="印出的期限")),
                        ("voided_on", models.DateField(blank=True, null=True, verbose_name="作废日")),
                        ("void_reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="casework.case"
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="casework.decision",
                            ),
                        ),
                        (
                            "docx",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="原件扫描",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签发人",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.lettertemplate",
                                verbose_name="文书模板",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "告知书",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["case", "letter"], name="notice_case_letter")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("case", "number"),
                                name="notice_number_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_on__isnull", True)),
                                fields=("decision",),
                                name="notice_one_per_decision",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Inquiry",
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
                        ("ref", models.CharField(editable=False, max_length=8, verbose_name="序号")),
                        (
                            "party",
                            models.CharField(
                                choices=[
                                    ("third_party", "第三方"),
                                    ("co_maker", "共同制作机关"),
                                    ("agency", "其他机关"),
                                    ("applicant", "申请人（说明理由）"),
                                ],
                                max_length=12,
                                verbose_name="征求对象",
                            ),
                        ),
                        ("name", gongkai.documents.cipher.SealedTextField(verbose_name="名称")),
                        ("contact", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="联系方式")),
                        ("basis", models.CharField(blank=True, max_length=100, verbose_name="依据")),
                        ("question", models.CharField(max_length=300, verbose_name="事项")),
                        ("sent_on", models.DateField(verbose_name="发出日")),
                        ("delivered_on", models.DateField(blank=True, null=True, verbose_name="送达日")),
                        ("answer_by", models.DateField(blank=True, null=True, verbose_name="答复截止")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="收到日")),
                        (
                            "opinion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agree", "同意公开"),
                                    ("partial", "部分同意"),
                                    ("refuse", "不同意公开"),
                                    ("reasonable", "理由合理"),
                                    ("unreasonable", "理由不合理"),
                                    ("none", "逾期未答"),
                                    ("other", "其他意见"),
                                ],
                                max_length=12,
                                verbose_name="意见",
                            ),
                        ),
                        ("words", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="意见内容")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_with",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="together",
                                to="casework.inquiry",
                                verbose_name="一并征求",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inquiries",
                                to="casework.case",
                            ),
                        ),
                        (
                            "notice",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inquiry",
                                to="casework.notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "征求意见",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "ref"), name="inquiry_ref_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_on__isnull", True),
                                    ("answered_on__gte", models.F("sent_on")),
                                    _connector="OR",
                                ),
                                name="inquiry_answer_after_question",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeCharge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[("per_case", "按件"), ("per_page", "按量")],
                                max_length=10,
                                verbose_name="计费方式",
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField(verbose_name="件次或者页数")),
                        ("amount_fen", models.PositiveBigIntegerField(verbose_name="金额（分）")),
                        ("detail", models.CharField(max_length=300, verbose_name="计算明细")),
                        ("delivered_on", models.DateField(verbose_name="通知送达日")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="fee", to="casework.case"
                            ),
                        ),
                        (
                            "notice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="fee", to="casework.notice"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "信息处理费",
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="延期原因")),
                        ("requested_on", models.DateField(verbose_name="拟延日")),
                        ("agreed_on", models.DateField(blank=True, null=True, verbose_name="同意日")),
                        ("reply_by", models.DateField(blank=True, null=True, verbose_name="延至")),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="同意人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="casework.case",
                            ),
                        ),
                        (
                            "instruction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.recordedinstruction",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟延人",
                            ),
                        ),
                        (
                            "notice",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extension",
                                to="casework.notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "延期",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("notice__isnull", True)),
                                fields=("case",),
                                name="extension_one_pending",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("agreed_by", models.F("requested_by")), _negated=True),
                                name="extension_agreed_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assistance",
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
                        ("unit", models.CharField(max_length=100, verbose_name="协办单位")),
                        ("matter", models.CharField(max_length=300, verbose_name="协助检索的信息")),
                        ("due_on", models.DateField(verbose_name="反馈期限")),
                        ("asked_on", models.DateField(verbose_name="请求日")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="反馈日")),
                        (
                            "held",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "制作或者保存"),
                                    ("partly", "部分制作或者保存"),
                                    ("no", "没有制作，也没有保存"),
                                ],
                                max_length=8,
                                verbose_name="制作、保存情况",
                            ),
                        ),
                        (
                            "disclosable",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("yes", "可以公开"),
                                    ("partly", "部分可以公开"),
                                    ("no", "不宜公开"),
                                    ("unsure", "由承办机关决定"),
                                ],
                                max_length=8,
                                verbose_name="公开意见",
                            ),
                        ),
                        ("words", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="检索经过和依据")),
                        ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="取消日")),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assistances",
                                to="agencies.agency",
                                verbose_name="协办机关",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="请求人",
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
                                verbose_name="反馈材料",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assistances",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="协办人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assistances",
                                to="casework.case",
                            ),
                        ),
                        (
                            "notice",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assistance",
                                to="casework.notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "协办",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["agency", "answered_on", "due_on"], name="assistance_agency_waits"),
                            models.Index(fields=["person", "answered_on", "due_on"], name="assistance_person_waits"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_by", None), ("answered_on", None), ("held", "")),
                                    models.Q(
                                        ("answered_by__isnull", False),
                                        ("answered_on__gte", models.F("asked_on")),
                                        ("cancelled_on", None),
                                        models.Q(("held", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="assistance_answered_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("asked_on"))),
                                name="assistance_due_after_asking",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpennessSuggestion",
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
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="编号")),
                        ("received_on", models.DateField(verbose_name="收到日")),
                        ("source", models.CharField(max_length=60, verbose_name="来源")),
                        ("subject", models.CharField(max_length=100, verbose_name="摘要")),
                        ("suggester", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="建议人")),
                        ("contact", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="联系方式")),
                        ("words", gongkai.documents.cipher.SealedTextField(verbose_name="建议公开的信息")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "属实，应当主动公开"),
                                    ("already", "已经主动公开"),
                                    ("declined", "不属于主动公开范围"),
                                    ("withdrawn", "建议人撤回"),
                                ],
                                max_length=10,
                                verbose_name="审核结果",
                            ),
                        ),
                        ("reason", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="审核理由")),
                        ("examined_on", models.DateField(blank=True, null=True, verbose_name="审核日")),
                        ("item_linked_on", models.DateField(blank=True, null=True, verbose_name="公开登记日")),
                        ("told_on", models.DateField(blank=True, null=True, verbose_name="告知日")),
                        (
                            "told_way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in_person", "当面送达"),
                                    ("post", "邮寄"),
                                    ("email", "电子邮件"),
                                    ("online", "查询页推送"),
                                    ("fax", "传真"),
                                ],
                                max_length=12,
                                verbose_name="告知方式",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openness_suggestions",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openness_suggestions",
                                to="casework.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "examined_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审核人",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openness_suggestions",
                                to="publishing.item",
                                verbose_name="公开条目",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "主动公开建议",
                        "indexes": [models.Index(fields=["agency", "received_on"], name="openness_agency_received")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("examined_by", None), ("examined_on", None), ("result", "")),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("examined_by__isnull", False),
                                        ("examined_on__gte", models.F("received_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="openness_examined_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("item", None), ("item_linked_on", None)),
                                    models.Q(
                                        ("item__isnull", False),
                                        ("item_linked_on__isnull", False),
                                        ("result__in", ("accepted", "already")),
                                    ),
                                    _connector="OR",
                                ),
                                name="openness_item_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("told_on", None), ("told_way", "")),
                                    models.Q(("told_on__isnull", False), models.Q(("told_way", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="openness_told_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlatformEntry",
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
                        ("event", models.CharField(max_length=24, verbose_name="事项")),
                        ("words", models.CharField(max_length=300, verbose_name="回填内容")),
                        ("on", models.DateField(verbose_name="日期")),
                        ("typed_on", models.DateField(blank=True, null=True, verbose_name="回填日")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="platform_entries",
                                to="casework.case",
                            ),
                        ),
                        (
                            "typed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="回填人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "回填事项",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("typed_on__isnull", True)),
                                fields=["agency", "public_id"],
                                name="platform_waiting",
                            ),
                            models.Index(fields=["agency", "public_id"], name="platform_agency"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("typed_by__isnull", True), ("typed_on__isnull", True)),
                                    models.Q(("typed_by__isnull", False), ("typed_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="platform_typed_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordCorrection",
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
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="登记号")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "网上"),
                                    ("in_person", "当面"),
                                    ("post_signed", "挂号信或者特快专递"),
                                    ("post_ordinary", "平信"),
                                    ("fax", "传真"),
                                    ("email", "电子邮件"),
                                ],
                                max_length=16,
                                verbose_name="渠道",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="收到日")),
                        ("subject", models.CharField(max_length=100, verbose_name="摘要")),
                        ("record", gongkai.documents.cipher.SealedTextField(verbose_name="要求更正的记录")),
                        ("wanted", gongkai.documents.cipher.SealedTextField(verbose_name="要求更正为")),
                        ("evidence_words", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="证据")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("corrected", "属实，予以更正"),
                                    ("untrue", "不属实，不予更正"),
                                    ("handed_on", "不属于本机关，转送有权更正的机关"),
                                    ("pointed", "不属于本机关，告知向有权更正的机关提出"),
                                    ("withdrawn", "申请人撤回"),
                                ],
                                max_length=10,
                                verbose_name="审核结果",
                            ),
                        ),
                        ("finding", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="审核情况")),
                        ("examined_on", models.DateField(blank=True, null=True, verbose_name="审核日")),
                        ("right_organ", models.CharField(blank=True, max_length=100, verbose_name="有权更正的机关")),
                        ("right_contact", models.CharField(blank=True, max_length=100, verbose_name="该机关联系方式")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="告知日")),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="归档日")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="record_corrections",
                                to="agencies.agency",
                                verbose_name="受理机关",
                            ),
                        ),
                        (
                            "applicant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="record_correction",
                                to="casework.applicant",
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "examined_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审核人",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="承办人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "更正申请",
                        "indexes": [
                            models.Index(fields=["agency", "received_on"], name="rectify_agency_received"),
                            models.Index(fields=["agency", "closed_on"], name="rectify_agency_closed"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("examined_by", None), ("examined_on", None), ("finding", ""), ("result", "")
                                    ),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("examined_by__isnull", False),
                                        ("examined_on__gte", models.F("received_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="rectify_examined_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on", None),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("closed_on__gte", models.F("received_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="rectify_closed_with_result",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("archived_on", None), ("closed_on__isnull", False), _connector="OR"
                                ),
                                name="rectify_archived_after_closing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RedactionMark",
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
                        ("words", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="文字")),
                        ("places", models.PositiveIntegerField(default=1, verbose_name="处数")),
                        ("page", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="页")),
                        ("left", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="左")),
                        ("top", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="上")),
                        ("right", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="右")),
                        ("bottom", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="下")),
                        ("ground", models.CharField(max_length=8, verbose_name="依据")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "material",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="casework.material",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "遮蔽处",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("left__isnull", True),
                                        ("page__isnull", True),
                                        ("right__isnull", True),
                                        ("top__isnull", True),
                                        ("bottom__isnull", True),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("left__lt", models.F("right")),
                                        ("page__isnull", False),
                                        ("top__lt", models.F("bottom")),
                                        ("words", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="mark_words_or_box",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ground__in", ["E14_1", "E14_2", "E14_3", "E15", "E16_1", "E16_2", "E16_3"])
                                ),
                                name="mark_ground_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redecision",
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
                        ("reason", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="要求或者理由")),
                        ("received_on", models.DateField(verbose_name="收到日")),
                        ("term", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="载明的期限")),
                        ("term_in_workdays", models.BooleanField(default=False, verbose_name="按工作日")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="载明的最后一日")),
                        ("reopened_on", models.DateField(verbose_name="重新办理日")),
                        ("replied_on", models.DateField(blank=True, null=True, verbose_name="重新答复日")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("grant.already_public", "已主动公开，告知获取方式途径"),
                                    ("grant.provide", "可以公开，提供或告知方式途径时间"),
                                    ("partial", "部分公开（区分处理）"),
                                    ("refuse.state_secret", "国家秘密"),
                                    ("refuse.prohibited_by_law", "法律、行政法规禁止公开"),
                                    ("refuse.security_stability", "危及国家安全、公共安全、经济安全、社会稳定"),
                                    ("refuse.third_party", "保护第三方合法权益（商业秘密、个人隐私等）"),
                                    ("refuse.internal_affairs", "内部事务信息：人事管理、后勤管理、内部工作流程"),
                                    ("refuse.process_info", "过程性信息：讨论记录、过程稿、磋商信函、请示报告"),
                                    ("refuse.enforcement_file", "行政执法案卷信息"),
                                    ("refuse.admin_query", "行政查询事项（工商、不动产登记资料等）"),
                                    ("unable.not_held.not_exist", "经检索不存在"),
                                    ("unable.not_held.not_this_organ", "不属于本机关负责公开"),
                                    ("unable.needs_creation", "没有现成信息，需加工、分析、另行制作"),
                                    ("unable.still_unclear", "补正后申请内容仍不明确"),
                                    ("decline.petition", "信访、投诉、举报"),
                                    ("decline.repeat", "重复申请"),
                                    ("decline.publication", "要求提供公开出版物"),
                                    ("decline.excessive", "无正当理由大量反复申请"),
                                    ("decline.reconfirm", "要求确认或重新出具已获取信息"),
                                    ("other.no_amend", "无正当理由逾期不补正，不再处理"),
                                    ("other.no_payment", "逾期未缴费，不再处理"),
                                    ("other.withdrawn", "申请人撤回"),
                                    ("other.not_gov_info", "所申请内容不是政府信息"),
                                    ("other.misc", "其他"),
                                ],
                                max_length=40,
                                verbose_name="重新答复结果",
                            ),
                        ),
                        (
                            "timely",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ontime", "按时办结"),
                                    ("extended", "延期办结"),
                                    ("overdue", "超期办结"),
                                    ("withdrawn", "申请人撤回"),
                                ],
                                max_length=10,
                                verbose_name="办结情形",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redecisions",
                                to="casework.case",
                            ),
                        ),
                        (
                            "lawsuit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redecisions",
                                to="casework.lawsuit",
                                verbose_name="行政诉讼",
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
                                verbose_name="决定书、判决书",
                            ),
                        ),
                        (
                            "reopened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "重新答复",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "lawsuit"), name="redecision_once_by_suit"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", ""), ("replied_on", None), ("timely", "")),
                                    models.Q(
                                        ("replied_on__gte", models.F("received_on")),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("timely", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="redecision_replied_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClockEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("correction_asked", "补正告知发出"),
                                    ("correction_received", "收到补正"),
                                    ("third_party_asked", "征求第三方意见"),
                                    ("third_party_answered", "第三方答复"),
                                    ("co_maker_asked", "征求共同制作机关意见"),
                                    ("co_maker_answered", "共同制作机关答复"),
                                    ("agency_consulted", "征求其他机关意见"),
                                    ("agency_answered", "其他机关答复"),
                                    ("extended", "延期告知发出"),
                                    ("fee_notified", "收费通知送达"),
                                    ("fee_paid", "缴费"),
                                    ("withdrawn", "撤回"),
                                    ("replied", "答复"),
                                ],
                                max_length=24,
                                verbose_name="事件",
                            ),
                        ),
                        ("ref", models.CharField(blank=True, max_length=40, verbose_name="对应")),
                        ("on", models.DateField(blank=True, null=True, verbose_name="日期")),
                        ("sent_on", models.DateField(blank=True, null=True, verbose_name="发出日")),
                        ("delivered_on", models.DateField(blank=True, null=True, verbose_name="送达日")),
                        ("return_by", models.DateField(blank=True, null=True, verbose_name="补正截止日")),
                        ("notice_sent_on", models.DateField(blank=True, null=True, verbose_name="告知发出日")),
                        ("void", models.BooleanField(default=False, verbose_name="撤销")),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clock_events",
                                to="casework.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="casework.clockevent",
                                verbose_name="更正",
                            ),
                        ),
                        (
                            "redecision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clock_events",
                                to="casework.redecision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "期限事件",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "type__in",
                                        [
                                            "correction_asked",
                                            "correction_received",
                                            "third_party_asked",
                                            "third_party_answered",
                                            "co_maker_asked",
                                            "co_maker_answered",
                                            "agency_consulted",
                                            "agency_answered",
                                            "extended",
                                            "fee_notified",
                                            "fee_paid",
                                            "withdrawn",
                                            "replied",
                                        ],
                                    )
                                ),
                                name="clock_event_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("void", False), ("replaces__isnull", False), _connector="OR"),
                                name="clock_event_void_replaces",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterPaper",
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
                        ("letter", models.CharField(max_length=8, verbose_name="文书")),
                        ("values", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="拟稿")),
                        ("drafted_on", models.DateField(verbose_name="拟稿日")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                        ("content", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="全文")),
                        ("voided_on", models.DateField(blank=True, null=True, verbose_name="作废日")),
                        ("void_reason", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="作废原因")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "advice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="casework.advice",
                            ),
                        ),
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
                            "complaint",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.complaint",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.recordcorrection",
                            ),
                        ),
                        (
                            "docx",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟稿人",
                            ),
                        ),
                        (
                            "instruction",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.recordedinstruction",
                                verbose_name="代录批示",
                            ),
                        ),
                        (
                            "lawsuit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.lawsuit",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="用印扫描件",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签发人",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.lettertemplate",
                                verbose_name="文书模板",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "台账文书",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["agency", "signed_on"], name="register_paper_agency")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", ""), ("signed_by", None), ("signed_on", None)),
                                    models.Q(
                                        ("signed_by__isnull", False),
                                        ("signed_on__isnull", False),
                                        models.Q(("content", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="register_paper_signed_whole",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("agency", "number"),
                                name="register_paper_number_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ElectronicSealing",
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
                            "kind",
                            models.CharField(
                                choices=[("seal", "单位印章"), ("signature", "个人签名")],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("is_sample", models.BooleanField(default=False, verbose_name="样张")),
                        ("algorithm", models.CharField(max_length=30, verbose_name="算法")),
                        ("sealed_on", models.DateField(verbose_name="用印日期")),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="签章后的文件",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="签章前的文件",
                            ),
                        ),
                        (
                            "certificate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.certificate",
                                verbose_name="证书",
                            ),
                        ),
                        (
                            "sealed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="用印人",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="electronic_sealings",
                                to="casework.notice",
                            ),
                        ),
                        (
                            "register_paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="electronic_sealings",
                                to="casework.registerpaper",
                                verbose_name="台账文书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "电子用印",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notice__isnull", False), ("register_paper__isnull", True)),
                                    models.Q(("notice__isnull", True), ("register_paper__isnull", False)),
                                    _connector="OR",
                                ),
                                name="electronic_sealing_of_one_paper",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_sample", False)),
                                fields=("notice", "kind"),
                                name="electronic_sealing_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_sample", False)),
                                fields=("register_paper", "kind"),
                                name="electronic_sealing_once_of_register",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                            "method",
                            models.CharField(
                                choices=[
                                    ("in_person", "当面送达"),
                                    ("post", "邮寄"),
                                    ("email", "电子邮件"),
                                    ("online", "查询页推送"),
                                    ("fax", "传真"),
                                ],
                                max_length=12,
                                verbose_name="送达方式",
                            ),
                        ),
                        ("sent_on", models.DateField(verbose_name="发出日")),
                        ("delivered_on", models.DateField(blank=True, null=True, verbose_name="送达日")),
                        ("tracking", models.CharField(blank=True, max_length=40, verbose_name="邮件号")),
                        ("receiver", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="签收人")),
                        ("failed", models.CharField(blank=True, max_length=100, verbose_name="退回原因")),
                        (
                            "mailing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("waiting", "等待发送"),
                                    ("sent", "邮件服务器已收下"),
                                    ("refused", "没有发出"),
                                ],
                                max_length=8,
                                verbose_name="电子邮件",
                            ),
                        ),
                        ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="邮件服务器收下的时间")),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="送达凭证",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="casework.notice",
                            ),
                        ),
                        (
                            "register_paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="casework.registerpaper",
                                verbose_name="台账文书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "送达",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["sent_on"], name="delivery_sent")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notice__isnull", False), ("register_paper__isnull", True)),
                                    models.Q(("notice__isnull", True), ("register_paper__isnull", False)),
                                    _connector="OR",
                                ),
                                name="delivery_of_one_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mailing", ""), ("method", "email"), _connector="OR"),
                                name="delivery_mailed_is_email",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("delivered_on__isnull", True),
                                    ("delivered_on__gte", models.F("sent_on")),
                                    _connector="OR",
                                ),
                                name="delivery_after_sending",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewCase",
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
                        ("docket", models.CharField(max_length=60, verbose_name="案号")),
                        ("review_body", models.CharField(max_length=100, verbose_name="复议机关")),
                        ("claimant", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="申请人")),
                        ("notice_number", models.CharField(blank=True, max_length=60, verbose_name="来文文号")),
                        ("filed_on", models.DateField(verbose_name="收到日")),
                        ("simplified", models.BooleanField(default=False, verbose_name="简易程序")),
                        ("reply_due_on", models.DateField(blank=True, null=True, verbose_name="来文载明的答复期限")),
                        ("replied_on", models.DateField(blank=True, null=True, verbose_name="提交答复日")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("upheld", "维持"),
                                    ("request_dismissed", "驳回复议请求"),
                                    ("confirmed_legal", "确认合法"),
                                    ("revoked", "撤销"),
                                    ("changed", "变更"),
                                    ("confirmed_illegal", "确认违法"),
                                    ("ordered", "责令履行"),
                                    ("application_rejected", "驳回复议申请"),
                                    ("not_accepted", "不予受理"),
                                    ("withdrawn", "撤回"),
                                    ("terminated", "终止"),
                                    ("mediated", "调解、和解"),
                                    ("other", "其他"),
                                ],
                                max_length=24,
                                verbose_name="结果",
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="审结日")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="agencies.agency",
                                verbose_name="被申请人",
                            ),
                        ),
                        (
                            "cases",
                            models.ManyToManyField(
                                blank=True, related_name="reviews", to="casework.case", verbose_name="办件"
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行政复议",
                        "indexes": [
                            models.Index(fields=["agency", "filed_on"], name="review_agency_filed"),
                            models.Index(fields=["agency", "closed_on"], name="review_agency_closed"),
                            models.Index(fields=["docket", "agency"], name="review_docket"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", True), ("outcome", "")),
                                    models.Q(
                                        models.Q(("outcome", ""), _negated=True),
                                        ("closed_on__gte", models.F("filed_on")),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="review_closed_with_outcome",
                            ),
                            models.UniqueConstraint(fields=("agency", "docket"), name="review_docket_once"),
                            models.CheckConstraint(
                                condition=models.Q(("docket", ""), _negated=True), name="review_has_docket"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replied_on__isnull", True),
                                    ("replied_on__gte", models.F("filed_on")),
                                    _connector="OR",
                                ),
                                name="review_replied_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterFile",
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
                        ("name", models.CharField(max_length=60, verbose_name="材料")),
                        ("added_on", models.DateField(verbose_name="收入日")),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            "blob",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.blob"
                            ),
                        ),
                        (
                            "complaint",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.complaint",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.recordcorrection",
                            ),
                        ),
                        (
                            "lawsuit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.lawsuit",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="casework.reviewcase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "台账材料",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("complaint__isnull", True),
                                        ("correction__isnull", True),
                                        ("lawsuit__isnull", True),
                                        ("review__isnull", False),
                                    ),
                                    models.Q(
                                        ("complaint__isnull", True),
                                        ("correction__isnull", True),
                                        ("lawsuit__isnull", False),
                                        ("review__isnull", True),
                                    ),
                                    models.Q(
                                        ("complaint__isnull", False),
                                        ("correction__isnull", True),
                                        ("lawsuit__isnull", True),
                                        ("review__isnull", True),
                                    ),
                                    models.Q(
                                        ("complaint__isnull", True),
                                        ("correction__isnull", False),
                                        ("lawsuit__isnull", True),
                                        ("review__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="register_file_of_one_row",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sealing",
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
                        ("seal", models.CharField(max_length=60, verbose_name="印章")),
                        ("sealed_on", models.DateField(verbose_name="用印日期")),
                        ("sealed_by", models.CharField(max_length=40, verbose_name="用印人")),
                        ("copies", models.PositiveSmallIntegerField(verbose_name="份数")),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "pages_approved",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="审定稿页数"),
                        ),
                        (
                            "pages_scanned",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="扫描件页数"),
                        ),
                        ("has_words", models.BooleanField(default=False, verbose_name="扫描件有文字层")),
                        ("differences_sealed", gongkai.documents.cipher.SealedTextField(blank=True)),
                        ("accepted_on", models.DateField(blank=True, null=True, verbose_name="比对日")),
                        ("remarks", models.CharField(blank=True, max_length=200, verbose_name="比对意见")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="比对人",
                            ),
                        ),
                        (
                            "notice",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealing",
                                to="casework.notice",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "register_paper",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealing",
                                to="casework.registerpaper",
                                verbose_name="台账文书",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="扫描件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "用印登记",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notice__isnull", False), ("register_paper__isnull", True)),
                                    models.Q(("notice__isnull", True), ("register_paper__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sealing_of_one_paper",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Series",
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
                        ("title", models.CharField(max_length=100, verbose_name="系列名称")),
                        ("opened_on", models.DateField(verbose_name="建立日")),
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
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="建立人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "系列案",
                        "indexes": [models.Index(fields=["agency", "public_id"], name="series_agency")],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("joined_on", models.DateField(verbose_name="并入日")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series_member",
                                to="casework.case",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="casework.series",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "系列案成员",
                        "ordering": ["case_id"],
                    },
                ),
                migrations.CreateModel(
                    name="SigningRule",
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
                                    ("correction", "补正告知"),
                                    ("extension", "延期告知"),
                                    ("opinion", "征求意见"),
                                    ("fee", "收费通知"),
                                    ("reason", "说明理由、延迟答复"),
                                    ("assistance", "协办函"),
                                    ("end", "终止办理告知"),
                                    ("refusal", "不予公开"),
                                    ("answer", "其他答复"),
                                    ("dispute", "复议答复、答辩、证据清单、复函"),
                                    ("authority", "身份证明、授权委托书"),
                                    ("rectify", "更正告知"),
                                    ("hand_on", "转办、移送函"),
                                ],
                                max_length=12,
                                verbose_name="文书",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("handler", "承办人（按授权）"),
                                    ("office_head", "政府信息公开工作机构负责人"),
                                    ("signatory", "答复签发人（按授权）"),
                                    ("organ_head", "机关负责人"),
                                ],
                                max_length=12,
                                verbose_name="签发",
                            ),
                        ),
                        ("changed_on", models.DateField(verbose_name="改定日")),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signing_rules",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签发权限",
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "kind"), name="signing_rule_once_per_organ"),
                            models.UniqueConstraint(
                                condition=models.Q(("agency", None)), fields=("kind",), name="signing_rule_once_for_all"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOff",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("correction", "补正告知"),
                                    ("extension", "延期告知"),
                                    ("opinion", "征求意见"),
                                    ("fee", "收费通知"),
                                    ("reason", "说明理由、延迟答复"),
                                    ("assistance", "协办函"),
                                    ("end", "终止办理告知"),
                                    ("refusal", "不予公开"),
                                    ("answer", "其他答复"),
                                    ("dispute", "复议答复、答辩、证据清单、复函"),
                                    ("authority", "身份证明、授权委托书"),
                                    ("rectify", "更正告知"),
                                    ("hand_on", "转办、移送函"),
                                ],
                                max_length=12,
                                verbose_name="文书",
                            ),
                        ),
                        ("words", gongkai.documents.cipher.SealedTextField(verbose_name="呈签内容")),
                        ("asked_on", models.DateField(verbose_name="呈签日")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签发日")),
                        ("returned_on", models.DateField(blank=True, null=True, verbose_name="退回日")),
                        ("remarks", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="退回意见")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="呈签人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_offs",
                                to="casework.case",
                            ),
                        ),
                        (
                            "instruction",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.recordedinstruction",
                                verbose_name="代录批示",
                            ),
                        ),
                        (
                            "notice",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_off",
                                to="casework.notice",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签发人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "呈签",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("notice", None), ("returned_on", None)),
                                fields=("case", "kind"),
                                name="sign_off_one_running",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("signed_by", models.F("asked_by")), _negated=True),
                                name="sign_off_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Split",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("whole_text", gongkai.documents.cipher.SealedTextField(verbose_name="拆分前的申请内容")),
                        ("reason", gongkai.documents.cipher.SealedTextField(verbose_name="拆分理由")),
                        ("told_on", models.DateField(verbose_name="告知申请人之日")),
                        ("told_how", models.CharField(max_length=60, verbose_name="告知方式")),
                        ("split_on", models.DateField(verbose_name="拆分日")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="split", to="casework.case"
                            ),
                        ),
                        (
                            "split_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拆分人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "拆分",
                    },
                ),
                migrations.CreateModel(
                    name="SubjectSign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("pair", models.CharField(max_length=2)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signs",
                                to="casework.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "摘要字组",
                        "indexes": [
                            models.Index(fields=["agency", "pair", "case"], name="subjectsign_of_organ"),
                            models.Index(fields=["pair", "case"], name="subjectsign_anywhere"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("case", "pair"), name="subjectsign_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SuggestionCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(verbose_name="月份")),
                        ("shown", models.PositiveIntegerField(default=0, verbose_name="已提示")),
                        ("opened", models.PositiveIntegerField(default=0, verbose_name="已打开")),
                        ("answered", models.PositiveIntegerField(default=0, verbose_name="已找到，不再申请")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检索提示",
                        "indexes": [models.Index(fields=["month"], name="suggestion_month")],
                        "constraints": [
                            models.UniqueConstraint(fields=("agency", "month"), name="suggestion_month_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("old_number", models.CharField(max_length=60, verbose_name="原登记号")),
                        ("reason", gongkai.documents.cipher.SealedTextField(verbose_name="转交理由")),
                        ("came_in_on", models.DateField(verbose_name="误收机关收件日")),
                        ("passed_on", models.DateField(verbose_name="转交日")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="casework.case",
                            ),
                        ),
                        (
                            "from_agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="误收机关",
                            ),
                        ),
                        (
                            "passed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="转交人",
                            ),
                        ),
                        (
                            "to_agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agencies.agency",
                                verbose_name="受理机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "转交",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("from_agency", models.F("to_agency")), _negated=True),
                                name="transfer_to_another",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="redecision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="casework.redecision",
                verbose_name="重新答复",
            ),
        ),
        migrations.AddField(
            model_name="registerpaper",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.reviewcase",
            ),
        ),
        migrations.AddField(
            model_name="redecision",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redecisions",
                to="casework.reviewcase",
                verbose_name="行政复议",
            ),
        ),
        migrations.AddField(
            model_name="advice",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="advice",
                to="casework.reviewcase",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("complaint__isnull", True),
                        ("correction__isnull", True),
                        ("lawsuit__isnull", True),
                        ("review__isnull", False),
                    ),
                    models.Q(
                        ("complaint__isnull", True),
                        ("correction__isnull", True),
                        ("lawsuit__isnull", False),
                        ("review__isnull", True),
                    ),
                    models.Q(
                        ("complaint__isnull", False),
                        ("correction__isnull", True),
                        ("lawsuit__isnull", True),
                        ("review__isnull", True),
                    ),
                    models.Q(
                        ("complaint__isnull", True),
                        ("correction__isnull", False),
                        ("lawsuit__isnull", True),
                        ("review__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="register_paper_of_one_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="redecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("review", None), ("lawsuit", None), _connector="OR"), name="redecision_one_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="redecision",
            constraint=models.UniqueConstraint(fields=("case", "review"), name="redecision_once_by_review"),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lawsuit__isnull", False), ("review", None)),
                    models.Q(("lawsuit", None), ("review__isnull", False)),
                    _connector="OR",
                ),
                name="advice_of_one_proceeding",
            ),
        ),
    ]
