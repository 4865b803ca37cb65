"""The state machine of an item's version (公开条目的版本).

The machine is the version's, not the item's. A published item that is revised (修订) must go through the
whole chain again while the old text stays public; with one state per item it would have to be public and
under review at once. So every version walks from 拟稿 to its end by itself, `revise` on the public version
opens a new one in `draft`, publishing the new one makes the system `supersede` the old, and the item's own
word is derived (`item_state`). Approvals bind to the digest of one version (domain-spec §11.2, 8), which fits
the same cut.

Which persons a text passes is data (`gongkai_core.review_chain`), frozen when it is submitted; here stands what every
chain has in common. `in_review` lasts as long as reviews stand before the signature, whatever their number; a text
may be sent back to any of them. Steps that a short chain defers are done while the text is public and change no state.
Open or silent withdrawal is an attribute of the withdrawal, not a state.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_core.states.engine import Guard, Machine, Row

SECRECY = "条例第十七条；保密法第三十五条"
OTHERS = "条例第十七条；保密法第三十五条；审查制度：拟稿人不是批准人"
WITHDRAWAL = "条例第六条第二款、第十四条、第十五条"

STATES = {
    "draft": "拟稿",
    "in_review": "待审核",
    "in_signing": "待签发",
    "returned": "退回修改",
    "published": "已公开",
    "superseded": "已被新版代替",
    "withdrawn": "已撤回",
    "discarded": "已作废",
}

EVENTS = {
    "edit": "修改",
    "submit": "送审",
    "approve_review": "审核通过",
    "send_back": "退回前一环节",
    "return": "退回修改",
    "sign_and_publish": "签发并发布",
    "review_afterwards": "补审补校",
    "revise": "修订",
    "supersede": "由新版代替",
    "withdraw": "撤回",
    "lapse": "公示期满撤下",
    "discard": "作废",
}

ROLES = {
    "drafter": "拟稿人",
    "reviewer": "审核人",
    "secrecy_reviewer": "保密审查员",
    "legal_reviewer": "法制审核人",
    "publisher": "签发人",
    "disclosure_office": "政务公开办",
    "system": "系统",
}

FACTS = {"reviews_left": "签发之前还有审核环节"}

GUARDS = {
    guard.id: guard
    for guard in (
        Guard("complete", "标题、栏目、公开属性须填写完整，公文还须有文号和成文日期。", "条例第十二条第三款"),
        Guard("open_attribute", "公开属性不是“主动公开”的条目不得送审发布。", "条例第十三条、第十九条"),
        Guard("no_secrecy_mark", "内容或者附件带有密级标志或者“此件不公开”等标注，不得送审。", SECRECY),
        Guard("not_author", "拟稿人不得审核、签发自己拟的稿件。", OTHERS),
        Guard("another_person", "标明专人的环节须由不同的人办理，您已经办过其中一个。", "条例第十七条；本单位审查制度"),
        Guard("secrecy_reviewed", "这一版内容还没有通过保密审查。", SECRECY),
        Guard("gates_passed", "本环节的六关还没有勾全。", "审查制度：政治、导向、法律、政策、保密、文字六关"),
        Guard("digest_approved", "内容在审核后有改动，签发的须是审核通过的那一版。", OTHERS),
        Guard("remarks", "退回或者提出问题，须写明意见。", "审查制度：退回须说明理由"),
        Guard("earlier_step", "只能退回给拟稿人或者本轮已经办过的环节。", "审查制度：退回须说明理由"),
        Guard("steps_deferred", "这一版没有需要补审补校的环节。", "条例第十七条；紧急事项的短链"),
        Guard("no_other_version", "该条目已有一个新版本在拟稿或者审核中。", "审查制度：同一条目一次只修订一版"),
        Guard("term_over", "公示截止日还没有过。", "条例第六条、第十五条"),
        Guard("withdrawal_ground", "撤回须写明类别（公开说明、静默）和理由。", WITHDRAWAL),
    )
}

_REVIEWERS = ("reviewer", "secrecy_reviewer", "legal_reviewer", "publisher", "disclosure_office")
_REVIEWED = ("not_author", "another_person", "secrecy_reviewed", "gates_passed")

# fmt: off
ROWS = (
    Row("draft", "edit", ("drafter",), "draft", "条例第十二条第三款"),
    Row(
        "draft", "submit", ("drafter",), "in_review", SECRECY,
        ("complete", "open_attribute", "no_secrecy_mark"),
    ),
    Row("draft", "discard", ("drafter",), "discarded", "审查制度：未公开的稿件可以作废"),
    Row("returned", "edit", ("drafter",), "returned", "条例第十二条第三款"),
    Row(
        "returned", "submit", ("drafter",), "in_review", SECRECY,
        ("complete", "open_attribute", "no_secrecy_mark"), label="再次送审",
    ),
    Row("returned", "discard", ("drafter",), "discarded", "审查制度：未公开的稿件可以作废"),
    # Who of these is asked is said by the step of the frozen chain that waits.
    Row("in_review", "approve_review", _REVIEWERS, "in_review", SECRECY, _REVIEWED, when="reviews_left"),
    Row("in_review", "approve_review", _REVIEWERS, "in_signing", SECRECY, _REVIEWED),
    Row("in_review", "send_back", _REVIEWERS, "in_review", OTHERS, ("not_author", "remarks", "earlier_step")),
    Row("in_review", "return", _REVIEWERS, "returned", OTHERS, ("not_author", "remarks")),
    Row(
        "in_signing", "sign_and_publish", ("publisher",), "published", OTHERS,
        ("not_author", "another_person", "secrecy_reviewed", "gates_passed", "digest_approved"),
    ),
    Row("in_signing", "send_back", ("publisher",), "in_review", OTHERS, ("not_author", "remarks", "earlier_step")),
    Row("in_signing", "return", ("publisher",), "returned", OTHERS, ("not_author", "remarks")),
    Row(
        "published", "review_afterwards", _REVIEWERS, "published", OTHERS,
        ("steps_deferred", "not_author", "another_person", "gates_passed", "remarks"),
    ),
    Row("published", "revise", ("drafter",), "published", "条例第六条第一款", ("no_other_version",)),
    Row("published", "supersede", ("system",), "superseded", "条例第六条第一款"),
    Row(
        "published", "withdraw", ("publisher", "disclosure_office"), "withdrawn", WITHDRAWAL,
        ("withdrawal_ground",),
    ),
    # A list of persons (名单) goes by itself on the day after its last one (domain-spec §11.2 item 14).
    Row("published", "lapse", ("system",), "withdrawn", "条例第六条、第十五条", ("term_over",)),
    Row(
        "withdrawn", "revise", ("drafter",), "withdrawn", "条例第六条第二款",
        ("no_other_version",), label="更正后重新拟稿",
    ),
)
# fmt: on

ITEM_VERSION = Machine(
    name="公开条目版本",
    initial="draft",
    terminal=frozenset({"superseded", "withdrawn", "discarded"}),
    states=STATES,
    event_labels=EVENTS,
    roles=ROLES,
    rows=ROWS,
    guards=GUARDS,
    facts=FACTS,
)

UNDER_WAY = frozenset({"draft", "in_review", "in_signing", "returned"})
"""Version states that block another revision (guard `no_other_version`)."""


def item_state(version_states: Sequence[str]) -> str:
    """The word shown for an item, from its versions' states, oldest first.

    Public if any version is; else withdrawn if one was withdrawn; else the newest version's state.
    Raises `ValueError` for an item without versions and `LookupError` for an unknown state.
    """
    for state in version_states:
        if state not in STATES:
            raise LookupError(f"no version state {state!r}")
    if not version_states:
        raise ValueError("an item has at least one version")
    for word in ("published", "withdrawn"):
        if word in version_states:
            return word
    return version_states[-1]
