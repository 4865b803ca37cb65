from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gongkai.operations.backup import back_up
from gongkai_core.refusals import Refused


class Command(BaseCommand):
    help = "备份：数据库、附件、已生成的网页和密钥，连同每个文件的摘要，成为一个文件；网站可以照常运行"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="DIR", help="放在哪个目录（默认数据目录下的 backups）")
        parser.add_argument("--without-keys", action="store_true", help="不带密钥；密钥须另行保管")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["to"] or settings.HOME / "backups"
        try:
            made = back_up(folder, keys=not options["without_keys"])
        except Refused as refused:
            raise CommandError(f"备份没有完成：{refused}") from None
        except OSError as error:
            raise CommandError(f"备份没有完成：{error.strerror or error}（{folder}）") from None
        self.stdout.write(f"已备份 {made.files} 个文件，{made.size / 2**20:.1f} MB：{made.path}")
        if made.with_keys:
            self.stdout.write("备份中带有密钥，能打开加密的申请人信息：请像密钥一样保管。")
        else:
            self.stdout.write("备份中没有密钥：没有另存的密钥文件，加密的申请人信息无法找回。")
        if options["to"] is None:
            self.stdout.write("备份和数据在同一台机器上：请再复制到别处，或者用 --to 指定另一块盘。")
