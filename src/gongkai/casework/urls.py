from django.urls import path

from gongkai.casework.views import desk, papers, public, public_status

app_name = "casework"
urlpatterns = [
    path("desk/casework/", desk.cases, name="cases"),
    path("desk/casework/new/", desk.paper, name="paper"),
    path("desk/casework/<uuid:public_id>/", desk.case, name="case"),
    path("desk/casework/<uuid:public_id>/act/<slug:name>/", desk.act, name="act"),
    path("desk/casework/<uuid:public_id>/act/<slug:name>/<uuid:target>/", desk.act, name="act_on"),
    path("desk/casework/<uuid:public_id>/applicant/", desk.applicant, name="applicant"),
    path("desk/casework/<uuid:public_id>/sheet/", desk.sheet, name="sheet"),
    path("desk/casework/<uuid:public_id>/decision/", papers.decision, name="decision"),
    path("desk/casework/<uuid:public_id>/file/<uuid:file_id>/", papers.case_file, name="case_file"),
    path("desk/casework/notice/<uuid:public_id>/", papers.notice, name="notice"),
    path("desk/casework/notice/<uuid:public_id>/<slug:kind>/", papers.notice_file, name="notice_file"),
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
