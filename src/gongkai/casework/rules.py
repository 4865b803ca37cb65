"""Rules of casework that practice has not settled (【疑】): settings with a default, shown as 待核."""

import json

from gongkai.agencies.office_settings import Declared, declare, one_of, whole

CONFIRM_MODE = declare(
    Declared(
        "casework.confirm_mode",
        "网上申请的确认方式（auto_receipt 自动回执即为双方确认；manual 由登记员确认）",
        "auto_receipt",
        "条例第三十一条第（三）项；各地做法不一",
        parse=str,
    )
)
REGISTER_WITHIN = declare(Declared("casework.register_within", "登记期限（工作日）", 1, "内部时限：登记 1 个工作日"))
CORRECTION_WORKDAYS = declare(
    Declared("casework.correction_workdays", "补正期限的建议值（工作日）", 15, "条例第三十条：合理的补正期限")
)
EXTENSION_HINT_AT = declare(
    Declared("casework.extension_hint_at", "自第几个工作日起提示拟延期", 15, "内部时限：第 15 个工作日")
)
REVIEW_URL = declare(
    Declared(
        "casework.review_url",
        "行政复议互联网申请渠道",
        "https://xzfy.moj.gov.cn",
        "行政复议法（2023）第二十二条第二款",
        parse=str,
    )
)
REVIEW_NAMES = declare(
    Declared(
        "casework.review_names",
        '上一级主管部门等复议机关的全称（{"机关代码": {"superior_department": "…"}}）',
        {},
        "行政复议法（2017）第十二条、（2023）第二十七条、第二十八条",
        parse=json.loads,
    )
)
PROVINCE = declare(
    Declared("casework.province", "所在省份（四级法院试点期间的管辖）", "", "法〔2021〕242号", parse=str)
)
SEAL_BEFORE_DELIVERY = declare(
    Declared(
        "casework.seal_before_delivery",
        "答复和复议、诉讼、更正等文书须用印登记、传回扫描件并比对一致后才能发出（是、否）",
        "是",
        "本单位用印规定；打印→用印登记→扫描→比对→送达",
        parse=one_of("是", "否"),
    )
)
RETENTION = declare(
    Declared("casework.retention", "案卷保管期限", "30年", "机关文件材料归档范围和文书档案保管期限规定", parse=str)
)
COUNT_WITHDRAWN_FEES = declare(
    Declared(
        "casework.count_withdrawn_fees",
        "撤回和逾期补正的件是否计入按件收费的月累计（1 计入，0 不计）",
        0,
        "国办函〔2020〕109号第四条；各地做法不一",
        parse=whole(0, 1),
    )
)
EXCESSIVE_HINT_AT = declare(
    Declared(
        "casework.excessive_hint_at",
        "同一申请人向同一机关一个月内超过多少件时提示（只提示，不自动处理）",
        10,
        "条例第三十五条；与信息处理费按件计收的起点一致",
    )
)
ACCEPT_WITHIN = declare(Declared("casework.accept_within", "分办后接收的期限（工作日）", 1, "内部时限"))
ASSIST_WITHIN = declare(Declared("casework.assist_within", "协办反馈期限的建议值（工作日）", 5, "内部时限"))
EXAMINE_WITHIN = declare(
    Declared(
        "casework.examine_within",
        "审查完成的内部期限（收到后第几个工作日）",
        5,
        "内部时限：在 7 个工作日的补正告知期内",
        parse=whole(1, 20),
    )
)
DRAFT_WITHIN = declare(
    Declared("casework.draft_within", "拟办的内部期限（收到后第几个工作日）", 12, "内部时限", parse=whole(1, 20))
)
SIGN_WITHIN = declare(
    Declared("casework.sign_within", "签发的内部期限（收到后第几个工作日）", 18, "内部时限", parse=whole(1, 20))
)
SIGN_OFF_FIRST = declare(
    Declared(
        "casework.sign_off_first",
        "补正、征求意见、收费等办理中的文书是否须先呈签再发出（1 须先呈签，0 由承办人按授权发出）",
        1,
        "内部规定；谁签发见“签发权限”",
        parse=whole(0, 1),
    )
)
COMPLAINT_WITHIN = declare(
    Declared(
        "casework.complaint_within",
        "举报投诉的办理期限（收到次日起多少日）",
        60,
        "条例第四十七条没有规定期限；参照《信访工作条例》第三十四条",
        parse=whole(1, 180),
    )
)
RECTIFY_WITHIN = declare(
    Declared(
        "casework.rectify_within",
        "更正申请的办理期限（工作日）",
        20,
        "条例第四十一条没有规定期限；参照第三十三条",
        parse=whole(1, 60),
    )
)
SUGGESTION_WITHIN = declare(
    Declared(
        "casework.suggestion_within",
        "主动公开建议的审核期限（工作日）",
        20,
        "条例第四十四条第二款只写“及时”；参照第二十六条",
        parse=whole(1, 60),
    )
)
JUDICIAL_ADVICE_WITHIN = declare(
    Declared(
        "casework.judicial_advice_within",
        "司法建议没有载明期限的，函复期限（收到次日起多少日）",
        60,
        "最高人民法院关于司法建议工作的规定；各地做法不一",
        parse=whole(1, 180),
    )
)
