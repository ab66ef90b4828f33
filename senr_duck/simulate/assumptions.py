"""What a simulation takes for granted about CALPADS and no public source confirms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Assumptions:
    """Assumptions about CALPADS that no public source confirms; True is the one that rejects less.

    ``blank_exit_reopens``: a record without exit date reopens the closed record with its key.
    ``handover_day_is_free``: an enrollment may start on the day on which the last one ended.
    ``no_show_blocks_nothing``: a no-show may overlap enrollments at its own school; in either case
    it is not primary.
    ``accepted``: what CALPADS takes although a rule on single records says otherwise, because its
    own extract shows it. Each is a rule and the code or the character that the rule refuses, such
    as ("GERR0007", "T310") or ("IVR0009", "("); blank for a rule that is about no code.
    """

    blank_exit_reopens: bool = True
    handover_day_is_free: bool = True
    no_show_blocks_nothing: bool = True
    accepted: frozenset[tuple[str, str]] = frozenset()


PERMISSIVE = Assumptions()
