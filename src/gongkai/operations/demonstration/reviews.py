"""Review as an office lives it: chains of their own, an emergency reviewed in full afterwards, a revision, samples."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max

from gongkai.agencies.models import Role
from gongkai.design.words import BEIJING
from gongkai.operations.demonstration.organs import County
from gongkai.publishing.actions import (
    answer_finding,
    approve_review,
    check_sample,
    draft,
    draw_samples,
    edit,
    review_afterwards,
    revise,
    set_chain,
    sign_and_publish,
    submit,
)
from gongkai.publishing.models import Column, Draw, Item, ItemVersion, Sample, SampleVerdict
from gongkai.publishing.querysets import midnight
from gongkai.publishing.vouched import ALL_GATES
from gongkai_core.review_chain import THREE_REVIEWS, Chain, Step

WITH_LAWYER = Chain(
    (
        Step("review", "reviewer", gates=("political", "direction", "policy", "wording")),
        Step("secrecy_review", "secrecy_reviewer", gates=("secrecy",)),
        Step("legal_review", "legal_reviewer", gates=("law",)),
        Step("sign", "publisher"),
    )
)
BY_ITSELF, IN_A_FLOOD, AT_LAND = "住房城乡建设局", "应急管理局", "自然资源局"
AN_IDENTITY_NUMBER = "110101190001010006"
"""Of somebody born in 1900: its check digit is right, nobody has it."""


def set_chains(county: County, founding: date) -> None:
    """三审三校 for what is important, and an organ whose lawyer reads everything."""
    who = {"by": county.office, "today": founding}
    set_chain(None, item_class="important", chain=THREE_REVIEWS, **who)
    set_chain(county.organs[BY_ITSELF], item_class="ordinary", chain=WITH_LAWYER, **who)


def build_reviews(county: County) -> None:
    """What is under way today, and what the office drew of the last month with items."""
    _emergencies(county)
    _sensitive(county)
    _revision(county)
    _with_findings(county)
    _samples(county)


def _emergencies(county: County) -> None:
    """Two notices that went out at once: one overdue for its proofs, one half done today."""
    organ = county.organs[IN_A_FLOOD]
    for title, day, done in (
        ("关于做好强降雨防范应对工作的紧急通告", county.today - timedelta(days=8), 0),
        ("关于临时关闭河道旅游线路的通告", county.today, 1),
    ):
        version = draft(
            organ, title=title, column=Column.objects.get(code="A20_12"), body="<p>请沿河群众注意防范，服从转移安排。</p>",
            by=county.person(organ, Role.DRAFTER), today=day,
        )  # fmt: skip
        version = submit(version, by=version.author, today=day, urgent_reason="汛情紧急，须立即告知群众")
        reviewer = county.person(organ, Role.REVIEWER)
        version = approve_review(version, by=reviewer, today=day, vouched=ALL_GATES)
        version = sign_and_publish(version, by=county.person(organ, Role.PUBLISHER), today=day)
        for _ in range(done):
            review_afterwards(version, by=reviewer, today=day, vouched=ALL_GATES)


def _sensitive(county: County) -> None:
    """A sensitive text that its organ has reviewed and that waits for the disclosure office."""
    organ = county.organs[AT_LAND]
    version = draft(
        organ, title="青禾县东部新城片区征地补偿安置方案公告", column=Column.objects.get(code="A21C_04"),
        body="<p>现将征地补偿安置方案予以公告，听取被征地群众意见。</p>", item_class="sensitive",
        by=county.person(organ, Role.DRAFTER), today=county.today,
    )  # fmt: skip
    version = submit(version, by=version.author, today=county.today)
    approve_review(version, by=county.person(organ, Role.REVIEWER), today=county.today, vouched=ALL_GATES)


def _revision(county: County) -> None:
    """A document corrected in a few words, so that the reviewer's page compares the two."""
    organ = county.organs[BY_ITSELF]
    item = Item.objects.public().filter(agency=organ, versions__batch=None).order_by("pk").first()
    if item is None:
        return
    author = county.person(organ, Role.DRAFTER)
    version = revise(item, by=author, today=county.today)
    body = version.body.replace("接受社会监督", "接受社会和群众监督").replace("及时督促整改", "7个工作日内督促整改")
    version = edit(version, by=author, today=county.today, body=body)
    submit(version, by=author, today=county.today)


def _with_findings(county: County) -> None:
    """A draft as it should not leave: a whole identity number and telephone, a word twice, an office of former days."""
    organ = county.organs["民政局"]
    draft(
        organ, title="关于拟给予临时救助人员的公示", column=Column.objects.get(code="A21C_07"),
        body=f"<p>经审核，拟给予万云昭（居民身份证号码 {AN_IDENTITY_NUMBER}，手机 13912345678）临时救助。</p>"
        "<p>现予以予以公示，有异议的请向县民政局、县卫生和计划生育委员会反映。</p>",
        by=county.person(organ, Role.DRAFTER), today=county.today,
    )  # fmt: skip


def _samples(county: County) -> None:
    """The last month with items, drawn: most found in order, one with a finding answered, one not yet."""
    begin = midnight(county.today.replace(day=1))
    last = ItemVersion.objects.filter(published_at__lt=begin).aggregate(last=Max("published_at"))["last"]
    who = {"by": county.office, "today": county.today}
    draw_samples(month=last.astimezone(BEIJING).date(), **who)
    draw = Draw.objects.order_by("pk").first()
    samples = list(Sample.objects.filter(draw=draw).select_related("version__item", "draw__agency").order_by("pk"))
    for place, sample in enumerate(samples):
        if place >= 2:
            check_sample(sample, verdict=SampleVerdict.PASSED, **who)
            continue
        found = check_sample(sample, verdict=SampleVerdict.FINDING, remarks="文中联系电话已停用，请更正", **who)
        if place == 0 and len(samples) > 1:
            by = county.person(sample.draw.agency, Role.DRAFTER)
            answer_finding(found, answer="已核对，修订稿已送审", by=by, today=county.today)
