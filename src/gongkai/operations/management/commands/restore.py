import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gongkai.operations.restore import check, restore
from gongkai_core.refusals import Refused


class Command(BaseCommand):
    help = "恢复：先核对备份中每个文件的摘要，再放到数据目录，最后核验留痕；请先停止网站"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, help="备份文件")
        parser.add_argument("--home", type=Path, help="恢复到哪个数据目录（默认当前的 GONGKAI_HOME）")
        parser.add_argument("--force", action="store_true", help="目录不空也恢复，原有数据移到旁边")
        parser.add_argument("--check", action="store_true", help="只核对备份，不恢复")

    def handle(self, *args: Any, **options: Any) -> None:
        home = (options["home"] or settings.HOME).resolve()
        try:
            if options["check"]:
                manifest = check(options["archive"])
                self.stdout.write(f"备份完好：{_words(manifest)}")
                return
            done = restore(options["archive"], home, force=options["force"])
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except OSError as error:
            raise CommandError(f"恢复没有完成：{error.strerror or error}") from None
        self.stdout.write(f"已恢复到 {home}：{_words(done.manifest)}")
        if done.replaced:
            self.stdout.write(f"原有的数据移到了 {done.replaced}，确认无误后再删除。")
        if done.keys_missing:
            self.stdout.write(
                "密钥与备份时不是同一份：加密的申请人信息打不开。"
                f"请把当时的密钥文件放到 {home / 'keys' / settings.KEY_FILE.name}（只有本人可读）。"
            )
        self._verify_trail(home)

    def _verify_trail(self, home: Path) -> None:
        """In a process of its own: this one's settings may be those of another home."""
        command = [sys.executable, "-m", "gongkai.config.cli", "verify_trail"]
        done = subprocess.run(  # noqa: S603 - our own command
            command, env={**os.environ, "GONGKAI_HOME": str(home)}, capture_output=True, text=True, check=False
        )
        self.stdout.write(done.stdout.strip())
        if done.returncode:
            raise CommandError(f"数据已恢复，但是留痕没有通过核验：{done.stderr.strip()}")


def _words(manifest: dict[str, Any]) -> str:
    files = manifest["files"]
    size = sum(entry["size"] for entry in files.values()) / 2**20
    made = manifest["made_at"].replace("T", " ")[:16]
    return f"{manifest['government']}，{made} 备份，{len(files)} 个文件，{size:.1f} MB"
