"""Tables of items as files: what an import reads (.xlsx, CSV, JSON), and what the desk's list is written as.

The same headings stand in both, so that what was exported can be imported again. An import never says what number or
state an item has, nor when it was public: those columns are only for reading.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from gongkai.design.words import BEIJING
from gongkai.documents.intake import Taken
from gongkai.publishing.models import Item, NormativeKind
from gongkai.publishing.querysets import ItemQuerySet
from gongkai_core.encodings import decode
from gongkai_core.reading.sheet import sheets
from gongkai_core.refusals import Refusal, Refused

FORMAT = "gongkai-items/1"
LONGEST_CELL = 32_767
"""What a cell of .xlsx can hold."""
TOO_LONG = "（正文超过 Excel 一格的上限，请导出 JSON）"
MOST_ROWS = 20_000
EXPORTED = (
    *("标题", "发文字号", "成文日期", "文件性质", "有效期至", "公示截止日", "公开属性", "栏目", "主题分类", "体裁分类"),
    *("发布机构", "状态", "索引号", "首次公开时间", "发布时间", "补登说明", "附件", "正文"),
)


def table_text(taken: Taken) -> str:
    """A file's table as text with tabs, as if it had been pasted. Raises Refused."""
    text = _text(taken)
    if _UNHELD.search(text):
        raise Refused(Refusal("signs", "表中有不能识别的字符（空字符、残缺的字符），请改正后再导入"))
    return text


_UNHELD = re.compile("[\0\ud800-\udfff]")
"""What no database and no page can hold; JSON can write it."""


def _text(taken: Taken) -> str:
    if taken.kind == "xlsx":
        shown = [rows for _, rows, hidden in sheets(taken.data) if not hidden and rows]
        return _written(shown[0]) if shown else ""
    text = decode(taken.data) or ""
    return _from_json(text) if taken.name.endswith(".json") else text


def _written(rows: Iterable[Sequence[str]]) -> str:
    output = io.StringIO()
    csv.writer(output, delimiter="\t", lineterminator="\n").writerows(rows)
    return output.getvalue()


def _from_json(text: str) -> str:
    wrong = Refused(Refusal("json", "读不出这个 JSON 文件：应是本系统导出的，或者由“标题”“正文”等组成的对象列表"))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # numbers of thousands of digits among them
        raise wrong from None
    rows = found.get("items") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise wrong
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return _written([heads, *([_plain(row.get(head)) for head in heads] for row in rows)])


def _plain(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, dict) and isinstance(one.get("名称"), str) for one in value):
        return "；".join(one["名称"] for one in value)  # files, as the export names them
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# Export --------------------------------------------------------------------------------------------------------------


def exported(items: ItemQuerySet) -> Iterator[dict[str, Any]]:
    """Items with the texts that stand for them (the public one, else the newest), newest first."""
    found = items.select_related("agency", "column", "published_version").prefetch_related(
        "versions__attachments__blob"
    )
    for item in found.order_by("-public_id")[:MOST_ROWS].iterator(chunk_size=200):
        yield _row(item)


def _row(item: Item) -> dict[str, Any]:
    versions = sorted(item.versions.all(), key=lambda version: version.number)
    version = next((one for one in versions if one.pk == item.published_version_id), versions[-1])
    kinds = {"": "", **dict(NormativeKind.choices)}
    return {
        "标题": version.title,
        "发文字号": version.docno,
        "成文日期": version.formed_on,
        "文件性质": str(kinds[version.normative_kind]),
        "有效期至": version.valid_until,
        "公示截止日": version.shown_until,
        "公开属性": version.get_openness_display(),
        "栏目": item.column.name,
        "主题分类": version.get_topic_display(),
        "体裁分类": version.get_genre_display(),
        "发布机构": item.agency.name,
        "状态": item.get_state_display(),
        "索引号": item.index_no,
        "首次公开时间": item.first_published_at,
        "发布时间": item.published_at,
        "补登说明": version.backdated_reason,
        "附件": [
            {"名称": row.name, "类型": row.blob.content_type, "字节数": row.blob.size, "摘要": row.blob.digest,
             "网址": row.get_absolute_url()}
            for row in version.attachments.all()
        ],
        "正文": version.body,
    }  # fmt: skip


def as_cells(row: dict[str, Any]) -> list[Any]:
    """A row for a sheet: names of files, and a text only where it fits."""
    names = "\n".join(file["名称"] for file in row["附件"])
    body = row["正文"] if len(row["正文"]) <= LONGEST_CELL else TOO_LONG
    return [{**row, "附件": names, "正文": body}[head] for head in EXPORTED]


def as_json(rows: Iterable[dict[str, Any]], *, on: date) -> str:
    """The same as JSON: days as ISO dates, instants in Beijing time, files with their digests."""

    def plain(value: Any) -> str:
        if isinstance(value, datetime):
            return value.astimezone(BEIJING).isoformat(timespec="seconds")
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    whole = {"format": FORMAT, "exported_on": on, "items": list(rows)}
    return json.dumps(whole, ensure_ascii=False, indent=1, default=plain)
