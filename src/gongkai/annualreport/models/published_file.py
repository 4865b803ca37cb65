from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.annualreport.models.published_version import PublishedVersion
from gongkai.documents.models import Blob


class PublishedFile(models.Model):
    """A file of a published report: made once, at publication, and served unchanged ever after."""

    publication = models.ForeignKey(PublishedVersion, models.PROTECT, related_name="files", verbose_name="公布版")
    name = models.CharField("文件名", max_length=40)
    """Name in the address: report.docx, report.pdf, report.xlsx, report.json, chart-1.svg."""
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="文件")

    class Meta:
        verbose_name = "公布的文件"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="published_file_once")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.name}"

    def get_absolute_url(self) -> str:
        """Where this version's file stays, also when a correction has taken its place."""
        publication = self.publication
        return reverse("annualreport:version_file", args=[publication.report.public_id, publication.number, self.name])

    @property
    def kind(self) -> str:
        """The ending of its name: docx, pdf, xlsx, json or svg."""
        return self.name.rpartition(".")[2]
