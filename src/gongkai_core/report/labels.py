"""The lines of the three statistical forms as they are looked for in a text.

Forms: 2014 (国办发〔2014〕32号), 2019 (国办公开办函〔2019〕60号), 2021 (国办公开办函〔2021〕30号).
The cells and their official labels are in `forms.json`; here stand the distinctive letters of each label,
short enough to survive a broken line, with the variants that offices print.
"""

from dataclasses import dataclass
from functools import cache

from gongkai_core.report.layout import letters

COLUMNS = ("natural_person", "business", "research", "ngo", "legal", "other", "total")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
T4_CELLS = tuple(f"t4.{group}.{column}" for group in ("review", "suit_direct", "suit_after") for column in RESULTS)


@dataclass(frozen=True)
class Line:
    """One line of a form: its cells in printed order (none for a heading), its keys (variants of the label),
    its number as printed before it, what may follow the label, and whether the number must be there."""

    id: str
    cells: tuple[str, ...]
    keys: tuple[str, ...]
    number: str = ""
    tails: tuple[str, ...] = ()
    numbered: bool = False


def _line(
    line_id: str,
    cells: tuple[str, ...],
    label: str,
    number: str = "",
    tails: tuple[str, ...] = (),
    numbered: bool = False,
) -> Line:
    keys = tuple(letters(key) for key in label.split("|"))
    return Line(line_id, cells, keys, number, tuple(letters(tail) for tail in tails), numbered)


# id, number printed before it, label (variants after |). A row without an id is a heading.
_2014 = """
        | 一 | 主动公开情况
1_1     | 一 | 主动公开政府信息数
1_1_a   |    | 主动公开规范性文件数
1_1_b   |    | 制发规范性文件总数/制发规范性文件数
        | 二 | 通过不同渠道和方式公开政府信息的情况
1_2_1   | 1  | 政府公报公开政府信息数
1_2_2   | 2  | 政府网站公开政府信息数
1_2_3   | 3  | 政务微博公开政府信息数
1_2_4   | 4  | 政务微信公开政府信息数
1_2_5   | 5  | 其他方式公开政府信息数
        | 二 | 回应解读情况
2_1     | 一 | 回应公众关注热点或重大舆情数
        | 二 | 通过不同渠道和方式回应解读的情况
2_2_1   | 1  | 参加或举办新闻发布会总次数/参加或举办新闻发布会次数
2_2_1_a |    | 主要负责同志参加新闻发布会次数
2_2_2   | 2  | 政府网站在线访谈次数
2_2_2_a |    | 主要负责同志参加政府网站在线访谈次数
2_2_3   | 3  | 政策解读稿件发布数
2_2_4   | 4  | 微博微信回应事件数
2_2_5   | 5  | 其他方式回应事件数
        | 三 | 依申请公开情况
3_1     | 一 | 收到申请数
3_1_1   | 1  | 当面申请数
3_1_2   | 2  | 传真申请数
3_1_3   | 3  | 网络申请数
3_1_4   | 4  | 信函申请数
3_2     | 二 | 申请办结数
3_2_1   | 1  | 按时办结数
3_2_2   | 2  | 延期办结数
3_3     | 三 | 申请答复数
3_3_1   | 1  | 属于已主动公开范围数
3_3_2   | 2  | 同意公开答复数
3_3_3   | 3  | 同意部分公开答复数
3_3_4   | 4  | 不同意公开答复数
3_3_4_a |    | 涉及国家秘密
3_3_4_b |    | 涉及商业秘密
3_3_4_c |    | 涉及个人隐私
3_3_4_d |    | 危及国家安全公共安全经济安全和社会稳定
3_3_4_e |    | 不是条例所指政府信息
3_3_4_f |    | 法律法规规定的其他情形
3_3_5   | 5  | 不属于本行政机关公开数
3_3_6   | 6  | 申请信息不存在数
3_3_7   | 7  | 告知作出更改补充数/告知作出更改补正数
3_3_8   | 8  | 告知通过其他途径办理数
4       | 四 | 行政复议数量
4_1     | 一 | 维持具体行政行为数
4_2     | 二 | 被依法纠错数
4_3     | 三 | 其他情形数
5       | 五 | 行政诉讼数量
5_1     | 一 | 维持具体行政行为或者驳回原告诉讼请求数/维持具体行政行为或驳回原告诉讼请求数
5_2     | 二 | 被依法纠错数
5_3     | 三 | 其他情形数
6       | 六 | 举报投诉数量
7       | 七 | 依申请公开信息收取的费用/依申请公开政府信息收取的费用
        | 八 | 机构建设和保障经费情况
8_1     | 一 | 政府信息公开工作专门机构数
8_2     | 二 | 设置政府信息公开查阅点数
8_3     | 三 | 从事政府信息公开工作人员数
8_3_1   | 1  | 专职人员数
8_3_2   | 2  | 兼职人员数
8_4     | 四 | 政府信息公开专项经费
        | 九 | 政府信息公开会议和培训情况
9_1     | 一 | 召开政府信息公开工作会议或专题会议数
9_2     | 二 | 举办各类培训班数
9_3     | 三 | 接受培训人员数
"""

_TABLE3 = """
r1      | 一 | 本年新收政府信息公开申请数量/本年新收政府信息公开申请
r2      | 二 | 上年结转政府信息公开申请数量/上年结转政府信息公开申请
        | 三 | 本年度办理结果
r3_1    | 一 | 予以公开
r3_2    | 二 | 部分公开
        | 三 | 不予公开
r3_3_1  | 1  | 属于国家秘密
r3_3_2  | 2  | 其他法律行政法规禁止公开/其他法律法规禁止公开
r3_3_3  | 3  | 危及三安全一稳定
r3_3_4  | 4  | 保护第三方合法权益
r3_3_5  | 5  | 属于三类内部事务信息
r3_3_6  | 6  | 属于四类过程性信息
r3_3_7  | 7  | 属于行政执法案卷
r3_3_8  | 8  | 属于行政查询事项
        | 四 | 无法提供
r3_4_1  | 1  | 本机关不掌握相关政府信息
r3_4_2  | 2  | 没有现成信息需要另行制作
r3_4_3  | 3  | 补正后申请内容仍不明确
        | 五 | 不予处理
r3_5_1  | 1  | 信访举报投诉类申请/信访投诉举报类申请/信访举报投诉类/信访投诉举报类
r3_5_2  | 2  | 重复申请
r3_5_3  | 3  | 要求提供公开出版物
r3_5_4  | 4  | 无正当理由大量反复申请
r3_5_5  | 5  | 要求行政机关确认或重新出具已获取信息/要求行政机关确认
r3_6    | 六 | 其他处理
r3_6_1  | 1  | 申请人无正当理由逾期不补正
r3_6_2  | 2  | 申请人逾期未按收费通知要求缴纳费用
r3_6_3  | 3  | 其他
r3_7    | 七 | 总计/合计
r4      | 四 | 结转下年度继续办理
"""

# Table 2 of either edition; the columns of a row are those of the edition, told by the headings.
_TABLE2 = {
    "2019": """
          |    | 第二十条第一项
          |    | 信息内容
          |    | 本年新制作数量/本年新制作
          |    | 本年新公开数量/本年新公开
          |    | 对外公开总数量/对外公开总数
rule      |    | 规章 = made public total
normdoc   |    | 规范性文件 = made public total
          |    | 第二十条第五项
          |    | 上一年项目数量
          |    | 本年增减
          |    | 处理决定数量
license   |    | 行政许可 = prev delta decided
othersvc  |    | 其他对外管理服务事项 = prev delta decided
          |    | 第二十条第六项
          |    | 上一年项目数量
          |    | 本年增减
          |    | 处理决定数量
penalty   |    | 行政处罚 = prev delta decided
coercion  |    | 行政强制 = prev delta decided
          |    | 第二十条第八项
          |    | 上一年项目数量
          |    | 本年增减
fee       |    | 行政事业性收费 = prev delta
          |    | 第二十条第九项
          |    | 采购项目数量
          |    | 采购总金额/采购金额
procure   |    | 政府集中采购 = count amount
""",
    "2021": """
          |    | 第二十条第一项
          |    | 信息内容
          |    | 本年制发件数
          |    | 本年废止件数
          |    | 现行有效件数
rule      |    | 规章 = made repealed valid
normdoc   |    | 行政规范性文件/规范性文件 = made repealed valid
          |    | 第二十条第五项
          |    | 本年处理决定数量
license   |    | 行政许可 = decided
          |    | 第二十条第六项
          |    | 本年处理决定数量
penalty   |    | 行政处罚 = decided
coercion  |    | 行政强制 = decided
          |    | 第二十条第八项
          |    | 本年收费金额
fee       |    | 行政事业性收费 = amount
""",
}

# Headings of table 2 that only one edition has; they decide the form.
MARKS = {
    "2019": (
        "本年新制作",
        "本年新公开",
        "对外公开总数",
        "上一年项目数量",
        "本年增减",
        "采购总金额",
        "其他对外管理服务事项",
    ),
    "2021": (
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "本年处理决定数量",
        "本年收费金额",
        "逾期不补正",
        "逾期未按收费通知",
    ),
}
# The column headings of table 4, in whatever order a flattened two-storey heading gives them.
T4_HEADINGS = tuple(
    letters(key)
    for key in (
        "结果维持",
        "结果纠正",
        "其他结果",
        "尚未审结",
        "总计",
        "合计",
        "未经复议直接起诉",
        "复议后起诉",
    )
)
_AFTER_OTHER = ("行政机关不再处理其政府信息公开申请",)
_TAILS = {
    "r3_2": ("区分处理的只计这一情形不计其他情形",),
    "r3_6_1": _AFTER_OTHER,
    "r3_6_2": _AFTER_OTHER,
    "r4": ("政府信息公开申请数量", "的政府信息公开申请数量", "数量"),
}


def _rows(table: str) -> list[tuple[str, str, str]]:
    rows = []
    for row in table.strip("\n").splitlines():
        line_id, number, label = (part.strip() for part in row.split("|"))
        rows.append((line_id, number, label.replace("/", "|")))
    return rows


@cache
def form_2014() -> tuple[Line, ...]:
    """The lines of the one-column form of 2014, headings included, in printed order."""
    return tuple(
        _line(f"t14.{row}" if row else "", (f"t14.{row}",) if row else (), label, number, ("数",))
        for row, number, label in _rows(_2014)
    )


@cache
def table_2(edition: str) -> tuple[Line, ...]:
    """Table 2 of edition "2019" or "2021", headings included, in printed order."""
    lines = []
    for row, number, label in _rows(_TABLE2[edition]):
        label, _, columns = label.partition(" = ")
        cells = tuple(f"t2.{row}.{column}" for column in columns.split())
        lines.append(_line(f"t2.{row}" if row else "", cells, label, number))
    return tuple(lines)


@cache
def table_3() -> tuple[Line, ...]:
    """Table 3 of both editions: 其他处理 is one row (2019) or a heading over three (2021)."""
    return tuple(
        _line(
            f"t3.{row}" if row else "",
            tuple(f"t3.{row}.{column}" for column in COLUMNS) if row else (),
            label,
            number,
            _TAILS.get(row, ()),
            numbered=row == "r3_6_3",
        )
        for row, number, label in _rows(_TABLE3)
    )
