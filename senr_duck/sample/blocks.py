"""Divide a place's students into blocks, each of which can be made up without the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from senr_duck.sample.district import District
from senr_duck.sample.enrollment import GRADES, KN
from senr_duck.sample.place import Place

# So that no identifier needs more than its 10 or 7 digits.
_FIRST_SSID, _SSID_STEP, _SSIDS = 1_000_000_000, 8_000, 8_000_000_000
_FIRST_LOCAL_STUDENT_ID, _LOCAL_STUDENT_ID_STEP, _LOCAL_STUDENT_IDS = 2_000_000, 7, 7_999_999

# The share of the smaller district's students who move from one of two districts to the other.
_MOVERS = 0.02
# Large enough that samples with similar seeds have no block in common.
_SEED_STEP = 1_000_003


@dataclass(frozen=True)
class Numbers:
    """A range of identifiers, each at most ``step`` above the one before."""

    first: int
    step: int


@dataclass(frozen=True)
class Link:
    """Students who move from a district to one with a later LEA code.

    The block that they leave and the one that they join make them up identically, from the seed.
    """

    origin: District
    destination: District
    count: int
    seed: str
    ssids: Numbers


@dataclass(frozen=True)
class Block:
    """Students of one district who are made up together: those who come, stay, and leave.

    ``number`` counts all blocks of the place from 0; ``count`` is the number of students without a
    link.
    """

    number: int
    district: District
    count: int
    seed: int
    ssids: Numbers
    local_student_ids: Numbers
    arrivals: tuple[Link, ...]
    departures: tuple[Link, ...]

    @property
    def students(self) -> int:
        """Return the approximate number of students in the block; not all moves are possible."""
        return self.count + sum(link.count for link in (*self.arrivals, *self.departures))


def cut_into_blocks(
    place: Place, counts: Sequence[int], seed: int, block_size: int
) -> Iterator[tuple[Block, ...]]:
    """Yield each district's blocks, in order; ``counts`` are the districts' students.

    A block has at most ``block_size`` students plus those who come from another district.
    Identifiers increase from block to block. The first block starts with the sample's own seed.
    """
    leaving = _choose_moves(place.districts, counts)
    slots = sum(counts) + sum(movers for _, movers in leaving.values())
    ssid_step = min(_SSID_STEP, _SSIDS // slots)
    local_step = min(_LOCAL_STUDENT_ID_STEP, _LOCAL_STUDENT_IDS // slots)
    arrivals: dict[int, list[Link]] = {}
    number = taken = 0
    for at, (district, students) in enumerate(zip(place.districts, counts, strict=True)):
        pieces = -(-students // block_size)
        blocks = []
        for piece in range(pieces):
            coming = tuple(arrivals.pop(at, ()))
            going: tuple[Link, ...] = ()
            first, count = taken, students * (piece + 1) // pieces - students * piece // pieces
            taken += count + sum(link.count for link in coming)
            if piece == pieces - 1 and at in leaving:
                to, movers = leaving[at][0], min(leaving[at][1], count)
                going = (
                    Link(
                        origin=district,
                        destination=place.districts[to],
                        count=movers,
                        seed=f"{seed} from {district.lea}",
                        ssids=Numbers(_FIRST_SSID + (taken - movers) * ssid_step, ssid_step),
                    ),
                )
                arrivals.setdefault(to, []).extend(going)
                count -= movers
            blocks.append(
                Block(
                    number=number,
                    district=district,
                    count=count,
                    seed=seed + number * _SEED_STEP,
                    ssids=Numbers(_FIRST_SSID + first * ssid_step, ssid_step),
                    local_student_ids=Numbers(
                        _FIRST_LOCAL_STUDENT_ID + first * local_step, local_step
                    ),
                    arrivals=coming,
                    departures=going,
                )
            )
            number += 1
        yield tuple(blocks)


def _choose_moves(
    districts: Sequence[District], counts: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Return the position of the district that students of another move to, and their number.

    It is the county's next district that has a grade in common.
    """
    moves = {}
    for at, origin in enumerate(districts):
        for to in range(at + 1, len(districts)):
            destination = districts[to]
            if destination.lea[:2] != origin.lea[:2]:
                break
            grades = range(KN, len(GRADES))
            if any(origin.offers(grade) and destination.offers(grade) for grade in grades):
                moves[at] = (to, int(_MOVERS * min(counts[at], counts[to]) + 0.5))
                break
    return moves
