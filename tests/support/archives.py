"""What is in a run's zip."""

import zipfile
from pathlib import Path


def read_zip(folder: Path) -> dict[str, list[list[str]]]:
    """Return the records of each file of the one zip under out/, as lists of fields."""
    (archive,) = folder.glob("out/*/*.zip")
    with zipfile.ZipFile(archive) as opened:
        return {
            name: [line.split("^") for line in opened.read(name).decode().split("\r\n")[:-1]]
            for name in opened.namelist()
        }
