"""Each rule by itself: what it finds, what it leaves alone, what it advises."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai_core.checks import RULES, Checker, Hit, Kind, Link, Lists, Material, Picture, Severity, material_of_html
from gongkai_core.checks.lists import starter
from gongkai_core.passages import Passage

CHECKER = Checker()
TODAY = date(2026, 4, 20)


def hits(text: str, rule: str) -> list[str]:
    found = CHECKER.check(Material([Passage(text)], today=TODAY))
    return [hit.found for hit in found if hit.rule == rule]


FINDS = [
    ("identity_card", "居民身份证11010119900307757x等", ["11010119900307757x"]),
    ("identity_card", "张三110101199003077571", ["110101199003077571"]),
    ("identity_card", "110101 1990 0307 7571", ["110101 1990 0307 7571"]),
    ("identity_card", "１１０１０１１９９００３０７７５７１", ["１１０１０１１９９００３０７７５７１"]),
    ("identity_card", "身份证号：110101199003077572", ["110101199003077572"]),  # mistyped is as private
    ("identity_card", "编码110101199003077572", []),
    ("identity_card", "110101229903077578", []),  # nobody is born in 2299
    ("identity_card", "证件号码 110101850101123", ["110101850101123"]),
    ("identity_card", "注册号110101850101123", []),
    ("identity_card", "1101011990030775711", []),
    ("identity_card", "统一社会信用代码11360722014952123X", []),
    ("bank_card", "卡号6228480402564890018", ["6228480402564890018"]),
    ("bank_card", "6228 4804 0256 4890 018", ["6228 4804 0256 4890 018"]),
    ("bank_card", "6228480402564890019", []),
    ("bank_card", "流水号6228480402564890018", []),
    ("bank_card", "4000000000000002", []),  # nothing says that it is a card
    ("bank_card", "信用卡4000000000000002", ["4000000000000002"]),
    ("phone", "手机13807971234。", ["13807971234"]),
    ("phone", "+8613807971234", ["8613807971234"]),
    ("phone", "138-0797-1234", ["138-0797-1234"]),
    ("phone", "13807971234元", []),
    ("phone", "13807971234.00", []),
    ("phone", "¥13807971234", []),
    ("phone", "A13807971234", []),
    ("phone", "12807971234", []),
    ("phone", "https://a.cn/13807971234.html", []),
    ("phone", "张三/13807971234", ["13807971234"]),
    ("phone", "联系电话：0797-3312345", []),
    ("phone", "家庭电话：0797-3312345", ["0797-3312345"]),
    ("email", "邮箱zhang.san@qq.com", ["zhang.san@qq.com"]),
    ("email", "邮箱zhang＠qq.com", ["zhang＠qq.com"]),
    ("email", "意见反馈请发zhang@qq.com", []),
    ("email", "办公地址：县城\n办公时间：工作日\n电子邮箱：office@qinghe.example", []),
    ("email", "qh@qinghe.gov.cn", []),
    ("plate", "驾驶赣B·12345小客车", ["赣B·12345"]),
    ("plate", "驾驶赣BD12345小客车", ["赣BD12345"]),
    ("plate", "赣B2-20101234", []),
    ("plate", "甲B12345", []),
    ("address", "家庭住址：江西省青禾县阳明路12号", ["江西省青禾县阳明路12号"]),
    ("address", "户籍所在地：江西省青禾县", []),
    ("address", "王五，阳光小区3栋2单元402室", ["阳光小区3栋2单元402室"]),
    ("address", "王五，水北村三组12号", ["水北村三组12号"]),
    ("address", "水北村第三村民小组集体土地", []),
    ("address", "办公地址：阳明路12号3栋2单元402室", []),
    ("secrecy_mark", "秘密", ["秘密"]),
    ("secrecy_mark", "机密★5年", ["机密★5年"]),
    ("secrecy_mark", "　★ 绝密　", ["★ 绝密"]),
    ("secrecy_mark", "内部资料，注意保存", ["内部资料，注意保存"]),
    ("secrecy_mark", "不涉及国家秘密、商业秘密。", []),
    ("secrecy_mark", "严守国家秘密\n做好机密工作", []),
    ("closing_note", "正文\n（此件不公开）\n", ["（此件不公开）"]),
    ("closing_note", "　此件依申请公开。", ["此件依申请公开"]),
    ("closing_note", "（此件公开发布）", []),
    ("closing_note", "文末注明“此件不公开”的不得公开", []),
    ("document_numbers", "青政发[2026]7号", ["[2026]7号"]),
    ("document_numbers", "青政发〔2026〕第7号", ["〔2026〕第7号"]),
    ("document_numbers", "青政发〔2026〕07号", ["〔2026〕07号"]),
    ("document_numbers", "青政发〔2027〕7号", ["〔2027〕7号"]),
    ("document_numbers", "青政发〔26〕7号", ["〔26〕7号"]),
    ("document_numbers", "青政发〔2026〕7号", []),
    ("document_numbers", "（2026）赣0722行初15号", []),
    ("dates", "于2月30日", ["2月30日"]),
    ("dates", "2025年2月29日", ["2025年2月29日"]),
    ("dates", "2024年2月29日", []),
    ("dates", "二〇二六年二月三十日", ["二〇二六年二月三十日"]),
    ("dates", "2026-04-31", ["2026-04-31"]),
    ("dates", "编号2026-04-31-7", []),
    ("dates", "2026年4月6日（星期二）", ["2026年4月6日（星期二"]),
    ("dates", "2026年4月6日（星期一）", []),
    ("dates", "青禾县人民政府\n2026年5月1日", ["2026年5月1日"]),
    ("dates", "自2026年5月1日起施行", []),
    ("doubled_words", "要进行进行检查", ["进行进行"]),
    ("doubled_words", "做好的的工作", ["的的"]),
    ("doubled_words", "的的确确，是是非非，研究研究，高高兴兴", []),
    ("doubled_words", "青禾县人民政府政府信息公开指南，县人民政府政府决定", ["政府政府"]),
    ("doubled_words", "二〇二〇二〇二〇", []),
    ("doubled_marks", "完成，，确保", ["，，"]),
    ("doubled_marks", "等等……不能——真的吗？！", []),
    ("law_names", "《政府信息公开条列》", ["《政府信息公开条列》"]),
    ("law_names", "《中华人民共和国政府信息公开条例》和《预算法》", []),
    ("forbidden_words", "“一带一路”战略", ["“一带一路”战略"]),
    ("obsolete_words", "县国土资源局", ["国土资源局"]),
    ("obsolete_words", "住房和城乡建设部、国土资源部门", []),
    ("obsolete_words", "原县国土资源局；依据《合同法》（已废止）", []),
    ("homophones", "行政复意", ["行政复意"]),
    ("homophones", "行政复议", []),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "found"), FINDS, ids=[f"{rule}: {text!r}" for rule, text, _ in FINDS])
def test_what_a_rule_finds(rule: str, text: str, found: list[str]) -> None:
    assert hits(text, rule) == found


def by_local_lists(text: str, rule: str) -> list[tuple[str, str]]:
    leaders = {"陈立新": ("县委副书记", "县长"), "王海燕": ("副县长",)}
    checker = Checker(Lists(leaders=leaders, organs=("青禾县市场监督管理局", "青禾县教育局")))
    return [(hit.found, hit.suggestion) for hit in checker.check_text(text) if hit.rule == rule]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县长陈力新讲话", ["陈力新"]),
        ("陈力新同志来信", []),  # another person may bear the name
        ("陈立新副县长", ["陈立新副县长"]),
        ("副县长王海燕、县长陈立新", []),
        ("县长王海燕", ["县长王海燕"]),
        ("县长助理王海燕", []),
        ("陈立新书记", ["陈立新书记"]),
    ],
)
def test_leaders_by_the_local_list(text: str, found: list[str]) -> None:
    assert [what for what, _ in by_local_lists(text, "leader_names")] == found


def test_organs_by_the_local_list() -> None:
    right = "名录中是“青禾县市场监督管理局”"
    for wrong in ("青禾县市场监督管里局", "青禾县市场监管督理局", "青禾县市场监督理局"):
        assert by_local_lists(f"由{wrong}办理", "organ_names") == [(wrong, right)]
    assert by_local_lists("由青禾市场监督管理局、青禾县市场监督管理部门办理", "organ_names") == []


def test_links_pictures_and_attachments() -> None:
    material = Material(
        [Passage("附件：1.分工表\n2.联系人名单.xlsx\n正文\n分工表\n第一项")],
        links=[
            *(Link("", "空"), Link("file:///C:/a.docx", "本机"), Link("http://192.168.1.5/a", "内网"), Link("http:/a", "错")),
            *(Link("/gone", "没了"), Link("/there", "在"), Link("https://www.gov.cn/", "外"), Link("mailto:a@b.gov.cn", "信")),
        ],
        pictures=[Picture("/a/1.png", ""), Picture("/a/2.png", "IMG_2034.jpg"), Picture("/a/3.png", "县城规划图")],
        attachments=["别的.pdf"],
        address_exists={"/gone": False, "/there": True}.get,
    )  # fmt: skip
    found = CHECKER.check(material)
    assert [hit.found for hit in found if hit.rule == "dead_links"] == ["空", "本机", "内网", "错", "没了"]
    assert [hit.found for hit in found if hit.rule == "missing_attachments"] == ["联系人名单.xlsx"]
    assert [hit.found for hit in found if hit.rule == "picture_words"] == [
        "第 1 张图片（1.png）",
        "第 2 张图片（2.png）",
    ]
    unknown = CHECKER.check(Material([Passage("附件：1.分工表")]))
    assert unknown == []


def test_html_gives_lines_cells_links_and_pictures() -> None:
    material = material_of_html(
        "<h2>关于防汛</h2><table><tr><td>组长</td><td>组长</td></tr></table><p>见<a href='/a'>这里</a>"
        "<img src='b.png' alt='图'></p><script>身份证</script>"
    )
    assert "组长\t组长" in material.passages[0].text
    assert "关于防汛\n" in material.passages[0].text
    assert "身份证" not in material.passages[0].text
    assert (list(material.links), list(material.pictures)) == ([Link("/a", "这里")], [Picture("b.png", "图")])


def test_every_rule_has_a_place_in_the_table_and_tells_its_ground() -> None:
    tried = {rule for rule, _, _ in FINDS} | {"leader_names", "organ_names", "dead_links", "missing_attachments", "picture_words"}  # fmt: skip
    assert {rule.id for rule in RULES} == tried
    assert [rule.id for rule in RULES if not rule.article and rule.kind not in (Kind.HINT, Kind.WORDING)] == []
    strict = {rule.kind for rule in RULES if rule.severity is Severity.REASON}
    assert strict == {Kind.PRIVACY, Kind.SECRECY}
    assert all(rule.severity is Severity.REASON for rule in RULES if rule.kind in strict)
    assert all(rule.mask for rule in RULES if rule.kind is Kind.PRIVACY)


@pytest.mark.parametrize("name", ["forbidden", "obsolete", "confusions", "official-terms", "laws"])
def test_what_a_starter_list_says_is_right_is_left_alone(name: str) -> None:
    """No list contradicts itself or another."""
    right_sides = {words for words in starter(name).values() if words} or set(starter(name))
    found: list[Hit] = [hit for words in right_sides for hit in CHECKER.check_text(f"关于{words}的意见")]
    assert [(hit.found, hit.suggestion) for hit in found] == []
