from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.desk import gateways


class Command(BaseCommand):
    help = "取出等发的短信或者企业微信消息，一行一条 JSON；--done 的编号不再给出"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("way", choices=["sms", "wecom"])
        parser.add_argument("--done", nargs="*", default=[], metavar="编号", help="已经发出的，删除")

    def handle(self, *args: Any, **options: Any) -> None:
        way = options["way"]
        known = {key for key, _ in gateways.waiting(way)}
        for key in options["done"]:
            if key in known:
                gateways.fetched(way, key)
        for key, message in gateways.waiting(way):
            self.stdout.write(json.dumps({"key": key, **message}, ensure_ascii=False))
