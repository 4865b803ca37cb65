from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.agencies.models import Installation
from gongkai.documents.cipher import make_keys
from gongkai.operations.demonstration.county import build_county
from gongkai.outbox.queue import drain, left_to_worker


class Command(BaseCommand):
    help = "建演示县：虚构的三十个机关、三年的公开条目、申请、台账和年报，按给定的“今天”排布"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--years", type=int, default=3, help="几年（默认 3）")
        parser.add_argument("--scale", type=float, default=1.0, help="条目和申请数量的倍数（默认 1）")
        parser.add_argument("--seed", type=int, default=1, help="随机种子：同日同种子，同一个县")
        parser.add_argument("--today", type=date.fromisoformat, default=None, help="按哪一天排布（默认今天）")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["years"] <= 10 or not 0 < options["scale"] <= 100:
            raise CommandError("--years 须在 1 至 10 之间，--scale 须大于 0、不大于 100")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if Installation.current() is not None:
            raise CommandError("这个数据库里已有安装，演示县只建在空的数据库里")
        make_keys(settings.KEY_FILE)
        started = time.monotonic()
        with left_to_worker():
            build_county(
                options["today"] or timezone.localdate(),
                seed=options["seed"],
                years=options["years"],
                scale=options["scale"],
                say=lambda what: self.stdout.write(f"  {time.monotonic() - started:5.1f} 秒　{what}"),
            )
        self.stdout.write(f"  {time.monotonic() - started:5.1f} 秒　烘焙公开页面")
        while drain():
            pass
        call_command("check_invariants", stdout=self.stdout)
        self.stdout.write(f"演示县建成，用时 {time.monotonic() - started:.0f} 秒")
