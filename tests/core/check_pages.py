"""The labelled set for checks: pages of a county as they are published, written by a seeded generator.

`clean(seed)` has nothing to be found and many decoys: document numbers, credit codes, amounts, order numbers, offices'
telephones, mailboxes and addresses. `planted(seed)` is such a page with things put in, each with its rule and text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gongkai_core.checks.lists import starter
from gongkai_core.checks.rules.bank_card import satisfies_luhn
from gongkai_core.identity import PROVINCES, valid_credit_code, valid_resident_id

TODAY = date(2026, 4, 20)
ORGANS = (
    "青禾县人民政府办公室", "青禾县财政局", "青禾县教育局", "青禾县自然资源局", "青禾县民政局", "青禾县交通运输局",
    "青禾县卫生健康委员会", "青禾县市场监督管理局", "青禾县农业农村局", "青禾县应急管理局", "青禾县住房和城乡建设局",
)  # fmt: skip
LEADERS = {"陈立新": "县委副书记、县长", "王海燕": "副县长", "赵国强": "县委书记"}
PREFIXES = ("青政发", "青政办发", "青府字", "青财预", "青自然资规", "青民字", "青市监处罚", "赣府厅字", "国办发")
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红玲芬燕彬凤洁梅琳松林"
TOWNS = ("河口镇", "石桥镇", "柳林乡", "白塔镇", "青山镇", "大塘乡")
VILLAGES = ("水北村", "上坪村", "新屋村", "黄沙村", "龙井村", "双桥村")
STREETS = ("阳明路", "人民路", "解放大道", "滨江西路", "府前街", "站前路")
ESTATES = ("锦绣花园", "阳光小区", "滨江花园", "和谐家园", "金桂花苑", "幸福新村")
FORBIDDEN = {f"{a}{b}{c}": "" for a in "噪瀑缪踵" for b in "蠡懋袤" for c in "昊瞿闾阚"}
"""An office's own words, of signs that no page here has."""


@dataclass
class LabelledPage:
    """A page, and what was put in: rule, start and end."""

    text: str
    planted: list[tuple[str, int, int]] = field(default_factory=list)


def clean(seed: int) -> LabelledPage:
    rng = Random(f"clean {seed}")
    return LabelledPage("\n".join(_page(rng)))


def planted(seed: int) -> LabelledPage:
    """A page with three to six things put in, never two on one line of prose but several in a row of a table."""
    rng = Random(f"planted {seed}")
    lines: list[Planted] = [(line, []) for line in _page(rng)]
    for _ in range(rng.randint(3, 6)):
        lines.insert(rng.randint(1, len(lines) - 1), rng.choice(_PLANTS)(rng))
    page = LabelledPage("\n".join(line for line, _ in lines))
    begin = 0
    for line, things in lines:
        for rule, text in things:
            start = begin + line.index(text)
            page.planted.append((rule, start, start + len(text)))
        begin += len(line) + 1
    return page


# Clean pages --------------------------------------------------------------------------------------------------------


def _page(rng: Random) -> list[str]:
    organ = rng.choice(ORGANS)
    lines = [f"{organ}关于{rng.choice(_MATTERS)}的{rng.choice(('通知', '公告', '通报', '意见', '公示'))}"]
    lines += [document_number(rng), "各乡镇人民政府，县政府各部门，县直各单位："]
    lines += [rng.choice(_SENTENCES)(rng) for _ in range(rng.randint(6, 16))]
    if rng.random() < 0.4:
        lines += _table(rng)
    lines += [organ, day(rng), "（此件公开发布）"]
    return lines


_MATTERS = (
    "做好2026年防汛抗旱工作", "开展安全生产专项检查", "印发重点工作任务分工方案", "公布行政许可事项清单", "下达专项资金预算指标",
    "城乡居民基本医疗保险参保缴费", "国有建设用地使用权挂牌出让", "公开招聘事业单位工作人员", "表彰先进集体", "征收土地预公告",
    "调整最低生活保障标准", "做好政府信息公开工作", "开展打击欺诈骗保专项行动", "公布政府定价的经营服务性收费目录",
)  # fmt: skip


def day(rng: Random) -> str:
    moment = TODAY - timedelta(days=rng.randint(1, 2500))
    return f"{moment.year}年{moment.month}月{moment.day}日"


def document_number(rng: Random) -> str:
    return f"{rng.choice(PREFIXES)}〔{rng.randint(2012, 2026)}〕{rng.randint(1, 260)}号"


def credit_code(rng: Random) -> str:
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    while True:
        code = f"{rng.choice(('11', '12', '51', '52', '91', '92', '93'))}36{rng.randint(1, 12):02d}{rng.randint(0, 30):02d}"
        code += "".join(rng.choice(signs if rng.random() < 0.2 else signs[:10]) for _ in range(17 - len(code)))
        for last in signs:
            if valid_credit_code(code + last):
                return code + last


def amount(rng: Random) -> str:
    number = rng.randint(10**3, 10 ** rng.randint(4, 12))
    return rng.choice((f"{number:,}元", f"{number}元", f"{number / 100:.2f}万元", f"¥{number:,}.00", f"{number}.00元"))


def order_number(rng: Random) -> str:
    """Numbers of things, as long as a person's: orders, projects, parcels, invoices, permits."""
    digits = "".join(rng.choice("0123456789") for _ in range(rng.choice((10, 11, 12, 15, 16, 18, 19, 20))))
    moment = TODAY - timedelta(days=rng.randint(1, 900))
    return rng.choice(
        (
            f"订单编号：{digits}", f"流水号{digits}", f"项目代码：{moment:%Y}-360722-{digits[:2]}-{digits[:2]}-{digits[:6]}",
            f"采购编号：GZ{moment:%Y}-QH-J{digits[:3]}", f"招标编号QHZB{moment:%Y%m%d}{digits[:3]}", f"许可证编号JY1360722{digits[:7]}",
            f"宗地号360722{digits[:6]}GB{digits[:5]}", f"发票号码{digits[:8]}", f"受理号：{moment:%Y%m%d}{digits[:6]}",
            f"案号（{moment:%Y}）赣0722行初{digits[:2]}号", f"不动产单元号：360722{digits[:6]}GB{digits[:5]}F{digits[:8]}",
            f"合同编号：{moment:%Y%m%d%H%M%S}{digits[:4]}", f"统一编码为{moment:%Y%m%d}0000{digits[:6]}",
        )
    )  # fmt: skip


def landline(rng: Random) -> str:
    number = f"{rng.randint(2, 8)}{rng.randint(0, 999_999):06d}"
    return rng.choice((f"0797-{number}", f"0797{number}", f"（0797）{number}", number, "12345", f"0797-{number}-8012"))


_SENTENCES: tuple[Callable[[Random], str], ...] = (
    lambda rng: f"一、各单位要高度重视，加强组织领导，压实工作责任，确保各项任务落到实处，于{day(rng)}前报送总结。",
    lambda rng: f"根据《中华人民共和国政府信息公开条例》和《{rng.choice(ORGANS)}关于{rng.choice(_MATTERS)}的通知》（{document_number(rng)}）要求，现就有关事项通知如下。",
    lambda rng: f"二、本次下达资金{amount(rng)}，其中中央资金{amount(rng)}，县级配套{amount(rng)}，专款专用。",
    lambda rng: f"中标单位：江州市宏达建设工程有限公司，统一社会信用代码{credit_code(rng)}，中标价{amount(rng)}。",
    lambda rng: f"{order_number(rng)}，规格型号详见附表。",
    lambda rng: f"联系电话：{landline(rng)}，传真：{landline(rng)}。",
    lambda rng: f"办公地址：青禾县{rng.choice(STREETS)}{rng.randint(1, 200)}号行政中心{rng.randint(1, 9)}号楼{rng.randint(101, 912)}室，邮政编码341600。",
    lambda rng: f"意见和建议请于{day(rng)}前发送至电子邮箱qhx{rng.choice(('zfb', 'czj', 'jyj'))}@163.com，或者邮寄至本局办公室。",
    lambda rng: f"政务邮箱：qh{rng.randint(1, 99)}@qinghe.gov.cn。",
    lambda rng: f"三、申请人对本决定不服的，可以自收到之日起六十日内向{rng.choice(('青禾县人民政府', '江州市人民政府'))}申请行政复议。",
    lambda rng: f"经查，当事人{rng.choice(SURNAMES)}某于{day(rng)}在{rng.choice(TOWNS)}未取得许可从事经营活动，违法所得{amount(rng)}。",
    lambda rng: f"拟征收{rng.choice(TOWNS)}{rng.choice(VILLAGES)}第{rng.choice('一二三四五六')}村民小组集体土地{rng.randint(1, 90)}.{rng.randint(1000, 9999)}公顷，涉及农户{rng.randint(2, 90)}户。",
    lambda rng: f"会议由县长主持，副县长{rng.choice(('王海燕', '出席会议并讲话'))}，县政府各部门主要负责人参加。",
    lambda rng: f"原国土资源局承担的职责划入自然资源局，{day(rng)}前完成交接。",
    lambda rng: f"截至{day(rng)}，全县累计办理政务服务事项{rng.randint(1000, 99999)}件，群众满意率{rng.randint(90, 99)}.{rng.randint(10, 99)}%。",
    lambda rng: f"报名时间为{day(rng)}至{day(rng)}，每日8:30—12:00、14:30—17:30（法定节假日除外）。",
    lambda rng: f"户籍所在地为{rng.choice(('青禾县', '江西省青禾县'))}的人员，符合条件的均可报名；持居住证的，提供居住证复印件。",
    lambda rng: f"项目位于{rng.choice(TOWNS)}{rng.choice(VILLAGES)}，建设规模{rng.randint(1000, 90000)}平方米，总投资{amount(rng)}。",
    lambda rng: f"竞买保证金账户：青禾县财政局非税收入专户，账号：{rng.randint(10**11, 10**12 - 1)}{rng.randint(10**8, 10**9 - 1)}，开户行：中国农业银行青禾县支行。",
    lambda rng: f"施工地点：{rng.choice(STREETS)}{rng.randint(1, 90)}号至{rng.randint(91, 200)}号，工期{rng.randint(20, 300)}天。",
    lambda rng: "国家秘密、商业秘密和个人隐私依法予以保护，任何单位和个人不得泄露；涉及保密事项的，按《中华人民共和国保守国家秘密法》执行。",
    lambda rng: "要认真学习、深入研究，研究解决群众反映的突出问题，一件一件抓落实，把好事办好、实事办实。",
    lambda rng: f"监督举报电话：{landline(rng)}；信访接待时间：工作日上午。",
    lambda rng: f"第{rng.randint(1, 60)}条　各级人民政府应当依照《中华人民共和国预算法》的规定，做好预算公开工作。",
    lambda rng: f"拍卖标的：青禾县人民法院查封的位于{rng.choice(STREETS)}{rng.randint(1, 99)}号{rng.choice(ESTATES)}{rng.randint(1, 20)}栋{rng.randint(1, 3)}单元{rng.randint(101, 1802)}室房产。",
    lambda rng: f"索引号11360722{rng.randint(10**9, 10**10 - 1)}/2026-{rng.randint(1, 99999):05d}，主动公开，{document_number(rng)}。",
    lambda rng: f"全年一般公共预算收入完成{rng.randint(10**9, 10**10)}元，同比增长{rng.randint(1, 9)}.{rng.randint(1, 9)}%；税收收入{rng.randint(13_000_000_000, 19_999_999_999)}元。",
    lambda rng: f"网上办理请登录https://www.qinghe.gov.cn/art/{rng.randint(2019, 2026)}/4/2/art_{rng.randint(1000, 9999)}_{rng.randint(13_000_000_000, 18_999_999_999)}.html。",
    lambda rng: f"是是非非由群众评说，的确做到了公开透明；相关办法二〇二{rng.randint(0, 5)}年五月一日起施行……",
    lambda rng: "本公告在青禾县人民政府门户网站公示5个工作日，公示期内有异议的，请以书面形式反映，逾期不予受理。",
    lambda rng: "《公司法》《劳动合同法》《统计法》和国务院有关规定另有要求的，从其规定。",
)  # fmt: skip


def _table(rng: Random) -> list[str]:
    rows = ["序号\t单位名称\t统一社会信用代码\t金额（元）\t文号"]
    for number in range(1, rng.randint(3, 9)):
        rows.append(
            f"{number}\t{rng.choice(ORGANS)}\t{credit_code(rng)}\t{rng.randint(100, 10**9)}.{rng.randint(0, 99):02d}\t{document_number(rng)}"
        )
    return rows


# What is put in -----------------------------------------------------------------------------------------------------

Planted = tuple[str, list[tuple[str, str]]]


def person(rng: Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.randint(1, 2)))


def identity(rng: Random) -> str:
    born = date(1935, 1, 1) + timedelta(days=rng.randrange(31_000))
    head = f"{rng.choice(sorted(PROVINCES))}{rng.randint(1, 30):02d}{rng.randint(1, 30):02d}{born:%Y%m%d}{rng.randint(1, 999):03d}"
    return next(head + sign for sign in "0123456789X" if valid_resident_id(head + sign))


def old_identity(rng: Random) -> str:
    born = date(1935, 1, 1) + timedelta(days=rng.randrange(20_000))
    return f"{rng.choice(sorted(PROVINCES))}{rng.randint(1, 30):02d}{rng.randint(1, 30):02d}{born:%y%m%d}{rng.randint(1, 999):03d}"


def card(rng: Random) -> str:
    head = rng.choice(("622848", "621700", "621226", "622700", "955880", "601382", "623059", "685800"))
    head += "".join(rng.choice("0123456789") for _ in range(rng.choice((15, 18)) - len(head)))
    return next(head + sign for sign in "0123456789" if satisfies_luhn(head + sign))


def mobile(rng: Random) -> str:
    return f"{rng.choice(('130', '135', '138', '139', '147', '150', '159', '166', '173', '177', '180', '189', '191', '198'))}{rng.randint(0, 10**8 - 1):08d}"


def _dressed(rng: Random, digits: str, groups: tuple[int, ...]) -> str:
    """A number as people write it: plain mostly, in groups, in full-width signs."""
    way = rng.random()
    if way < 0.7:
        return digits
    if way < 0.8:
        return digits.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    if way < 0.85:
        return digits.replace("X", "x")
    parts, place = [], 0
    for size in groups:
        parts.append(digits[place : place + size])
        place += size
    return rng.choice((" ", "-")).join(part for part in [*parts, digits[place:]] if part)


def _identity(rng: Random) -> Planted:
    number = _dressed(rng, identity(rng), (6, 4, 4))
    line = rng.choice(
        (
            "申请人{0}，身份证号{1}，经审核符合条件。",
            "{0}（{1}）应缴未缴的款项，限期缴纳。",
            "{0}，男，公民身份号码：{1}，住本县。",
        )
    )
    return line.format(person(rng), number), [("identity_card", number)]


def _old_identity(rng: Random) -> Planted:
    number = old_identity(rng)
    return f"{person(rng)}，身份证号码{number}，已办理登记。", [("identity_card", number)]


def _card(rng: Random) -> Planted:
    number = _dressed(rng, card(rng), (4, 4, 4, 4))
    line = rng.choice(
        ("补助资金打入{0}的银行卡{1}。", "户名：{0}，卡号{1}，开户行：农商银行。", "{0}　{1}　一次性发放。")
    )
    return line.format(person(rng), number), [("bank_card", number)]


def _mobile(rng: Random) -> Planted:
    number = _dressed(rng, mobile(rng), (3, 4))
    if rng.random() < 0.1:
        number = f"+86 {number}"
    line = rng.choice(("联系人：{0}，手机{1}。", "{0}：{1}", "如有疑问，请致电{0}（{1}）。"))
    return line.format(person(rng), number), [("phone", number.removeprefix("+"))]


def _home_phone(rng: Random) -> Planted:
    number = f"0797-{rng.randint(2_000_000, 8_999_999)}"
    return f"{person(rng)}，家庭电话：{number}。", [("phone", number)]


def _email(rng: Random) -> Planted:
    address = f"{rng.choice(('zhang', 'li.wei', 'wang_', 'chen'))}{rng.randint(1, 9999)}@{rng.choice(('qq.com', '163.com', 'foxmail.com', 'sina.cn'))}"
    return f"获奖人{person(rng)}，邮箱{address}。", [("email", address)]


def _address(rng: Random) -> Planted:
    estate = f"{rng.choice(STREETS)}{rng.randint(1, 300)}号{rng.choice(ESTATES)}{rng.randint(1, 30)}栋{rng.randint(1, 4)}单元{rng.randint(101, 3204)}室"
    farm = f"{rng.choice(TOWNS)}{rng.choice(VILLAGES)}{rng.choice(('第', ''))}{rng.choice('一二三四五六七八九')}组{rng.randint(1, 130)}号"
    street = f"江西省青禾县{rng.choice(STREETS)}{rng.randint(1, 300)}号"
    way = rng.randint(0, 3)
    if way == 0:
        return f"{person(rng)}，住址：青禾县{farm}。", [("address", farm)]
    if way == 1:
        return f"{person(rng)}，家庭住址{street}，家中四口人。", [("address", street)]
    if way == 2:
        return f"{person(rng)}\t青禾县{estate}\t低保", [("address", estate)]
    return f"{person(rng)}，{farm}，一类低保。", [("address", farm)]


def _plate(rng: Random) -> Planted:
    signs = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    digits = f"{rng.randint(0, 99_999):05d}" if rng.random() < 0.6 else f"D{rng.randint(0, 99_999):05d}"
    plate = f"{rng.choice('赣粤湘京闽')}{rng.choice(signs[:8])}{rng.choice(('', '·'))}{digits}"
    return f"{person(rng)}驾驶{plate}小型轿车，在{rng.choice(STREETS)}发生事故。", [("plate", plate)]


def _row(rng: Random) -> Planted:
    """A row of a name list: everything of one person."""
    id_number, phone, account = identity(rng), mobile(rng), card(rng)
    line = f"{rng.randint(1, 99)}\t{person(rng)}\t{id_number}\t{phone}\t{account}\t{rng.randint(100, 9000)}.00"
    return line, [("identity_card", id_number), ("phone", phone), ("bank_card", account)]


def _forbidden(rng: Random) -> Planted:
    wording = rng.choice(sorted({**starter("forbidden"), **FORBIDDEN}))
    return f"会议指出，{wording}，各单位要认真抓好落实。", [("forbidden_words", wording)]


def _obsolete(rng: Random) -> Planted:
    wording = rng.choice(sorted(starter("obsolete")))
    return f"由{wording}，负责具体工作。", [("obsolete_words", wording)]


def _confusion(rng: Random) -> Planted:
    wording = rng.choice(sorted(starter("confusions")))
    return f"对此，{wording}，要严肃处理。", [("homophones", wording)]


def _doubled(rng: Random) -> Planted:
    word = rng.choice(("进行", "工作", "推进", "落实", "政府", "加强", "建设", "项目", "有关", "负责"))
    return f"各单位要{word}{word}，不得推诿。", [("doubled_words", word * 2)]


def _marks(rng: Random) -> Planted:
    marks = rng.choice(("，，", "。。", "、、", "；。", "，。", "：："))
    return f"要按时完成{marks}确保质量。", [("doubled_marks", marks)]


def _docno(rng: Random) -> Planted:
    year, number = rng.randint(2015, 2026), rng.randint(1, 99)
    wrong = rng.choice(
        (
            f"[{year}]{number}号",
            f"（{year}）{number}号",
            f"〔{year}〕第{number}号",
            f"〔{year}〕0{number}号",
            f"【{year}】{number}号",
            f"〔{year % 100}〕{number}号",
        )
    )
    return f"按照《通知》（{rng.choice(PREFIXES)}{wrong}）执行。", [("document_numbers", wrong)]


def _date(rng: Random) -> Planted:
    wrong = rng.choice(
        (
            "2026年2月30日",
            "2025年2月29日",
            "6月31日",
            "2024年13月5日",
            "二〇二六年四月三十一日",
            "2026-02-30",
            "9月31日",
            "2025年4月0日",
        )
    )
    return f"请于{wrong}前报送。", [("dates", wrong)]


def _law(rng: Random) -> Planted:
    law = rng.choice([name for name in starter("laws") if len(name) > 8])
    place = rng.randint(2, len(law) - 2)
    wrong = rng.choice(
        (law[:place] + law[place + 1 :], f"{law[:place]}之{law[place:]}", f"{law[:place]}夫{law[place + 1 :]}")
    )
    return f"依照《{wrong}》的规定处理。", [("law_names", f"《{wrong}》")]


def _leader(rng: Random) -> Planted:
    wrong, line = rng.choice(
        (
            ("陈力新", "县长{0}主持会议。"),
            ("王海艳", "{0}副县长到会。"),
            ("王海燕县长", "{0}讲话。"),
            ("副县长赵国强", "{0}出席。"),
        )
    )
    return line.format(wrong), [("leader_names", wrong)]


def _organ(rng: Random) -> Planted:
    wrong = rng.choice(("青禾县市场监管督理局", "青禾县财证局", "青禾县应急管里局", "青禾县卫生健委员会"))
    return f"由{wrong}牵头办理。", [("organ_names", wrong)]


NUMBERS = {"identity_card", "bank_card", "phone"}
"""What has a checksum, or a form that leaves no doubt."""
WORDINGS = {"forbidden_words", "obsolete_words", "homophones", "law_names", "leader_names", "organ_names"}
_PLANTS: tuple[Callable[[Random], Planted], ...] = (
    *(_identity, _identity, _old_identity, _card, _card, _mobile, _mobile, _home_phone, _email, _address, _address, _plate),
    *(_row, _row, _forbidden, _forbidden, _obsolete, _confusion, _doubled, _marks, _docno, _date, _law, _leader, _organ),
)  # fmt: skip
