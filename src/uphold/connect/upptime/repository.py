"""Every version of every history file that a git repository holds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from uphold.connect.adapter import SourceError
from uphold.facts.problems import Place, Problem
from uphold.messages import message

_FOLDER: Final = "history/"
_ENDING: Final = ".yml"


@dataclass(frozen=True, slots=True)
class Version:
    """What one commit made of a file; `place` names both."""

    slug: str
    text: str
    place: Place


def is_repository(folder: Path) -> bool:
    """Whether the folder is the root of a git work tree, or a bare repository."""
    return (folder / ".git").exists() or is_bare(folder)


def is_bare(folder: Path) -> bool:
    """Whether the folder is a git repository without a work tree."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()


def is_shallow(folder: Path) -> bool:
    """Whether the repository was cloned without its older commits."""
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def versions(folder: Path) -> Iterator[Version]:
    """The versions in no particular order, each content of a file once.

    Raises `SourceError` where git is missing or refuses.
    """
    wanted = dict.fromkeys(_blobs(folder))
    identities = "".join(f"{blob}\n" for _, blob in wanted)
    contents = _git(folder, "cat-file", "--batch", given=identities.encode())
    position = 0
    for path, blob in wanted:
        line = contents.index(b"\n", position)
        header = contents[position:line].split()
        if len(header) != 3:
            raise _refused(folder, contents[position:line].decode("utf-8", "replace"))
        begin, size = line + 1, int(header[2])
        text = contents[begin : begin + size].decode("utf-8", "replace")
        position = begin + size + 1
        slug = path.removeprefix(_FOLDER).removesuffix(_ENDING)
        yield Version(slug, text, Place(f"{folder}: {path}@{blob[:10]}"))


def _blobs(folder: Path) -> Iterator[tuple[str, str]]:
    """The path and the content's identity of each change, of all branches that HEAD knows."""
    # What a person has set for logs of their own must hide neither the first commit nor merges.
    settings = ("-c", "log.showRoot=true", "-c", "log.diffMerges=separate")
    arguments = ("--raw", "--no-abbrev", "--no-renames", "--full-history", "-m", "-z", "--format=")
    listing = _git(folder, *settings, "log", "--no-show-signature", *arguments, "--", _FOLDER)
    fields = iter(listing.decode("utf-8", "replace").split("\0"))
    for change in fields:
        # ":100644 100644 <before> <after> M", then the path
        words = change.lstrip("\n").split()
        if len(words) != 5 or not words[0].startswith(":"):
            continue
        path = next(fields, "")
        gone = words[4] == "D"
        if path.endswith(_ENDING) and path.count("/") == 1 and not gone:
            yield path, words[3]


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    # Variables that point git elsewhere (as inside a hook) must not lead us to another repository.
    environment = {key: word for key, word in os.environ.items() if not key.startswith("GIT_")}
    try:
        ran = subprocess.run(
            ["git", "-C", str(folder), "--no-pager", *arguments],
            input=given,
            capture_output=True,
            env={**environment, "LC_ALL": "C"},
            check=False,
        )
    except OSError:
        told = message("problem.upptime-git-missing")
        hint = message("hint.upptime-git-missing")
        place = Place(str(folder))
        raise SourceError(Problem("upptime-git-missing", told, hint, place)) from None
    if ran.returncode:
        raise _refused(folder, ran.stderr.decode("utf-8", "replace"))
    return ran.stdout


def _refused(folder: Path, words: str) -> SourceError:
    said = " ".join(words.split())[:300]
    told = message("problem.upptime-git-refused", words=said)
    return SourceError(Problem("upptime-git-refused", told, None, Place(str(folder))))
