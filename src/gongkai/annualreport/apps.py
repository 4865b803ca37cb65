from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    name = "gongkai.annualreport"
    verbose_name = "年度报告"
