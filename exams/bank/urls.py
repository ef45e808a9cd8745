"""The bank's addresses: the readers' and the admin's."""

from exams.bank import editing, gaps, listing, reading, remarks, reviewing

urlpatterns = remarks.urlpatterns
admin_urlpatterns = [
    *listing.urlpatterns,
    *editing.urlpatterns,
    *reading.urlpatterns,
    *reviewing.urlpatterns,
    *remarks.admin_urlpatterns,
    *gaps.urlpatterns,
]
