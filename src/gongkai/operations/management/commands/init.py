import sys
from argparse import ArgumentParser
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.documents.cipher import make_keys
from gongkai.operations.actions import can_initialise, initialise
from gongkai.operations.actions.initialise import LABELS, Founding, wrong_fact, wrong_first_password
from gongkai_core.refusals import Refusal, Refused

_OPTIONS = {
    "name": ("--government", "本级政府全称，例如 某某县人民政府"),
    "code": ("--code", "统一社会信用代码"),
    "document_prefix": ("--document-prefix", "机关代字，例如 某府"),
    "username": ("--admin-username", "第一个系统管理员的账号"),
    "admin_name": ("--admin-name", "第一个系统管理员的姓名"),
}


class Command(BaseCommand):
    help = "初始化：录入本级政府和第一个系统管理员，建立密钥、法定栏目；没有给出的选项逐项询问"

    def add_arguments(self, parser: ArgumentParser) -> None:
        for key, (option, words) in _OPTIONS.items():
            parser.add_argument(option, dest=key, default="", help=words)
        parser.add_argument("--short-name", default="", help="本级政府简称（默认由全称缩写）")
        password = parser.add_mutually_exclusive_group()
        password.add_argument("--admin-password-file", type=Path, help="管理员口令所在的文件（第一行）")
        password.add_argument("--admin-password-stdin", "--stdin", action="store_true", help="从标准输入读管理员口令")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["admin_password_stdin"] and (
            missing := [row[0] for key, row in _OPTIONS.items() if not options[key]]
        ):
            raise CommandError(f"口令从标准输入读时，其余各项用选项给出；还缺 {'、'.join(missing)}")
        call_command("migrate", interactive=False, verbosity=0)
        founding = self._founding(options)
        if refusal := can_initialise(founding):
            raise CommandError(str(refusal))
        make_keys(settings.KEY_FILE)
        try:
            installation = initialise(founding, today=timezone.localdate())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"已初始化：{installation.government}（{settings.HOME}）\n"
            "下一步：\n"
            "  gongkai site import-staff --template 机关人员表.xlsx   取空表，填好后 gongkai site import-staff 机关人员表.xlsx\n"
            f"  gongkai site run   启动后用账号 {founding.username} 登录，打开“还要设置什么”\n"
            "  gongkai site backup   第一次备份；密钥丢失后，加密的申请人信息无法找回"
        )

    def _founding(self, options: dict[str, Any]) -> Founding:
        refusal = can_initialise(Founding("", "", "", "", "", ""))
        if refusal and refusal.code == "initialised":
            raise CommandError(str(refusal))  # before any question is asked
        facts = {key: options[key].strip() or self._ask(key, words) for key, (_, words) in _OPTIONS.items()}
        facts["code"] = facts["code"].upper()
        password = self._password(options, facts["username"], facts["admin_name"])
        return Founding(**facts, password=password, short_name=options["short_name"].strip())

    def _ask(self, key: str, words: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"缺少{LABELS[key]}：请用 {_OPTIONS[key][0]} 给出")
        return _until(
            lambda: (lambda text: text.upper() if key == "code" else text)(input(f"{words}：").strip()),
            lambda text: wrong_fact(key, text),
            self.stderr.write,
        )

    def _password(self, options: dict[str, Any], username: str, name: str) -> str:
        if path := options["admin_password_file"]:
            try:
                return (path.read_text(encoding="utf-8").splitlines() or [""])[0]
            except (OSError, UnicodeDecodeError):
                raise CommandError(f"读不出口令文件 {path}") from None
        if options["admin_password_stdin"]:
            return sys.stdin.readline().rstrip("\r\n")
        if not sys.stdin.isatty():
            raise CommandError("缺少管理员口令：请用 --admin-password-file 或者 --admin-password-stdin 给出")

        def refuse(text: str) -> Refusal | None:
            if refusal := wrong_first_password(text, username, name):
                return refusal
            return None if getpass("再输一遍：") == text else Refusal("differ", "两次输入不一样")

        return _until(lambda: getpass("管理员口令（至少 10 位，输入时不显示）："), refuse, self.stderr.write)


def _until(ask: Callable[[], str], wrong: Callable[[str], Refusal | None], tell: Callable[[str], Any]) -> str:
    """Ask until the answer is right; the end of input ends the command."""
    while True:
        try:
            text = ask()
        except (EOFError, KeyboardInterrupt):
            raise CommandError("已取消，什么也没有改动。") from None
        refusal = wrong(text)
        if refusal is None:
            return text
        tell(str(refusal))
