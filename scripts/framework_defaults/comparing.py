"""What a definition states beside what the source says."""

import math
import re

from .packages import Missing
from .reading import Itself, Required, Symbol, Unreadable, value_at

# Names of classes that are other words for the same.
OTHER_NAMES = {"silu": "swish", "nll": "crossentropy"}


class Result:
    """What came of the citations."""

    def __init__(self):
        self.compared = 0
        self.seen = 0
        self.only_cited = []
        self.differences = []

    def __str__(self):
        parts = [f"{self.compared} compared", f"{self.seen} named only, and still there"]
        return ", ".join([*parts, f"{len(self.only_cited)} only cited", f"{len(self.differences)} wrong"])


def check(citation, sources, package_of, result, ignore_versions=False):
    """Compares what a citation states with what its place says.

    `package_of` gives the package of a source; with `ignore_versions` it is another version than the definition names.
    """

    def differs(what):
        result.differences.append(f"{citation.file}:{citation.line}: {citation.path}: {what}")

    def only_cited(why):
        result.only_cited.append(f"{citation.file}:{citation.line}: {citation.path}: {why}")

    match = re.fullmatch(r"(\S+) ([^:\s]+):(.+)", citation.source.strip())
    if not match:
        return differs(f'"{citation.source}" is no source: write "SOURCE FILE:NAME"')
    name, path, place = match.groups()
    source = sources.get(name)
    if not isinstance(source, dict):
        return differs(f'there is no source "{name}" in "sources"')
    if "package" not in source:
        return only_cited("in a repository")
    if place.isdigit():
        return only_cited("by a line")
    version = str(source.get("version"))
    if ignore_versions:
        if citation.until:
            return None
    elif citation.until and not precedes(version, citation.until):
        return differs(f"it holds until {citation.until}, and was read in {source['package']} {version}")
    elif citation.since and precedes(version, citation.since):
        return differs(f"it holds since {citation.since}, and was read in {source['package']} {version}")
    try:
        package = package_of(source)
        read = value_at(package, path, place)
    except Missing as error:
        return differs(f"{citation.source}: {error}")
    except Unreadable as error:
        return only_cited(f"{citation.source}: {error}")
    if isinstance(read, Itself) or not citation.has_value:
        result.seen += 1
        return None
    result.compared += 1
    if not same(citation.value, read, citation.words):
        differs(f"stated {shown(citation.value)}, {package} says {shown(read)} ({path}:{place})")
    return None


def same(stated, read, words):
    """Whether a definition's value is the one that was read, where words count as the dialect writes them."""
    if isinstance(read, Required):
        return False
    if isinstance(stated, bool) or isinstance(read, bool):
        return stated is read
    if isinstance(stated, (int, float)) and isinstance(read, (int, float)):
        return stated == read or math.isclose(stated, read, rel_tol=1e-9)
    if isinstance(stated, list) and isinstance(read, list):
        return len(stated) == len(read) and all(same(left, right, words) for left, right in zip(stated, read))
    if isinstance(stated, dict) and isinstance(read, dict):
        return stated.keys() == read.keys() and all(same(stated[key], read[key], words) for key in stated)
    if isinstance(stated, str) and isinstance(read, str):
        standard = words.get(read, read)
        if stated in (read, standard) or words.get(stated, stated) == standard:
            return True
        return isinstance(read, Symbol) and squashed(stated) == squashed(read)
    return stated is None and read is None


def squashed(name):
    name = re.sub(r"[^a-z0-9]", "", name.lower())
    return OTHER_NAMES.get(name, name)


def shown(value):
    return "null" if value is None else f'"{value}"' if isinstance(value, str) else str(value)


def precedes(version, other):
    """Whether a version is older than another."""

    def parts(text):
        return [int(part) for part in re.findall(r"\d+", text)[:3]]

    left, right = parts(version), parts(other)
    width = max(len(left), len(right))
    return left + [0] * (width - len(left)) < right + [0] * (width - len(right))
