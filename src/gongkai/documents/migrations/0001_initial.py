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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        gongkai.tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("series", models.CharField(max_length=120, unique=True)),
                        ("last", models.PositiveBigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Blob",
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
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("content_type", models.CharField(max_length=100, verbose_name="类型")),
                        ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                        ("algorithm", models.CharField(default="sha256", max_length=16)),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        ("location", models.CharField(max_length=120)),
                        ("sealed", models.BooleanField(default=False, verbose_name="加密")),
                        ("purged_at", models.DateTimeField(editable=False, null=True, verbose_name="清除时间")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "文件",
                        "indexes": [models.Index(fields=["digest"], name="documents_blob_digest")],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
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
                            "kind",
                            models.CharField(
                                choices=[("seal", "单位印章"), ("signature", "个人签名")],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="印章名称")),
                        ("basis", models.CharField(blank=True, max_length=100, verbose_name="制发依据")),
                        ("subject", models.CharField(max_length=300, verbose_name="证书主体")),
                        ("issuer", models.CharField(max_length=300, verbose_name="颁发者")),
                        ("serial", models.CharField(max_length=64, verbose_name="证书序列号")),
                        ("algorithm", models.CharField(max_length=30, verbose_name="算法")),
                        ("valid_from", models.DateTimeField(verbose_name="有效期起")),
                        ("valid_until", models.DateTimeField(verbose_name="有效期止")),
                        ("is_test", models.BooleanField(default=False, verbose_name="测试证书")),
                        ("certificate", models.TextField(verbose_name="证书")),
                        ("key_sealed", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="密钥")),
                        ("at_service", models.BooleanField(default=False, verbose_name="密钥由统一电子印章系统保管")),
                        ("width_mm", models.PositiveSmallIntegerField(default=42, verbose_name="印模宽度（毫米）")),
                        ("added_on", models.DateField(verbose_name="录入日期")),
                        ("retired_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        ("retire_reason", models.CharField(blank=True, max_length=100, verbose_name="停用原因")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="agencies.agency",
                                verbose_name="机关",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签名人",
                            ),
                        ),
                        (
                            "picture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="印模",
                            ),
                        ),
                        (
                            "retired_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="停用人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "数字证书",
                        "ordering": ["agency", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("agency", "issuer", "serial"),
                                name="certificate_once_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("holder__isnull", True), ("kind", "seal")),
                                    models.Q(("holder__isnull", False), ("kind", "signature")),
                                    _connector="OR",
                                ),
                                name="certificate_signature_has_holder",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterTemplate",
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
                            "letter",
                            models.CharField(
                                choices=[
                                    ("L01", "政府信息公开申请登记回执"),
                                    ("L02", "政府信息公开申请补正告知书"),
                                    ("L03", "政府信息公开申请延期答复告知书"),
                                    ("L04", "征求第三方意见书"),
                                    ("L05", "第三方意见表"),
                                    ("L06", "政府信息公开告知书（第三方）"),
                                    ("L07", "征求共同制作机关意见函"),
                                    ("L08", "政府信息公开申请协办函"),
                                    ("L09a", "政府信息公开告知书（已主动公开）"),
                                    ("L09b", "政府信息公开告知书（予以公开）"),
                                    ("L10", "政府信息部分公开告知书"),
                                    ("L11", "政府信息不予公开告知书"),
                                    ("L12", "政府信息不存在告知书"),
                                    ("L13", "非本机关负责公开告知书"),
                                    ("L14", "政府信息公开申请告知书（需加工分析）"),
                                    ("L14b", "政府信息公开申请告知书（补正后仍不明确）"),
                                    ("L15", "行政查询事项告知书"),
                                    ("L16", "不予重复处理告知书"),
                                    ("L17", "不作为政府信息公开申请处理告知书"),
                                    ("L17b", "公开出版物获取途径告知书"),
                                    ("L18", "不予处理告知书（大量反复申请）"),
                                    ("L19", "说明理由通知书"),
                                    ("L20", "信息处理费收费通知书"),
                                    ("L21", "延迟答复告知书"),
                                    ("L22", "转办（移送）函"),
                                    ("L23", "政府信息更正告知书"),
                                    ("L24", "送达回证"),
                                    ("L25", "不再处理（终止办理）告知书"),
                                    ("L26", "非政府信息告知书"),
                                    ("L27", "不予处理告知书（要求确认或重新出具）"),
                                    ("L28", "政府信息公开申请表"),
                                    ("L29", "口头申请笔录"),
                                    ("L30", "政府信息公开申请办理审批单"),
                                    ("L31", "检索情况说明"),
                                    ("L32", "集体研究记录"),
                                    ("L33", "卷内目录"),
                                    ("L34", "行政复议答复书"),
                                    ("L35", "证据清单"),
                                    ("L36", "行政诉讼答辩状"),
                                    ("L37", "法定代表人身份证明"),
                                    ("L38", "授权委托书"),
                                    ("L39", "征求其他机关意见函"),
                                    ("L40", "政府信息公开申请答复书（其他情形）"),
                                    ("L41", "复议意见书、司法建议落实情况复函"),
                                ],
                                max_length=8,
                                verbose_name="文书",
                            ),
                        ),
                        ("added", models.JSONField(default=list, verbose_name="增加的段落")),
                        ("uploaded_on", models.DateField(verbose_name="上传日期")),
                        ("retired_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.blob",
                                verbose_name="模板文件",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文书模板",
                        "ordering": ["letter", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_on__isnull", True)),
                                fields=("letter",),
                                name="lettertemplate_one_in_force",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordedInstruction",
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
                            "channel",
                            models.CharField(
                                choices=[("telephone", "电话"), ("paper", "纸质"), ("meeting", "会议")],
                                max_length=10,
                                verbose_name="方式",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="批示时间")),
                        ("words", models.CharField(max_length=500, verbose_name="原话")),
                        ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="录入时间")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructions",
                                to="agencies.agency",
                                verbose_name="机关",
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
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批示人",
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
                        "verbose_name": "代录批示",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("leader", models.F("entered_by")), _negated=True),
                                name="instruction_entered_by_another",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
