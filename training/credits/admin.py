"""Rules of hours in the Wagtail admin: data with dates, changed by adding a row."""

from wagtail.admin.ui.tables import Column

from people.admin import PlainViewSet
from training.models import CreditRate, CreditRule


class CreditRuleViewSet(PlainViewSet):
    model = CreditRule
    icon = "form"
    menu_label = "学时规则"
    add_to_admin_menu = False
    list_display = [
        Column("category", label="类别", accessor="get_category_display"),
        Column("yearly_hours", label="年度学时"),
        Column("daily_cap", label="每日上限"),
        Column("valid_from", label="自", sort_key="valid_from"),
        Column("valid_to", label="至（不含）"),
        Column("source", label="依据"),
    ]
    form_fields = ["category", "yearly_hours", "daily_cap", "minutes_per_hour", "valid_from", "valid_to", "source"]


class CreditRateViewSet(PlainViewSet):
    model = CreditRate
    icon = "form"
    menu_label = "学时折算"
    add_to_admin_menu = False
    list_display = [
        Column("form", label="形式", accessor="get_form_display"),
        Column("factor", label="折算系数"),
        Column("valid_from", label="自", sort_key="valid_from"),
        Column("valid_to", label="至（不含）"),
    ]
    form_fields = ["form", "factor", "valid_from", "valid_to"]
