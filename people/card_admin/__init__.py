"""The register of enforcement cards in the Wagtail admin."""

from people.card_admin.steps import urlpatterns
from people.card_admin.viewset import CardIssuerViewSet, CardViewSet

__all__ = ["CardIssuerViewSet", "CardViewSet", "urlpatterns"]
