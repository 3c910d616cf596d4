"""Addresses of the ground floor."""

from django.urls import path

urlpatterns: list[path] = []
