"""`gongkai site check-superior`: open the addresses filled back from the superior's platform and compare titles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.publishing.superior import HOSTS, is_superior
from gongkai.publishing.superior_check import LOOK, check_pages


class Command(BaseCommand):
    help = "打开回填的上级平台网址，核对标题（须先在“规则设置”中准许）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="近一个月核对过的也再核对")
        parser.add_argument("--seconds", type=float, default=3600.0, help="最多用多少秒，默认 3600")

    def handle(self, **options: Any) -> None:
        if not is_superior() or not str(HOSTS.value()).split():
            raise CommandError("门户方式不是上级平台，或者没有填写上级平台的域名，没有向外访问")
        if LOOK.value() != 1:
            raise CommandError("“规则设置”中没有准许由系统打开网址，没有向外访问")
        looked = check_pages(seconds=options["seconds"], everything=options["all"])
        self.stdout.write(f"核对了 {looked} 个网址，结果见“回填清单”")
