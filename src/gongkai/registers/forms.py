from django import forms

from gongkai.registers.models import Meeting, PressConference, Training


class PressConferenceForm(forms.ModelForm):
    class Meta:
        model = PressConference
        fields = ["held_on", "title", "principal_attended", "note"]


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ["held_on", "title", "note"]


class TrainingForm(forms.ModelForm):
    class Meta:
        model = Training
        fields = ["held_on", "title", "attendance", "note"]


FORMS: dict[str, type[forms.ModelForm]] = {
    "pressconference": PressConferenceForm,
    "meeting": MeetingForm,
    "training": TrainingForm,
}
