"""`gongkai site run`: bring the database and the static files up to date, then serve until told to stop."""

import os
import socket
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.config.supervise import supervise

_THREADS = 4


class Command(BaseCommand):
    help = "启动网站：更新数据库和静态文件，运行网站服务与送达队列；Ctrl-C 全部停止"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="监听端口（或环境变量 PORT）")
        parser.add_argument("--workers", type=int, default=2, help="网站服务进程数")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], _port(options["port"])
        _require_free(host, port)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        address = f"http://{host}:{port}/"
        commands = [
            [
                *(sys.executable, "-m", "gunicorn", "gongkai.config.wsgi:application"),
                f"--bind={host}:{port}",
                f"--workers={options['workers']}",
                f"--threads={_THREADS}",
                "--graceful-timeout=10",
                "--log-level=warning",
                "--no-control-socket",
            ],
            [sys.executable, "-m", "gongkai.config.cli", "worker"],
        ]
        status = supervise(commands, address, lambda: self._announce(address))
        if status:
            sys.exit(status)

    def _announce(self, address: str) -> None:
        self.stdout.write(f"网站已启动：{address}  （Ctrl-C 停止）")
        self.stdout.flush()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(f"端口应为 1 至 65535 的整数，收到“{text}”。")
    return int(text)


def _require_free(host: str, port: int) -> None:
    """Say so now, in one line, rather than after the set-up and five tries of the web server."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"不能监听 {host}:{port}（{error.strerror}），请换一个端口，如 PORT={port % 65535 + 1}。"
            ) from None
