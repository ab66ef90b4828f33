"""Made-up extracts of a real district's size and shape, for the demonstration."""

from senr_duck.sample.days import AS_OF
from senr_duck.sample.generate import SamplePaths, write_sample

__all__ = ["AS_OF", "SamplePaths", "write_sample"]
