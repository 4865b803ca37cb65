import signal
import threading
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from gongkai.outbox.queue import drain, put


class Command(BaseCommand):
    help = "执行送达队列，并每天放入一次“每日”消息：持续运行；--once 处理完即退出"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="处理完现有消息即退出")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            new_day(timezone.localdate())
            while drain():
                pass
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        seen = None
        while not stop.is_set():
            if (today := timezone.localdate()) != seen:
                new_day(today)
                seen = today
            if not drain():
                connection.close()
                stop.wait(1)


@transaction.atomic
def new_day(today: date) -> None:
    """One message a day, however many workers there are and however often they start."""
    put("daily", today.isoformat(), {"day": today.isoformat()})
