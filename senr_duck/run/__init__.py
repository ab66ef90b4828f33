"""One reconciliation, from taking the lock to publishing; start reading in reconcile.py."""
