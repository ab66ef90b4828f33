"""Find the words for which the project has plainer ones; ``make lint`` runs it.

Every text that a person reads is searched: messages, help, documents, docstrings, comments, names,
headers, and the catalogs. Plain American English, as a district's IT person writes it.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# A pattern, and what to write instead. A name's parts count as words: `test_it_stands_here`.
WORDS = {
    "mend(s|ed|ing)?": "fix",
    "anew": "again",
    "lest": "so that … not",
    "of whom": "whose, or another sentence",
    "(thereof|therein|thereby|wherein|whereby|whereof)": "of it, in it, by which",
    "(is|are|was|were) told": "is reported, is listed, or who says it",
    "told of": "reported, listed",
    "beside": "next to, with",
    "besides": "also",
    "stands?(?! for| still)": "is, is kept, occurs, applies",
    "(stood|standing)": "was, being",
    "(lies|lying)": "is, is in",
    "to the letter": "exactly",
    "word for word": "exactly",
    "for want of": "without, because there is no",
    "(rests?|resting) on": "depends on",
    "(what|that) became of": "what happened to, where … went",
    "what becomes of": "what happens to, where … goes",
    "hardly": "rarely, almost never",
    "no wonder": "expected",
    "meanwhile": "while …",
    "colour(s|ed|ful|less)?": "color",
    "catalogues?": "catalog",
    "behaviours?": "behavior",
    "honour(s|ed|ing)?": "honor",
    "favour(s|ed|ing|able)?": "favor",
    "neighbour(s|ing)?": "neighbor",
    "centre(s|d)?": "center",
    "licence": "license",
    "cancelled": "canceled",
    "labell(ed|ing)": "labeled",
    "modell(ed|ing)": "modeled",
    "travell(ed|ing)": "traveled",
    "whilst": "while",
    "amongst": "among",
    "upon": "on",
    "aught": "anything",
    "shall": "will, must",
}
# A comma and "for" in the place of "because".
REASONS = {
    ", for (the|it|a|an|they|we|this|that|these|those|there|nothing|nobody|who|what|CALPADS|no)": (
        "because"
    ),
}
SUFFIXES = {".py", ".sql", ".md", ".csv", ".toml", ".html", ".js", ".css", ""}
# Not ours to word: the license, made-up extracts, the state's list; and this list itself.
NOT_OURS = re.compile(
    r"LICENSE|data/sample/|data/reference/ca_schools|tests/golden/|(tools|tests/tools/test_)/?words\.py"
)

_FOUND = {
    re.compile(rf"(?<![A-Za-z]){pattern}(?![A-Za-z])", re.IGNORECASE): instead
    for pattern, instead in WORDS.items()
} | {re.compile(rf"{pattern}(?![A-Za-z])"): instead for pattern, instead in REASONS.items()}
# All of them in one pattern: nearly every file has none, and so is searched once.
_ANY = re.compile(
    rf"(?<![A-Za-z])(?i:{'|'.join(WORDS)})(?![A-Za-z])|(?:{'|'.join(REASONS)})(?![A-Za-z])"
)


def find_words(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each word to replace: its line number from 1, the word, and what to write instead.

    A line break counts as a space, and so do the underscores of a name and the marks at the start
    of a comment's next line.
    """
    # Each replacement is as long as what it replaces, so places stay the same.
    flat = re.sub(r"\n *(#|--|//|\*)?", lambda mark: " " * len(mark[0]), text.replace("_", " "))
    flat = re.sub(r" {2,}", lambda gap: "\0" * (len(gap[0]) - 1) + " ", flat)
    joined = flat.replace("\0", "")
    if not _ANY.search(joined):
        return
    places = [place for place, letter in enumerate(flat) if letter != "\0"]
    for pattern, instead in _FOUND.items():
        for match in pattern.finditer(joined):
            line = text.count("\n", 0, places[match.start()]) + 1
            yield line, match[0], instead


def list_files(folder: Path) -> list[Path]:
    """Return the files of a checkout that are searched, by path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - the git that made the checkout
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    paths = [Path(name) for name in listed if name and not NOT_OURS.match(name)]
    return [path for path in paths if path.suffix in SUFFIXES and (folder / path).is_file()]


def main() -> None:
    """Print every word to replace with its place; exit status 1 if there is one."""
    folder = Path.cwd()
    found = [
        f"{path}:{line}: {word!r}: write {instead}"
        for path in list_files(folder)
        for line, word, instead in sorted(find_words((folder / path).read_text(encoding="utf-8")))
    ]
    print(*found, sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
