#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: fixtures, shipped examples, docs, and the texts in tests and rules.

usage: corpus.py FOLDER

Makes FOLDER/TARGET with the seeds of each target, and FOLDER/TARGET.dict with their words and signs. Nothing is checked in
twice: the seeds are what the repository holds anyway.
"""

import collections
import hashlib
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARK = "1\ufe0f\u20e3"
LONG_STRING = re.compile(r"\b(bad|good|fixed)\s*=\s*\[(=*)\[\r?\n?(.*?)\]\2\]", re.DOTALL)
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{1,30}")
# What is special in a language, beside its words.
SIGNS = {
    "json": ["{}", "[]", "null", "true", "-0.5e-3", "\\u0041", "//", "/*", "\ufeff", ",]", ",}"],
    "yaml": ["- ", ": ", "? ", "<<: *a", "&a ", "*a", "!!str ", "|\n ", ">-\n ", "---\n", "...\n", "%YAML 1.2\n", "~",
             "\r\n", "\r", "\t", "# ", "{a: b}", "[a, b]", "1e-4", "0x1F", ".inf", ".nan", "''", "\u00e9", "\ufeff"],
    "rules": ["[[", "]]", "--", "..", "...", "~=", "//", "#", "goto ", "::", "repeat ", "until ", "\\z", "0x1p4", "%b()"],
}
SIGNS["ludwig"] = SIGNS["native"] = SIGNS["settings"] = SIGNS["yaml"]
SIGNS["fixes"] = SIGNS["ignores"] = SIGNS["yaml"] + ["# epochzero: ignore", "# epochzero: ignore[all]", "ignore-file[", "] why"]
SIGNS["keras"] = SIGNS["json"]
WORDS_PER_TARGET = 200
SWIFT_TEXT = re.compile(r'"""\n(.*?)\n *"""', re.DOTALL)
MARKDOWN_BLOCK = re.compile(r"^```(?:yaml|json)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def dialect(text):
    """Returns which lowering target a config is for, or None."""
    if re.search(r"""["']?epochzero["']?\s*:""", text):
        return "native"
    if "class_name" in text or "modelTopology" in text:
        return "keras"
    if re.search(r"(input|output)_features", text):
        return "ludwig"
    return None


def seeds():
    """Yields each seed as target and text."""
    texts = []
    for folder in ("Tests/Fixtures", "examples"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".json", ".yaml", ".yml") and path.is_file():
                texts.append(path.read_bytes().decode(errors="replace"))
    for path in sorted((ROOT / "Tests").rglob("*.swift")):
        blocks = [textwrap.dedent(block) + "\n" for block in SWIFT_TEXT.findall(path.read_text())]
        if "Settings" in path.name:
            yield from (("settings", block) for block in blocks)
        else:
            texts += blocks
    yield from (("settings", block) for block in MARKDOWN_BLOCK.findall((ROOT / "docs/settings.md").read_text()))
    for path in sorted((ROOT / "docs").glob("*.md")):
        texts += MARKDOWN_BLOCK.findall(path.read_text())
    for path in sorted((ROOT / "rules").rglob("*.lua")) + sorted((ROOT / "Tests/Fixtures").rglob("*.lua")):
        rule = path.read_text()
        # A seed takes the room that its docs and examples would: what a rule does is in its head and its check.
        short = re.sub(r"docs = \[\[.*?\]\]", "docs = [[x]]", rule, flags=re.DOTALL)
        short = LONG_STRING.sub(lambda match: f"{match[1]} = [[{MARK if match[1] == 'bad' else ''}x]]", short)
        yield "rules", short
        texts += [match[2] for match in LONG_STRING.findall(rule)]
    for text in texts:
        text = text.replace(MARK, "")
        yield ("json" if text.lstrip()[:1] in ("{", "[") else "yaml"), text
        kind = dialect(text)
        if kind:
            yield kind, text
            yield "fixes", text
            yield "ignores", text


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    count = 0
    words = collections.defaultdict(collections.Counter)
    for target, text in seeds():
        words[target].update(WORD.findall(text))
        data = text.encode()
        path = folder / target / hashlib.sha1(data).hexdigest()[:16]
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(data)
            count += 1
    for target, counter in words.items():
        entries = SIGNS[target] + [word for word, _ in counter.most_common(WORDS_PER_TARGET)]
        lines = ["".join(f"\\x{byte:02x}" for byte in entry.encode()) for entry in entries]
        (folder / f"{target}.dict").write_text("".join(f'"{line}"\n' for line in lines))
    print(f"{count} new seeds in {folder}")


if __name__ == "__main__":
    main()
