"""What a view says that another engine cannot be told."""


class Refused(Exception):
    """``str(error)`` names the construct; whoever knows the view and the engine tells the user."""
