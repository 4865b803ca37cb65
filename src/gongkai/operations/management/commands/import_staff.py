import hashlib
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Installation
from gongkai.operations import staff_sheet
from gongkai.operations.actions import import_staff, rehearse
from gongkai.operations.actions.import_staff import Handout
from gongkai.operations.handouts import as_csv
from gongkai.operations.staff_sheet import Fault, StaffSheet
from gongkai_core.refusals import Refused


class Command(BaseCommand):
    help = "从 Excel 表导入机关和人员：先预检，有一行不对就一行也不导入；新人员各得一个一次性口令链接"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="填好的 .xlsx 文件")
        parser.add_argument("--template", type=Path, metavar="OUT.xlsx", help="写出一份空表（带表头、例行、说明）")
        parser.add_argument("--check", action="store_true", help="只预检，不导入")
        parser.add_argument(
            "--links", type=Path, metavar="OUT.csv", help="一次性口令链接清单写到这个文件，不显示在屏幕上"
        )
        parser.add_argument("--address", default="", help="链接前的网址，例如 https://www.example.gov.cn")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            return self._template(options["template"])
        if not options["file"]:
            raise CommandError("缺少要导入的文件；空表用 --template OUT.xlsx 取")
        data = _read(options["file"])
        try:
            sheet = staff_sheet.read(data)
            made, faults = rehearse(sheet, by=None, today=timezone.localdate())
            if faults:
                self._tell_faults(faults)
            if options["check"]:
                self.stdout.write(
                    f"预检通过：机关 {len(made.agencies)} 个，人员 {len(made.people)} 人，岗位 {made.posts} 个"
                )
                return None
            self._import(sheet, data, options)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        return None

    def _import(self, sheet: StaffSheet, data: bytes, options: dict[str, Any]) -> None:
        # Opened first: links that could not be written down would be lost.
        output = _open_new(options["links"]) if options["links"] else None
        try:
            made = import_staff(sheet, by=None, today=timezone.localdate(), source=hashlib.sha256(data).hexdigest())
        except Refused:
            if output is not None:
                os.close(output)
                options["links"].unlink()
            raise
        installation = Installation.current()
        address = (
            options["address"] or (installation and installation.domain and f"https://{installation.domain}") or ""
        )
        text = as_csv(made.handouts, lambda handout: _link(address, handout))
        self.stdout.write(f"已导入：机关 {len(made.agencies)} 个，人员 {len(made.people)} 人，岗位 {made.posts} 个")
        if output is not None:
            with os.fdopen(output, "w", encoding="utf-8-sig", newline="") as file:
                file.write(text)
            self.stdout.write(f"一次性口令链接清单：{options['links']}（只有本人可读；分发后请删除）")
        elif made.handouts:
            self.stdout.write("一次性口令链接（只显示这一次，请分发给本人）：")
            self.stdout.write(text)

    def _template(self, path: Path) -> None:
        try:
            path.write_bytes(staff_sheet.template())
        except OSError as error:
            raise CommandError(f"不能写入 {path}：{error.strerror}") from None
        self.stdout.write(f"已写出空表 {path}")

    def _tell_faults(self, faults: list[Fault]) -> None:
        for fault in faults:
            self.stderr.write(str(fault), ending="\n")
        raise CommandError(f"共 {len(faults)} 处错误，一行也没有导入。")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"读不出 {path}：{error.strerror}") from None


def _open_new(path: Path) -> int:
    """A new file that only its owner may read."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"{path} 已存在，请换一个文件名") from None
    except OSError as error:
        raise CommandError(f"不能写入 {path}：{error.strerror}") from None


def _link(address: str, handout: Handout) -> str:
    return address.rstrip("/") + reverse("operations:choose-password", args=[handout.token])
