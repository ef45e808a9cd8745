"""The addresses of results: the readers' and the admin's."""

from exams.results import certificate_pages, desk, fix_pages, marking_pages, result_page, statistics_page

urlpatterns = [*result_page.urlpatterns, *certificate_pages.urlpatterns]
admin_urlpatterns = [
    *marking_pages.urlpatterns,
    *desk.urlpatterns,
    *statistics_page.urlpatterns,
    *fix_pages.urlpatterns,
    *certificate_pages.admin_urlpatterns,
]
