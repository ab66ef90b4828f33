"""Where the checkout and its folders are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
SAMPLE = ROOT / "data" / "sample"
