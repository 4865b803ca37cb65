"""Invented content for the gallery: a county that does not exist, in every state a component has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from gongkai.design.frames import Attachment, Document, Entry, Footer, Link, Related, Site

TODAY = date(2026, 11, 30)
FOOTER = Footer(
    party_mark_url="#mark",
    report_error_url="#error",
    id_code="9900000001",
    organiser="云川县人民政府办公室",
    undertaker="云川县政务公开办公室",
    contact="0000-1234567",
    icp="样ICP备00000001号",
    police="样公网安备 00000000000001号",
    sitemap_url="#map",
    links=(Link("联系我们", "#contact"), Link("隐私声明", "#privacy")),
)
NAV = (
    Link("首页", "#home", "home"),
    Link("走进云川", "#about", "about"),
    Link("政务动态", "#news", "news"),
    Link("政务公开", "#open", "open"),
    Link("政务服务", "#service", "service"),
    Link("互动交流", "#talk", "talk"),
)
MENU = (
    Link("工作台", "#desk", "desk", count=6),
    Link("主动公开", children=(Link("公开条目", "#i", "items"), Link("待我审核", "#r", "review", count=3), Link("目录", "#c", "catalogue"))),
    Link("依申请公开", children=(Link("申请", "#a", "cases", count=2), Link("登记申请", "#n", "register"), Link("复议与诉讼", "#v", "remedies"))),
    Link("统计与年报", children=(Link("年度数据", "#f", "figures", count=1), Link("年度报告", "#y", "report"))),
)  # fmt: skip


@dataclass(frozen=True)
class SampleRefusal:
    """A refusal as an action would raise it."""

    message: str
    article: str


class SampleForm(forms.Form):
    """A clerk's form with one control of each kind."""

    title = forms.CharField(label="标题", max_length=80, help_text="照文件首页抄写，不加书名号。")
    number = forms.CharField(label="发文字号", required=False)
    made_on = forms.DateField(label="成文日期", widget=forms.DateInput(attrs={"type": "date"}))
    column = forms.ChoiceField(label="栏目", choices=[("", "请选择"), ("policy", "规范性文件"), ("plan", "规划信息")])
    scan = forms.FileField(label="扫描件", required=False, help_text="PDF 或图片，不超过 10 MB。")
    count = forms.IntegerField(label="份数", min_value=1)
    openness = forms.ChoiceField(
        label="公开属性",
        widget=forms.RadioSelect,
        choices=[("open", "主动公开"), ("request", "依申请公开"), ("closed", "不予公开")],
    )
    channels = forms.MultipleChoiceField(
        label="发布渠道",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("site", "政府网站"), ("board", "公开栏"), ("gazette", "政府公报")],
    )
    summary = forms.CharField(label="内容概述", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    checked = forms.BooleanField(label="已作保密审查（条例第十七条）")


class SampleApplication(forms.Form):
    """One group of questions of a citizen's application."""

    description = forms.CharField(
        label="所需政府信息的名称、文号或者其他特征",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写得越具体，越容易找到。不必说明用途。",
    )
    form_of_supply = forms.ChoiceField(
        label="提供方式", widget=forms.RadioSelect, choices=[("paper", "纸质"), ("electronic", "电子")]
    )
    email = forms.EmailField(label="电子邮箱", help_text="答复做好后用它通知您；手机号码和邮箱有一个即可。")
    honest = forms.BooleanField(label="我确认以上内容属实")


def _entries(count: int = 6) -> tuple[Entry, ...]:
    titles = (
        "云川县人民政府关于印发县城供水管网改造三年行动方案的通知",
        "云川县人民政府办公室关于做好冬季森林防火工作的通知",
        "关于公开征求《云川县公共停车场管理办法》意见的公告",
        "云川县二〇二六年第三季度财政收支情况",
        "关于调整城乡居民基本养老保险基础养老金标准并同步完善待遇确定机制、参保缴费激励机制有关事项的通知",
        "云川县农村饮水安全工程水质检测结果（十月）",
    )
    return tuple(
        Entry(
            title,
            f"#entry-{index}",
            date(2026, 11, 30 - 3 * index),
            new=index == 0,
            number=f"云政发〔2026〕{19 - index}号" if index != 3 else "",
            made_on=date(2026, 11, 28 - 3 * index),
            validity=("有效", "有效", "失效", "有效", "废止", "有效")[index],
            facts=(("索引号", f"9900000001/2026-0010{index}"), ("主题分类", "城乡建设"), ("发布机构", "县政府办公室")),
        )
        for index, title in enumerate(titles[:count])
    )


def _document() -> Document:
    return Document(
        title="云川县人民政府关于印发县城供水管网改造三年行动方案的通知",
        number="云政发〔2026〕19号",
        meta=(
            ("索引号", "9900000001/2026-001005"),
            ("主题分类", "城乡建设\\公用事业"),
            ("发文机关", "云川县人民政府"),
            ("成文日期", "2026年11月28日"),
            ("标题", "云川县人民政府关于印发县城供水管网改造三年行动方案的通知", "wide"),
            ("发文字号", "云政发〔2026〕19号"),
            ("发布日期", "2026年11月30日"),
            ("主题词", "供水 管网 改造"),
            ("有效性", "有效"),
        ),
        addressee="各镇人民政府，各街道办事处，县政府各部门：",
        text=mark_safe(
            "<p>《县城供水管网改造三年行动方案》已经县政府第四十二次常务会议审议通过，现印发给你们，请结合实际认真组织实施。</p>"
            "<h2>一、工作目标</h2><p>到2029年底，县城建成区使用年限超过三十年的供水管道全部更新，公共供水管网漏损率控制在百分之八以内，"
            "居民用户末梢水质检测合格率保持在百分之百。</p>"
            "<h2>二、主要任务</h2><h3>（一）摸清底数</h3><p>由县住房和城乡建设局牵头，2027年3月底前完成管网普查，建立一管一档。</p>"
            "<h3>（二）分年实施</h3><table><thead><tr><th>年度</th><th>改造长度（公里）</th><th>投资（万元）</th></tr></thead>"
            "<tbody><tr><td>2027</td><td>18.6</td><td>2460</td></tr><tr><td>2028</td><td>21.2</td><td>2815</td></tr></tbody></table>"
            "<p>改造期间分段停水的，供水单位提前二十四小时通知用户。</p>"
        ),
        signature="云川县人民政府",
        signed_on=date(2026, 11, 28),
        note="（此件公开发布）",
        source="县政府办公室",
        published_at=datetime(2026, 11, 30, 8, 34, tzinfo=UTC),
        attachments=(
            Attachment("县城供水管网改造三年行动方案.docx", "#a1", 26_624),
            Attachment("分年度改造清单.pdf", "#a2", 1_258_291),
        ),
        downloads=(Link("Word", "#word"), Link("PDF", "#pdf")),
        related=(
            Related("相关解读", (Entry("《县城供水管网改造三年行动方案》解读", "#r1", TODAY),)),
            Related("修改沿革", (Entry("云川县供水管网改造实施意见（2021年，已废止）", "#r2", date(2021, 6, 4)),)),
        ),
    )


def _tree() -> tuple[Link, ...]:
    return (
        Link("机构职能", "#t1", "t1", children=(Link("领导信息", "#t11", "t11"), Link("机构设置", "#t12", "t12"))),
        Link("政策", "#t2", "t2", children=(
            Link("规范性文件", "#t21", "normative"), Link("其他文件", "#t22", "t22"), Link("政策解读", "#t23", "t23"))),
        Link("规划信息", "#t3", "t3"),
        Link("统计信息", "#t4", "t4"),
        Link("行政许可", "#t5", "t5"),
        Link("行政处罚和行政强制", "#t6", "t6", note="本年度无此类事项 2026-01-08"),
        Link("财政预决算", "#t7", "t7"),
        Link("重大建设项目", "#t8", "t8"),
    )  # fmt: skip


def _frame(section: str, *crumbs: tuple[str, str], **site: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": "云川县人民政府",
        "domain": "www.example.gov.cn",
        "id_code": "9900000001",
        "home_url": "#home",
        "nav": NAV,
        "superiors": (Link("省政府网", "#province"), Link("市政府网", "#city")),
        "footer": FOOTER,
        "accessibility_url": "#accessibility",
        "demonstration": True,
    }
    return {"site": Site(**(values | site)), "section": section, "crumbs": list(crumbs)}


def home_page() -> dict[str, Any]:
    """The portal's home: entrances, three columns, this year's figures."""
    return _frame("home") | {
        "entrances": (
            Link("政府信息公开", "#e1", icon="envelope-paper", note="指南、制度、目录、年报"),
            Link("依申请公开", "#e2", icon="pencil-square", note="在线申请与结果查询"),
            Link("查政策", "#e3", icon="journal-text", note="文件与解读"),
            Link("写信", "#e4", icon="chat-left-text", note="咨询、建议、投诉"),
            Link("联系我们", "#e5", icon="telephone", note="地址、电话、办公时间"),
        ),
        "columns": [("政策文件", "#c1"), ("政策解读", "#c2"), ("通知公告", "#c3")],
        "entries": _entries(),
        "figures": [
            ("4,218", "条", "今年主动公开", "#f1"),
            ("63", "件", "收到公开申请", "#f2"),
            ("98.4", "%", "按期答复", "#f3"),
            ("271", "封", "答复来信", "#f4"),
        ],
    }


def list_page() -> dict[str, Any]:
    """A column's list with its numbered pager."""
    crumbs = (("首页", "#home"), ("政务公开", "#open"), ("规范性文件", ""))
    return _frame("open", *crumbs, theme="red", column_name="县水利局", column_url="#column") | {
        "entries": _entries(),
        "page": 5,
        "pages": 7,
        "total": 128,
        "url_of": lambda number: f"#page-{number}",
    }


def document_page() -> dict[str, Any]:
    """A policy document."""
    crumbs = (("首页", "#home"), ("政务公开", "#open"), ("规范性文件", "#norm"), ("正文", ""))
    return _frame("open", *crumbs) | {"document": _document()}


def disclosure_page() -> dict[str, Any]:
    """The 政府信息公开 page at one node of its tree."""
    return _frame("open") | {
        "tabs": (
            Link("政府信息公开指南", "#guide", "guide"),
            Link("政府信息公开制度", "#rules", "rules"),
            Link("法定主动公开内容", "#content", "content"),
            Link("政府信息公开年报", "#reports", "reports"),
            Link("依申请公开", "#application", "application"),
        ),
        "tab": "content",
        "tree": _tree(),
        "node": "normative",
        "entries": _entries(),
    }


def application_page() -> dict[str, Any]:
    """The third of the five steps of an application, with errors."""
    form = SampleApplication({"description": "", "email": "lin@", "honest": "on"})
    crumbs = (("首页", "#home"), ("依申请公开", "#application"), ("在线申请", ""))
    return _frame("open", *crumbs) | {"form": form}


def confirm_page() -> dict[str, Any]:
    """The desk's question before an act that cannot be taken back."""
    return _desk("review") | {
        "question": "签发并公开这条信息？",
        "consequences": [
            "签发后立即在政府网站公开，来源标为“县水利局”。",
            "签发记入留痕，写明签发人和所签版本的摘要。",
        ],
        "confirm_label": "签发",
        "cancel_url": "#back",
        "crumbs": [("公开条目", "#items"), ("签发", "")],
    }


def _days(first: date, count: int) -> list[dict[str, Any]]:
    """A line of days round TODAY with two stopped days and a last day on 12-03."""
    line = []
    for offset in range(count):
        day = first + timedelta(days=offset)
        state, words = "work" if day < TODAY else "ahead", ""
        if day.weekday() > 4:
            state, words = "rest", "" if count > 14 else "休"
        if day in (date(2026, 12, 1), date(2026, 12, 2), date(2026, 11, 12), date(2026, 11, 13)):
            state, words = "stop", "停"
        if day == TODAY:
            state, words = "today", "今天"
        if day == date(2026, 12, 3):
            state, words = "due", "到期"
        line.append({"day": day, "state": state, "words": words})
    return line


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "home": ("design/sample_home.html", home_page),
    "list": ("design/sample_list.html", list_page),
    "document": ("design/document.html", document_page),
    "disclosure": ("design/sample_disclosure.html", disclosure_page),
    "application": ("design/sample_application.html", application_page),
    "confirm": ("design/confirm.html", confirm_page),
}


def _desk(section: str) -> dict[str, Any]:
    return {
        "menu": MENU,
        "section": section,
        "organ": "云川县水利局",
        "person": "林秀文",
        "signout_url": "#signout",
        "demonstration": True,
        "theme": "blue",
    }


def gallery() -> dict[str, Any]:
    """Everything the gallery shows."""
    refusal = SampleRefusal("拟稿人不能签发自己拟的稿，须由另一人签发。", "条例第十七条")
    lamps = [
        (8, date(2026, 12, 10)), (5, date(2026, 12, 7)), (3, date(2026, 12, 3)), (2, date(2026, 12, 2)),
        (0, TODAY), (-2, date(2026, 11, 26)), (None, None), (23, date(2027, 1, 4)),
    ]  # fmt: skip
    rows = [
        ("云公开申〔2026〕41号", "供水管网改造项目的环评批复", "办理中", "等第三方意见", 3, date(2026, 12, 3)),
        ("云公开申〔2026〕39号", "2024年至2025年农村饮水安全工程验收资料", "待签发", "", 0, TODAY),
        ("云公开申〔2026〕36号", "某村土地征收补偿安置方案及其公示照片", "办理中", "", -2, date(2026, 11, 26)),
        ("云公开申〔2026〕44号", "县城公共停车场收费标准的定价依据", "待登记", "", 18, date(2026, 12, 24)),
    ]
    acts = [
        {"at": datetime(2026, 11, 3, 1, 12, tzinfo=UTC), "words": "收到申请", "by": "网上提交"},
        {"at": datetime(2026, 11, 4, 7, 40, tzinfo=UTC), "words": "登记", "by": "周敏", "article": "条例第三十一条"},
        {"at": date(2026, 11, 12), "words": "书面征求第三方意见", "by": "林秀文", "state": "stop",
         "note": "第三方十五个工作日内答复，等答复的时间不计入期限。", "article": "条例第三十二条", "links": [("征求意见函", "#letter")]},
        {"at": date(2026, 11, 30), "words": "拟办答复", "by": "林秀文", "state": "now"},
        {"at": "", "words": "审签、用印、送达", "state": "next"},
    ]  # fmt: skip
    return _desk("cases") | {
        "crumbs": [("依申请公开", "#a"), ("界面总览", "")],
        "today": TODAY,
        "lamps": lamps,
        "rows": rows,
        "acts": acts,
        "refusal": refusal,
        "facts_rows": [("申请人", "陈*（公民）"), ("申请内容", "供水管网改造项目的环评批复"), ("受理机关", "云川县水利局"), ("获取方式", "")],
        "form": SampleForm(auto_id="clean_%s"),
        "wrong_form": SampleForm({"title": "", "count": "0", "column": "policy"}, auto_id="wrong_%s"),
        "due": date(2026, 12, 3),
        "week": _days(date(2026, 11, 26), 10),
        "case_days": _days(date(2026, 11, 4), 32),
        "statistics": [
            ("一、本年新收政府信息公开申请数量", 42, 3, 1, 46, "", 40),
            ("二、上年结转政府信息公开申请数量", 2, 0, 0, 2, "", 3),
            ("（一）予以公开", 19, 1, 0, 21, "19 + 1 + 0 = 20，表上是 21", 17),
            ("（二）部分公开", 4, None, 0, 4, "", 6),
        ],
        "page_names": list(PAGES),
    }  # fmt: skip
