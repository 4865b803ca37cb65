from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.operations.doctor import Level, examine


class Command(BaseCommand):
    help = "体检：逐项检查这套安装，有异常时退出状态为 1"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = examine(today=timezone.localdate())
        width = max(_columns(finding.name) for finding in findings)
        for finding in findings:
            pad = " " * (width - _columns(finding.name))
            self.stdout.write(f"{finding.level.label}  {finding.name}{pad}  {finding.words}")
            if finding.hint and finding.level is not Level.GOOD:
                self.stdout.write(f"{' ' * (width + 8)}→ {finding.hint}")
        wrong = sum(finding.level is Level.WRONG for finding in findings)
        noted = sum(finding.level is Level.NOTE for finding in findings)
        self.stdout.write(f"共 {len(findings)} 项：异常 {wrong} 项，注意 {noted} 项")
        if wrong:
            raise SystemExit(1)


def _columns(text: str) -> int:
    """Width on a terminal, where a Chinese character takes two columns."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
