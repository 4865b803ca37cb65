from django.contrib.auth.views import LogoutView
from django.urls import path

from gongkai.desk.views import calendar, deputy_pairs, entrance, handovers, home, kept, mine, office, people

app_name = "desk"
urlpatterns = [
    path("desk/", home.home, name="home"),
    path("desk/organ/", home.choose_organ, name="choose-organ"),
    path("desk/login/", entrance.Login.as_view(), name="login"),
    path("desk/logout/", LogoutView.as_view(), name="logout"),
    path("desk/login/<uuid:public_id>/", entrance.enter_demonstration, name="enter-demonstration"),
    path("desk/kept/", kept.kept, name="kept"),
    path("desk/kept/autosave/", kept.autosave, name="autosave"),
    path("desk/kept/<uuid:public_id>/drop/", kept.drop, name="kept-drop"),
    path("desk/calendar/", calendar.calendar, name="calendar"),
    path("desk/agencies/", people.agencies, name="agencies"),
    path("desk/people/", people.people, name="people"),
    path("desk/instructions/", office.instructions, name="instructions"),
    path("desk/instructions/<uuid:public_id>/confirm/", office.confirm, name="confirm-instruction"),
    path("desk/settings/", office.settings, name="settings"),
    path("desk/people/<uuid:public_id>/unfreeze/", people.unfreeze, name="unfreeze"),
    path("desk/messages/", mine.messages, name="messages"),
    path("desk/messages/read/", mine.read_messages, name="messages-read"),
    path("desk/messages/<uuid:public_id>/open/", mine.open_message, name="message-open"),
    path("desk/me/", mine.me, name="me"),
    path("desk/delegations/", mine.delegations, name="delegations"),
    path("desk/delegations/<uuid:public_id>/end/", mine.end, name="delegation-end"),
    path("desk/deputy-pairs/", deputy_pairs.pairs, name="deputy-pairs"),
    path("desk/deputy-pairs/<uuid:public_id>/away/", deputy_pairs.away, name="deputy-pair-away"),
    path("desk/deputy-pairs/<uuid:public_id>/end/", deputy_pairs.end, name="deputy-pair-end"),
    path("desk/handovers/", handovers.handovers, name="handovers"),
    path("desk/handovers/new/<uuid:public_id>/", handovers.new, name="handover-new"),
    path("desk/handovers/<uuid:public_id>/", handovers.shown, name="handover"),
    path("desk/handovers/<uuid:public_id>/pdf/", handovers.printed, name="handover-pdf"),
    path("desk/taken-over/", handovers.taken_over, name="taken-over"),
    path("desk/taken-over/<uuid:public_id>/dismiss/", handovers.dismiss, name="handover-dismiss"),
    path("desk/trail/", office.trail, name="trail"),
]
