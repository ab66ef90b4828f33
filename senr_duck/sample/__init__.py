"""Make up extracts with the size and structure of a real district, for demonstrations."""

from senr_duck.sample.days import AS_OF
from senr_duck.sample.generate import SamplePaths, write_sample

__all__ = ["AS_OF", "SamplePaths", "write_sample"]
