import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.agencies.identifiers
import gongkai.documents.cipher
import gongkai.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        gongkai.tables.CreateTables(
            steps=[
                migrations.CreateModel(
                    name="ContactCard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="电子邮箱")),
                        ("mobile", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="手机号码")),
                        ("wecom", gongkai.documents.cipher.SealedTextField(blank=True, verbose_name="企业微信账号")),
                        ("by_email", models.BooleanField(default=False, verbose_name="发电子邮件")),
                        ("by_sms", models.BooleanField(default=False, verbose_name="发短信")),
                        ("by_wecom", models.BooleanField(default=False, verbose_name="发企业微信")),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="免打扰起")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="免打扰止")),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact_card",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消息设置",
                    },
                ),
                migrations.CreateModel(
                    name="KeptForm",
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
                        ("page", models.CharField(max_length=300, verbose_name="页面")),
                        ("target", models.CharField(max_length=300, verbose_name="提交地址")),
                        (
                            "reason",
                            models.CharField(
                                choices=[("autosave", "自动保存"), ("expired", "登录过期时提交")],
                                max_length=8,
                                verbose_name="原因",
                            ),
                        ),
                        ("fields_sealed", gongkai.documents.cipher.SealedTextField()),
                        ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                        ("expires_at", models.DateTimeField(db_index=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "未提交的填写",
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "target", "reason"), name="keptform_one_each")
                        ],
                    },
                ),
            ],
        ),
    ]
