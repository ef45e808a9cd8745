"""Choosing a person by name, number or unit."""

from people.choosing import ContainsForm, FindingChooserViewSet
from people.models import Officer


class OfficerForm(ContainsForm):
    searched = ("name", "staff_no", "unit__name", "unit__short_name")


class OfficerChooserViewSet(FindingChooserViewSet):
    model = Officer
    icon = "user"
    filter_form = OfficerForm
    choose_one_text = "选择人员"
    choose_another_text = "另选人员"
    edit_item_text = "编辑此人员"

    def get_object_list(self):
        return Officer.objects.active().select_related("unit")


officer_chooser = OfficerChooserViewSet("officer_chooser")
