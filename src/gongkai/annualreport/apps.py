from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    name = "gongkai.annualreport"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Published reports serve the catalogue's column of annual reports (条例第四十九条)."""
        from gongkai.annualreport.querysets import days_out
        from gongkai.publishing.elsewhere import serve
        from gongkai.publishing.skeleton import REPORTS

        serve(REPORTS, days_out)
