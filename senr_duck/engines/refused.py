"""The error for SQL that cannot be translated for another engine."""


class Refused(Exception):
    """``str(error)`` names the construct; the caller adds the view and the engine."""
