"""What is said about a text, by its version and, once public, by the item."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from gongkai.publishing.models.column import Column
from gongkai_core.exemptions import EXEMPTIONS
from gongkai_core.responsibility import ORIGINS


class Openness(models.TextChoices):
    """公开属性 (国办发〔2016〕80号: fixed when the document is drafted)."""

    OPEN = "open", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不予公开"


class Phase(models.TextChoices):
    """五公开 (国办发〔2016〕80号): which part of the administration the item opens."""

    DECISION = "decision", "决策公开"
    EXECUTION = "execution", "执行公开"
    MANAGEMENT = "management", "管理公开"
    SERVICE = "service", "服务公开"
    RESULT = "result", "结果公开"


class Origin(models.TextChoices):
    """How the organ came by the information, which decides who is responsible for it (条例第十条)."""

    OWN = "own", ORIGINS["own"]
    PERSONS = "persons", ORIGINS["persons"]
    ORGANS = "organs", ORIGINS["organs"]
    JOINT = "joint", ORIGINS["joint"]


class NormativeKind(models.TextChoices):
    """Rules (规章) and normative documents (规范性文件), which the annual tables count (条例第二十条第（一）项)."""

    RULE = "rule", "规章"
    NORMDOC = "normdoc", "行政规范性文件"


class Topic(models.TextChoices):
    """The 22 topics of official documents (国务院公文主题分类)."""

    STATE_COUNCIL = "01", "国务院组织机构"
    GENERAL_AFFAIRS = "02", "综合政务"
    ECONOMY = "03", "国民经济管理、国有资产监管"
    FINANCE = "04", "财政、金融、审计"
    LAND_ENERGY = "05", "国土资源、能源"
    AGRICULTURE = "06", "农业、林业、水利"
    INDUSTRY = "07", "工业、交通"
    TRADE = "08", "商贸、海关、旅游"
    MARKET = "09", "市场监管、安全生产监管"
    CONSTRUCTION = "10", "城乡建设、环境保护"
    EDUCATION = "11", "科技、教育"
    CULTURE = "12", "文化、广电、新闻出版"
    HEALTH = "13", "卫生、体育"
    POPULATION = "14", "人口与计划生育、妇女儿童工作"
    LABOUR = "15", "劳动、人事、监察"
    SECURITY = "16", "公安、安全、司法"
    CIVIL_AFFAIRS = "17", "民政、扶贫、救灾"
    ETHNIC = "18", "民族、宗教"
    FOREIGN = "19", "对外事务"
    HONG_KONG = "20", "港澳台侨工作"
    DEFENCE = "21", "国防"
    OTHER = "22", "其他"


class Genre(models.TextChoices):
    """The 15 kinds of official documents (党政机关公文处理工作条例第八条) and everything else."""

    RESOLUTION = "resolution", "决议"
    DECISION = "decision", "决定"
    ORDER = "order", "命令（令）"
    COMMUNIQUE = "communique", "公报"
    ANNOUNCEMENT = "announcement", "公告"
    PUBLIC_NOTICE = "public_notice", "通告"
    OPINION = "opinion", "意见"
    CIRCULAR = "circular", "通知"
    BULLETIN = "bulletin", "通报"
    REPORT = "report", "报告"
    PETITION = "petition", "请示"
    REPLY = "reply", "批复"
    MOTION = "motion", "议案"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    OTHER = "other", "其他"


class InterpretationForm(models.TextChoices):
    """How an interpretation explains (解读形式, domain-spec INT-05)."""

    TEXT = "text", "文字"
    QUESTIONS = "questions", "问答"
    PICTURE = "picture", "图解"
    VIDEO = "video", "视频"
    ANIMATION = "animation", "动漫"
    INTERVIEW = "interview", "访谈"
    HEAD = "head", "负责人撰文"
    EXPERT = "expert", "专家解读"
    CONFERENCE = "conference", "新闻发布会"


class Facts(models.Model):
    """The metadata of an item (domain-spec §5.1). A version carries its own, which are approved with its text."""

    title = models.CharField("标题", max_length=200)
    column = models.ForeignKey(Column, models.PROTECT, related_name="%(class)ss", verbose_name="栏目")
    docno = models.CharField("发文字号", max_length=60, blank=True)
    formed_on = models.DateField("成文日期", null=True, blank=True)
    topic = models.CharField("主题分类", max_length=2, choices=Topic.choices, default=Topic.OTHER)
    genre = models.CharField("体裁分类", max_length=15, choices=Genre.choices, default=Genre.OTHER)
    openness = models.CharField("公开属性", max_length=10, choices=Openness.choices, default=Openness.OPEN)
    exemption = models.CharField(
        "不予公开情形", max_length=6, choices=[(code, one.words) for code, one in EXEMPTIONS.items()], blank=True
    )
    openness_reason = models.CharField("不主动公开的理由", max_length=300, blank=True)
    openness_article = models.CharField("不主动公开的依据", max_length=100, blank=True)
    openness_note = models.CharField("不公开的补充说明", max_length=300, blank=True)
    """What the exemption demands beside the reason: third party's view, public interest, discretion."""
    confirmed_note = models.CharField("已核对的附注", max_length=30, blank=True)
    """A note in the text (此件不公开) that says another attribute, which the author has confirmed."""
    phase = models.CharField("五公开", max_length=10, choices=Phase.choices, default=Phase.MANAGEMENT)
    summary = models.CharField("内容概述", max_length=200, blank=True)
    """Corrected by hand; empty while the first words of the text serve."""
    origin = models.CharField("信息来源", max_length=10, choices=Origin.choices, default=Origin.OWN)
    origin_organ = models.CharField("制作或者牵头机关", max_length=100, blank=True)
    normative_kind = models.CharField("文件性质", max_length=10, choices=NormativeKind.choices, blank=True)
    interprets = models.ForeignKey(
        "publishing.Item",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="interpreting_%(class)ss",
        verbose_name="解读的文件",
    )
    valid_until = models.DateField("有效期至", null=True, blank=True)
    shown_until = models.DateField("公示截止日", null=True, blank=True)
    """The last day on which a list of persons (名单) is public; it takes itself down the day after."""
    interpretation_form = models.CharField("解读形式", max_length=10, choices=InterpretationForm.choices, blank=True)
    interpreter = models.CharField("解读人", max_length=60, blank=True)
    interpreter_phone = models.CharField("解读联系电话", max_length=40, blank=True)
    by_head = models.BooleanField("主要负责人解读", default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(openness="open") | (~Q(openness_reason="") & ~Q(openness_article="")),
                name="%(class)s_not_open_has_ground",
            ),
            models.CheckConstraint(
                condition=~Q(openness="closed") | ~Q(exemption=""), name="%(class)s_closed_has_exemption"
            ),
            models.CheckConstraint(
                condition=Q(normative_kind="") | (~Q(docno="") & Q(formed_on__isnull=False)),
                name="%(class)s_normative_is_dated",
            ),
        ]

    @property
    def is_normative(self) -> bool:
        return bool(self.normative_kind)

    def facts(self) -> dict[str, Any]:
        """The metadata as keyword arguments, to be copied between an item and its version."""
        return {name: getattr(self, name) for name in FACTS}


FACTS = tuple(field.name for field in Facts._meta.local_fields)
