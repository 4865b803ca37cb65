import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from gongkai.outbox.queue import drain


class Command(BaseCommand):
    help = "执行送达队列：持续运行；--once 处理完即退出"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="处理完现有消息即退出")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            while drain():
                pass
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            if not drain():
                connection.close()
                stop.wait(1)
