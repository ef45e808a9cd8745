"""Addresses of items, laws and forms. They are printed in documents: none may ever change."""

from django.urls import path

from kb.views import forms, items, law_list, laws

app_name = "kb"

urlpatterns = [
    path("items/", items.items, name="items"),
    path("items/export.xlsx", items.items_export, name="items_export"),
    path("items/matrix.xlsx", items.matrix_export, name="items_matrix"),
    path("items/changes/", items.item_changes, name="item_changes"),
    path("items/<str:code>/", items.item, name="item"),
    path("forms/", forms.forms, name="forms"),
    path("forms/<str:code>/", forms.form, name="form"),
    path("forms/<str:code>/blank/", forms.form_blank, name="form_blank"),
    path("forms/<str:code>/example/", forms.form_example, name="form_example"),
    path("laws/", law_list.laws, name="laws"),
    path("laws/<str:slug>/", laws.law, name="law"),
    path("laws/<str:slug>/compare/", laws.compare, name="compare"),
    path("laws/<str:slug>/<path:key>", laws.provision, name="provision"),
]
