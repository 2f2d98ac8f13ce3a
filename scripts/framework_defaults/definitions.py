"""The defaults that the definitions of mapped dialects state, each with the place where it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

NUMBER = re.compile(r"[-+]?(\d[\d_]*\.?\d*|\.\d+)([eE][-+]?\d+)?")
WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}


@dataclass
class Citation:
    """A `source` of a definition, and what stands beside it."""

    file: Path
    line: int
    path: str
    """The way to it in the definition."""
    source: str
    has_value: bool
    value: object = None
    words: dict = field(default_factory=dict)
    """The dialect's words with the standard ones."""
    since: str | None = None
    until: str | None = None


@dataclass
class Definition:
    """What a definition says of sources."""

    sources: dict
    citations: list
    uncited: list
    """Defaults of facts that name no source: a line and a path each."""


def plain(node):
    """Returns what a node says, with the numbers of YAML 1.2."""
    if isinstance(node, yaml.MappingNode):
        return {plain(key): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    text = node.value
    if node.style in ('"', "'", "|", ">"):
        return text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if NUMBER.fullmatch(text):
        digits = text.replace("_", "")
        return int(digits) if re.fullmatch(r"[-+]?\d+", digits) else float(digits)
    return {".inf": float("inf"), "-.inf": float("-inf")}.get(text.lower(), text)


def read(file):
    """Reads a definition."""
    root = yaml.compose(file.read_text(), Loader=yaml.SafeLoader)
    members = {key.value: value for key, value in root.value}
    definition = Definition(plain(members["sources"]) if "sources" in members else {}, [], [])
    for name, node in members.items():
        if name != "sources":
            collect(file, node, [name], {}, definition)
    return definition


def collect(file, node, path, inherited, definition):
    """Collects the citations of a node and of all below it; words are inherited by the entries of `defaults`."""
    if isinstance(node, yaml.SequenceNode):
        for position, each in enumerate(node.value):
            collect(file, each, [*path, str(position)], inherited, definition)
        return
    if not isinstance(node, yaml.MappingNode):
        return
    members = {key.value: (key, value) for key, value in node.value}
    own = {key: plain(members[key][1]) for key in ("words", "since", "until") if key in members}
    inherited = {**inherited, **{key: own[key] for key in own if key == "words"}}
    stated = [members[key] for key in ("default", "value") if key in members]
    line = (stated[0][0] if stated else node).start_mark.line + 1
    if "source" in members and isinstance(members["source"][1], (yaml.ScalarNode, yaml.SequenceNode)):
        sources = plain(members["source"][1])
        for source in sources if isinstance(sources, list) else [sources]:
            definition.citations.append(
                Citation(
                    file=file,
                    line=line,
                    path=".".join(path),
                    source=str(source),
                    has_value=bool(stated),
                    value=plain(stated[0][1]) if stated else None,
                    words=inherited.get("words") or {},
                    since=text_or_none(own.get("since")),
                    until=text_or_none(own.get("until")),
                )
            )
    elif "default" in members and path[0] == "keys" and "fact" in members:
        definition.uncited.append((line, ".".join(path)))
    for name, (_, value) in members.items():
        if name != "words":
            collect(file, value, [*path, name], inherited, definition)


def text_or_none(value):
    return None if value is None else str(value)
