from django.urls import URLPattern, URLResolver, path

from gongkai.publishing.views import (
    backdated,
    batches,
    clean_ups,
    decisions,
    desk,
    interpretations,
    invalid,
    public,
    superior,
    validity,
    withdrawals,
)

app_name = "publishing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("disclosure/", public.disclosure, name="disclosure"),
    path("disclosure/columns/<slug:slug>/", public.column, name="column"),
    path("disclosure/columns/<slug:slug>/<int:page>.html", public.column, name="column_page"),
    path("disclosure/agencies/", public.agencies, name="agencies"),
    path("disclosure/agencies/<uuid:public_id>/", public.agency, name="agency"),
    path("disclosure/invalid/", invalid.invalid, name="invalid"),
    path("disclosure/invalid.xlsx", invalid.invalid_sheet, name="invalid_sheet"),
    path("disclosure/items/<uuid:public_id>.html", public.item, name="item"),
    path("desk/publishing/", desk.items, name="desk_items"),
    path("desk/publishing/new/", desk.compose, name="desk_compose"),
    path("desk/publishing/items/<uuid:public_id>/", desk.item, name="desk_item"),
    path("desk/publishing/items/<uuid:public_id>/edit/", desk.edit, name="desk_edit"),
    path("desk/publishing/items/<uuid:public_id>/submit/", desk.submit, name="desk_submit"),
    path("desk/publishing/items/<uuid:public_id>/discard/", desk.discard, name="desk_discard"),
    path("desk/publishing/items/<uuid:public_id>/revise/", desk.revise, name="desk_revise"),
    path("desk/publishing/items/<uuid:public_id>/review/", decisions.review, name="desk_review"),
    path("desk/publishing/items/<uuid:public_id>/sign/", decisions.sign, name="desk_sign"),
    path("desk/publishing/items/<uuid:public_id>/withdraw/", decisions.withdraw, name="desk_withdraw"),
    path("desk/publishing/items/<uuid:public_id>/validity/", validity.validity, name="desk_validity"),
    path("desk/publishing/items/<uuid:public_id>/review-day/", validity.review_day, name="desk_review_day"),
    path(
        "desk/publishing/items/<uuid:public_id>/submit-together/", interpretations.submit, name="desk_submit_together"
    ),
    path("desk/publishing/items/<uuid:public_id>/sign-together/", interpretations.sign, name="desk_sign_together"),
    path(
        "desk/publishing/items/<uuid:public_id>/interpretation/", interpretations.need, name="desk_interpretation_need"
    ),
    path("desk/publishing/clean-ups/", clean_ups.clean_ups, name="desk_clean_ups"),
    path("desk/publishing/clean-ups/<uuid:public_id>/", clean_ups.clean_up, name="desk_clean_up"),
    path("desk/publishing/clean-ups/<uuid:public_id>/conclude/", clean_ups.conclude, name="desk_clean_up_conclude"),
    path("desk/publishing/clean-ups/documents/<uuid:public_id>/", clean_ups.judge, name="desk_judge"),
    path("desk/publishing/interpretations/", interpretations.board, name="desk_interpretations"),
    path("desk/publishing/items/<uuid:public_id>/channel/", decisions.channel, name="desk_channel"),
    path("desk/publishing/items/<uuid:public_id>/penalty/", withdrawals.penalty, name="desk_penalty"),
    path("desk/publishing/items/<uuid:public_id>/takedowns/", withdrawals.takedowns, name="desk_takedowns"),
    path("desk/publishing/takedowns/<uuid:public_id>/", withdrawals.takedown, name="desk_takedown"),
    path("desk/publishing/items/<uuid:public_id>/superior/", superior.superior_page, name="desk_superior_page"),
    path("desk/publishing/items/<uuid:public_id>/superior.zip", superior.package_file, name="desk_package"),
    path("desk/publishing/superior/", superior.pages, name="desk_superior"),
    path("desk/publishing/backdated/", backdated.backdated, name="desk_backdated"),
    path("desk/publishing/import/", batches.import_table, name="desk_import"),
    path("desk/publishing/batches/", batches.batches, name="desk_batches"),
    path("desk/publishing/batches/<uuid:public_id>/", batches.batch, name="desk_batch"),
    path("desk/publishing/batches/<uuid:public_id>/review/", batches.review, name="desk_batch_review"),
    path("desk/publishing/batches/<uuid:public_id>/sign/", batches.sign, name="desk_batch_sign"),
    path("desk/publishing/batches/<uuid:public_id>/submit/", batches.submit, name="desk_batch_submit"),
    path("desk/publishing/batches/<uuid:public_id>/discard/", batches.discard, name="desk_batch_discard"),
    path(
        "desk/publishing/batches/<uuid:public_id>/take-out/<uuid:version_id>/", batches.take_out, name="desk_take_out"
    ),
]
