from django.urls import path

from gongkai.casework.views import public, public_status

app_name = "casework"
urlpatterns = [
    path("apply/", public.apply, name="apply"),
    path("apply/organ/", public.organ, name="apply-organ"),
    path("apply/notice/", public.notice, name="apply-notice"),
    path("apply/fill/<slug:name>/", public.question, name="apply-question"),
    path("apply/confirm/", public.confirm, name="apply-confirm"),
    path("apply/receipt/", public.receipt, name="apply-receipt"),
    path("apply/receipt/file/", public.receipt_file, name="apply-receipt-file"),
    path("apply/forget/", public.forget, name="apply-forget"),
    path("apply/form/<uuid:organ>/", public.blank_form, name="apply-form"),
    path("apply/status/", public_status.status, name="apply-status"),
    path("apply/status/file/", public_status.status_file, name="apply-status-file"),
]
