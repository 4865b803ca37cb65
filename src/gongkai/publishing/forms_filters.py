"""Fields by which lists are narrowed. They stand in addresses, so organs and columns go by their public names."""

from __future__ import annotations

from django import forms

from gongkai.agencies.models import Agency
from gongkai.publishing.models import Column


def organ_filter(empty_label: str | None = "全部") -> forms.ModelChoiceField:
    """Which organ's; the form sets which may be asked for."""
    return forms.ModelChoiceField(
        label="机关",
        required=False,
        queryset=Agency.objects.none(),
        empty_label=empty_label,
        to_field_name="public_id",
    )


def column_filter() -> forms.ModelChoiceField:
    """Which column's."""
    return forms.ModelChoiceField(
        label="栏目",
        required=False,
        queryset=Column.objects.order_by("position"),
        empty_label="全部",
        to_field_name="slug",
    )
