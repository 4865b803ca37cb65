from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.agencies.models import Agency, User
from gongkai.publishing.fetching import Unfetched
from gongkai.publishing.models import Column
from gongkai.publishing.site_import import PAUSE, Outcome, Wishes, import_site
from gongkai_core.refusals import Refused

SHOWN = 200


class Command(BaseCommand):
    help = "按列表页导入原网站的信息：读成待送审的批次，记下原网址和日期，不公开；中断后再运行就接着读"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="+", help="列表页网址，可以几个")
        parser.add_argument("--agency", required=True, help="发布机构的简称或者统一社会信用代码")
        parser.add_argument("--column", required=True, help="导入到哪个栏目：编码或者名称")
        parser.add_argument("--by", required=True, help="导入人的账号，须是该机构的拟稿人")
        parser.add_argument("--title", default="原网站导入", help="批次名称")
        parser.add_argument("--rows", default="", help="列表中每一条的选择器，例如 “ul.list li”；不写就自动判断")
        parser.add_argument("--body", default="", help="正文的选择器，例如 “#zoom”；不写就自动判断")
        parser.add_argument("--pause", type=float, default=PAUSE, help="两次访问之间至少隔几秒")
        parser.add_argument("--most", type=int, default=5_000, help="最多读多少篇")
        parser.add_argument(
            "--inside", action="store_true", help="允许访问内网地址和别的端口（只用于本单位内网的老网站）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["agency"]
        agency = Agency.objects.filter(short_name=wanted).first() or Agency.objects.filter(code=wanted).first()
        column = Column.objects.filter(code=options["column"]).first()
        column = column or Column.objects.filter(name=options["column"]).first()
        by = User.objects.filter(username=options["by"]).first()
        for found, words in ((agency, "机构"), (column, "栏目"), (by, "账号")):
            if found is None:
                raise CommandError(f"没有这个{words}，请核对")
        wishes = Wishes(options["rows"], options["body"], max(options["pause"], 0.0), options["most"])
        try:
            outcome = import_site(
                agency, options["address"], column=column, title=options["title"], by=by, today=timezone.localdate(),
                wishes=wishes, permit=(lambda _: True) if options["inside"] else None, tell=self.stdout.write,
            )  # fmt: skip
        except (Refused, Unfetched, ValueError) as reason:
            raise CommandError(str(reason)) from None
        self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        for address, why in outcome.skipped[:SHOWN]:
            self.stdout.write(f"没有导入 {address}：{why}")
        for batch in outcome.batches:
            self.stdout.write(f"批次“{batch.title}”：{batch.size} 条草稿，请在“批次”中核对、送审")
        if not outcome.batches:
            self.stdout.write("没有新的内容可导入")
