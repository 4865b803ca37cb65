from __future__ import annotations

from django.db import models

from gongkai.agencies.models.agency import Agency


class Installation(models.Model):
    """What this installation is: whose, and whether it is a demonstration. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    government = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="本级政府")
    demonstration = models.BooleanField("演示", default=False)
    theme = models.CharField("主题色", max_length=4, choices=[("blue", "政务蓝"), ("red", "中国红")], default="blue")
    domain = models.CharField("网站域名", max_length=100, blank=True)
    site_code = models.CharField("政府网站标识码", max_length=10, blank=True)
    icp_number = models.CharField("ICP 备案编号", max_length=40, blank=True)
    police_number = models.CharField("公安机关备案标识", max_length=40, blank=True)
    superior_government = models.CharField("上一级人民政府", max_length=100, blank=True)
    superior_court = models.CharField("中级人民法院", max_length=100, blank=True)
    court = models.CharField("基层人民法院", max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one")]

    def __str__(self) -> str:
        return str(self.government)

    @classmethod
    def current(cls) -> Installation | None:
        """This installation, or None before `gongkai site init`."""
        return cls.objects.select_related("government").first()
