"""One reconciliation, from the lock to the publish; reconcile.py tells it in order."""
