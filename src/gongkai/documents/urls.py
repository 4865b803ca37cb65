from django.urls import path

from gongkai.documents.views import certificates

app_name = "documents"
urlpatterns = [
    path("desk/certificates/", certificates.certificates, name="certificates"),
    path("desk/certificates/new/", certificates.certificate_new, name="certificate_new"),
    path("desk/certificates/test/", certificates.certificate_test, name="certificate_test"),
    path("desk/certificates/<uuid:public_id>/", certificates.certificate, name="certificate"),
    path("desk/certificates/<uuid:public_id>/picture/", certificates.certificate_picture, name="certificate_picture"),
]
