"""One address, so that ground-floor tests need no page."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("agencies/<slug:code>/", lambda request, code: HttpResponse(), name="agency")]
