"""Reconcile CALPADS student enrollment (SENR) with a student information system."""

__version__ = "0.1.0"
