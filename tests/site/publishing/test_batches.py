"""Batches: one import, one approval over one digest, the same rules as a single item."""

from __future__ import annotations

import re
from datetime import timedelta

import office_samples as samples
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.agencies.models import User
from gongkai.outbox.queue import drain
from gongkai.publishing import actions
from gongkai.publishing.batches import BatchRow, precheck
from gongkai.publishing.content import version_digest
from gongkai.publishing.models import Approval, Batch, Column, Item, ItemVersion
from gongkai.publishing.tasks import read_baked
from gongkai.publishing.vouched import ALL_GATES, NO_GATES
from gongkai.trail.chain import verify
from gongkai_core.refusals import Refused

pytestmark = pytest.mark.django_db
TABLE = "标题\t发文字号\t成文日期\t正文\t补登说明\n" + "\n".join(
    f"关于第{n}项许可的决定\t青财许〔2020〕{n}号\t2020/3/{n}\t准予第{n}项。\t补录旧档" for n in range(1, 6)
)


def test_a_batch_through_the_chain(finance, client):
    batch = finance.published_batch(5)
    items = Item.objects.public().order_by("column_serial")
    assert [item.column_serial for item in items] == [1, 2, 3, 4, 5]
    assert len({item.index_no for item in items}) == 5
    assert [item.index_no[-5:] for item in items] == ["00001", "00002", "00003", "00004", "00005"]
    assert Approval.objects.count() == 2 and set(Approval.objects.values_list("digest", flat=True)) == {batch.digest}
    for item in items:
        version = item.published_version
        assert version.approved_digest == version.digest
        assert version.secrecy_by == finance.reviewer and version.signed_by == finance.publisher
        page = client.get(item.get_absolute_url())
        assert version.body in page.content.decode()
        assert page.content == read_baked(item.public_id)
    assert Column.objects.get(code="A20_06").public_count == 5
    # The next single item goes on where the batch ended.
    assert finance.published().item.index_no.endswith("00006")
    assert verify().holds


def test_nobody_approves_his_own_batch(finance, today):
    batch = finance.imported()
    for act, who in (
        (actions.approve_batch, {"vouched": ALL_GATES}),
        (actions.return_batch, {"remarks": "改"}),
    ):
        with pytest.raises(Refused):
            act(batch, by=finance.drafter, today=today, **who)
    with pytest.raises(Refused) as caught:
        actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=NO_GATES)
    assert caught.value.refusal.code == "secrecy_reviewed"
    with pytest.raises(Refused) as caught:
        actions.publish_batch(batch, by=finance.publisher, today=today)
    assert caught.value.refusal.code == "wrong_state"
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.versions.update(state="published")


def test_one_changed_word_anywhere_stops_the_batch(finance, today):
    batch = actions.approve_batch(finance.imported(), by=finance.reviewer, today=today, vouched=ALL_GATES)
    version = batch.versions.get(batch_position=2)
    ItemVersion.objects.filter(pk=version.pk).update(body="<p>换过</p>")
    with pytest.raises(Refused) as caught:
        actions.publish_batch(batch, by=finance.publisher, today=today)
    assert caught.value.refusal.code == "digest_approved"
    assert not Item.objects.public().exists()


def test_items_of_a_batch_go_with_the_batch(finance, today):
    batch = finance.imported()
    version = batch.versions.select_related("item").first()
    with pytest.raises(Refused):
        actions.return_(version, by=finance.reviewer, today=today, remarks="改")
    actions.return_batch(batch, by=finance.reviewer, today=today, remarks="第一条有误")
    version.refresh_from_db()
    for act, facts in ((actions.edit, {"body": "改"}), (actions.submit, {}), (actions.discard, {})):
        with pytest.raises(Refused) as caught:
            act(version, by=finance.drafter, today=today, **facts)
        assert caught.value.refusal.code == "in_batch"


def test_a_wrong_one_is_taken_out_and_the_others_go_on(finance, today):
    batch = finance.imported(4)
    before = batch.digest
    wrong = batch.versions.get(batch_position=3)
    with pytest.raises(Refused):
        actions.take_out(wrong, by=finance.drafter, today=today)
    actions.return_batch(batch, by=finance.reviewer, today=today, remarks="第三条不该公开")
    batch = actions.take_out(batch.versions.get(batch_position=3), by=finance.drafter, today=today)
    assert (batch.size, batch.digest == before) == (3, False)
    batch = actions.submit_batch(batch, by=finance.drafter, today=today)
    batch = actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=ALL_GATES)
    actions.publish_batch(batch, by=finance.publisher, today=today)
    assert Item.objects.public().count() == 3
    assert Item.objects.get(pk=wrong.item_id).state == "discarded"


def test_who_is_no_drafter_any_more_takes_nothing_out(finance, today):
    batch = actions.return_batch(finance.imported(), by=finance.reviewer, today=today, remarks="第三条不该公开")
    finance.drafter.appointments.update(valid_to=today - timedelta(days=1))
    former = User.objects.get(pk=finance.drafter.pk)
    with pytest.raises(Refused, match="拟稿人办理"):
        actions.take_out(batch.versions.get(batch_position=3), by=former, today=today)
    assert batch.versions.filter(state="returned").count() == 3


def test_a_returned_batch_may_be_given_up(finance, today):
    batch = actions.return_batch(finance.imported(), by=finance.reviewer, today=today, remarks="口径不对")
    actions.discard_batch(batch, by=finance.drafter, today=today)
    assert set(Item.objects.values_list("state", flat=True)) == {"discarded"}
    assert set(ItemVersion.objects.values_list("state", flat=True)) == {"discarded"}


def test_a_wrong_row_stops_the_whole_import(finance):
    rows = [BatchRow("好的", "正文"), BatchRow("", "正文")]
    with pytest.raises(Refused, match="第 2 行"):
        finance.imported(rows=rows)
    with pytest.raises(Refused, match="密级标志"):
        finance.imported(rows=[BatchRow("好的", "秘密★10年\n正文")])
    assert not Batch.objects.exists() and not Item.objects.exists()


def test_the_precheck_names_every_wrong_row(finance, today):
    lines = [
        "标题,正文,成文日期,文件性质",
        "甲,文,2020-02-30,",
        "乙,文,,公文",
        "丙,文,,",
        "丙,文,,",
        '"丁","两行\n正文",,',
    ]
    checked = precheck("\n".join(lines), check=lambda row: None)
    assert [(report.number, report.refusal.code) for report in checked.wrong] == [
        (2, "date"),
        (3, "kind"),
        (5, "twice"),
    ]
    assert [row.title for row in checked.good] == ["丙", "丁"]
    assert checked.good[1].body == "两行\n正文"
    assert precheck("", check=lambda row: None).problem and precheck("甲\t乙\n1\t2", check=lambda row: None).problem
    assert precheck("标题\t正文\n", check=lambda row: None).problem


def test_pasted_checked_imported_and_published_over_http(finance, enter, client):
    clerk = enter(finance.drafter)
    url = reverse("publishing:desk_import")
    typed = {"title": "2020年许可决定", "column": finance.column("A20_05").pk, "table": TABLE + "\n\t\t\t没有标题"}
    text = clerk.post(url, {**typed, "then": "check"}).content.decode()
    assert "可导入 5 行，有错 1 行" in text and "导入其余 5 条并送审" in text
    assert not Batch.objects.exists()
    clerk.post(url, {**typed, "then": "import"})
    batch = Batch.objects.get()
    assert (batch.size, batch.state) == (5, "in_review")
    reviewer, publisher = enter(finance.reviewer), enter(finance.publisher)
    review = reverse("publishing:desk_batch_review", args=[batch.public_id])
    sign = reverse("publishing:desk_batch_sign", args=[batch.public_id])
    assert "关于第1项许可的决定" in reviewer.get(review).content.decode()
    verdict = {"seen": batch.digest, "step": 0, "verdict": "approve"}
    assert "还没有通过保密审查" in reviewer.post(review, verdict).content.decode()
    reviewer.post(review, {**verdict, "passed": "on"})
    with finance.capture(execute=True):
        publisher.post(sign, {**verdict, "step": 1})
    batch.refresh_from_db()
    assert batch.state == "published"
    page = client.get(reverse("publishing:column", args=["licensing-and-services"])).content.decode()
    assert "关于第5项许可的决定" in page and "共 5 条" in page


def test_an_urgent_batch_takes_the_short_chain_from_the_import_and_when_sent_again(finance, enter, today):
    clerk = enter(finance.drafter)
    typed = {"title": "汛情通报", "column": finance.column("A20_05").pk, "table": TABLE, "then": "import"}
    clerk.post(reverse("publishing:desk_import"), {**typed, "urgent_reason": "山洪预警"})
    batch = Batch.objects.get()
    assert [step.kind for step in batch.steps][:2] == ["secrecy_review", "sign"] and batch.urgent_reason == "山洪预警"
    actions.return_batch(batch, by=finance.reviewer, today=today, remarks="核对雨量")
    again = reverse("publishing:desk_batch_submit", args=[batch.public_id])
    assert "山洪预警" in clerk.get(again).content.decode()
    clerk.post(again, {"urgent_reason": ""})
    batch.refresh_from_db()
    assert (batch.state, batch.urgent_reason, batch.round) == ("in_review", "", 2)
    assert batch.steps[-1].kind == "sign"


def test_rows_name_their_attachments_which_are_added_on_the_same_page(finance, enter, client, today):
    clerk, url = enter(finance.drafter), reverse("publishing:desk_import")
    rows = "标题\t正文\t附件\n甲局2026年预算\t见附件。\t甲.xlsx\n乙局2026年预算\t见附件。\t乙.xlsx；甲.xlsx\n丙局2026年预算\t见附件。\t丙.xlsx"
    typed = {"title": "2026年预算", "column": finance.column("A20_05").pk, "table": rows}
    books = [SimpleUploadedFile(f"{name}.xlsx", samples.xlsx({name: ("visible", [[name]])})) for name in "甲乙"]
    text = clerk.post(url, {**typed, "attachments": books, "then": "attach"}).content.decode()
    keys = re.findall(r'name="file" value="([0-9a-f-]{36})"', text)
    assert len(keys) == 2 and "甲局2026年预算" in text and "还没有保存任何内容" not in text
    typed |= {"file": keys, **{f"name-{key}": f"{name}.xlsx" for key, name in zip(keys, "甲乙", strict=True)}}
    text = clerk.post(url, {**typed, "then": "check"}).content.decode()
    assert "可导入 1 行，有错 2 行" in text and "附件“甲.xlsx”没有添加，或者已随前面一行" in text and "丙.xlsx" in text
    typed["table"] = rows.replace("；甲.xlsx", "").replace("\t丙.xlsx", "\t")
    clerk.post(url, {**typed, "then": "import"})
    batch = Batch.objects.get()
    found = [(version.title[0], [row.name for row in version.attachments.all()]) for version in batch.versions.order_by("batch_position")]  # fmt: skip
    assert found == [("甲", ["甲.xlsx"]), ("乙", ["乙.xlsx"]), ("丙", [])]
    assert all(version.digest == version_digest(version, finance.agency) for version in batch.versions.all())
    with finance.capture(execute=True):
        batch = actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=ALL_GATES)
        actions.publish_batch(batch, by=finance.publisher, today=today)
    sheet = batch.versions.get(title="乙局2026年预算").attachments.get()
    assert client.get(sheet.get_absolute_url()).content == books[1].open().read()
    page = client.get(Item.objects.get(title="乙局2026年预算").get_absolute_url()).content.decode()
    assert sheet.get_absolute_url() in page


def test_a_csv_file_in_the_offices_own_encoding(finance, enter):
    clerk = enter(finance.drafter)
    file = SimpleUploadedFile("名单.csv", TABLE.replace("\t", ",").encode("gb18030"))
    typed = {"title": "名单", "column": finance.column("A20_05").pk, "file": file, "then": "check"}
    text = clerk.post(reverse("publishing:desk_import"), typed).content.decode()
    assert "可导入 5 行" in text and "关于第3项许可的决定,青财许〔2020〕3号" in text


def test_foreign_batches_do_not_exist(finance, education, enter):
    batch = finance.imported()
    stranger = enter(education.reviewer)
    version = batch.versions.first()
    for name in ("batch", "batch_review", "batch_sign", "batch_submit", "batch_discard"):
        url = reverse(f"publishing:desk_{name}", args=[batch.public_id])
        assert stranger.post(url).status_code == 404
    url = reverse("publishing:desk_take_out", args=[batch.public_id, version.public_id])
    assert stranger.post(url).status_code == 404
    assert batch.title not in stranger.get(reverse("publishing:desk_batches")).content.decode()


@pytest.mark.slow
def test_many_pages_are_left_to_the_worker_in_groups(finance):
    finance.published_batch(2_500)
    assert not read_baked(Item.objects.public().first().public_id)
    assert drain() == 25
    assert all(read_baked(public_id) for public_id in Item.objects.public().values_list("public_id", flat=True)[:50])


def test_what_another_organ_objects_to_keeps_a_whole_batch(finance, today):
    """A refusal on record counts for an item of a batch as for a single one, wherever its information comes from."""
    batch = finance.imported()
    item = batch.versions.first().item
    row = actions.ask_organ(item, organ="青禾县公安局", asked_on=today, by=finance.drafter, today=today)
    actions.answer_of_organ(
        row, answered_on=today, result="objected", answer="不宜公开", by=finance.drafter, today=today
    )
    batch = actions.approve_batch(batch, by=finance.reviewer, today=today, vouched=ALL_GATES)
    with pytest.raises(Refused, match="不同意公开"):
        actions.publish_batch(batch, by=finance.publisher, today=today)
