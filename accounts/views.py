"""Signing in and out."""

from django.shortcuts import render


def locked_out(request, response=None, credentials=None, *args, **kwargs):
    """Too many wrong passwords for this name from this address."""
    return render(request, "accounts/locked_out.html", status=429)
