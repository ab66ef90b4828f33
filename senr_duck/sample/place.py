"""The place of a sample: a district, a county, or the state."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from senr_duck.errors import InputError
from senr_duck.sample.district import District

MAX_STUDENTS = 7_000_000


@dataclass(frozen=True)
class Place:
    """One or more districts, in order of their LEA codes."""

    name: str
    districts: tuple[District, ...]

    def share(self, students: int | None) -> tuple[int, ...]:
        """Return each district's number of students: its real size, or a part of ``students``.

        Each gets one student, and the rest in proportion to its size. Raises InputError if that is
        not possible.
        """
        sizes = [district.size for district in self.districts]
        if students is None:
            return tuple(sizes)
        least = len(sizes)
        if not least <= students <= MAX_STUDENTS:
            raise InputError(
                f"a sample cannot have {students:,} students",
                f"choose {least:,} to {MAX_STUDENTS:,} students",
            )
        if least == 1:
            return (students,)
        ends = [(students - least) * end // sum(sizes) for end in accumulate(sizes, initial=0)]
        return tuple(1 + end - start for start, end in pairwise(ends))
