#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: fixtures, shipped examples, docs, and the texts in tests and rules.

usage: corpus.py FOLDER

Makes FOLDER/TARGET with the seeds of each target, and FOLDER/TARGET.dict with their words and signs. Nothing is checked in
twice: the seeds are what the repository holds anyway.
"""

import collections
import hashlib
import json
import pathlib
import random
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
    "ini": ["[a]\n", "[a.b]\n", " = ", "=", ": ", "\n  ", "; ", "# ", "${a.b}", "[1, 2]", "{\"@a\": null}", "\r\n", "\ufeff", "-1,-2"],
    "prototxt": ["{ ", " }", ": ", "< ", " >", "[", "]", ", ", "; ", "# ", "0x1F", "017", "1e-4f", "-inf", "nan", "'a' \"b\"", "\\x41",
                 "\\101", "[a.b]", "\r\n", "//", "\u00e9", "\ufeff"],
    "python": ["dict(", "{'a': ", "(1,)", "[1, 2]", "nn.ReLU", "a=", "None", "True", "-1e-4", "1_000", "0x1F", "'\\n'", "f(1, g=2)"],
    "rules": ["[[", "]]", "--", "..", "...", "~=", "//", "#", "goto ", "::", "repeat ", "until ", "\\z", "0x1p4", "%b()"],
}
SIGNS["ludwig"] = SIGNS["native"] = SIGNS["settings"] = SIGNS["yaml"]
SIGNS["fixes"] = SIGNS["ignores"] = SIGNS["yaml"] + ["# epochzero: ignore", "# epochzero: ignore[all]", "ignore-file[", "] why"]
SIGNS["keras"] = SIGNS["json"]
SIGNS["darknet"] = SIGNS["ini"]
SIGNS["caffe"] = SIGNS["prototxt"]
METHODS = [
    "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "textDocument/diagnostic",
    "textDocument/hover", "textDocument/completion", "textDocument/definition", "textDocument/documentSymbol",
    "textDocument/foldingRange", "textDocument/inlayHint", "textDocument/codeAction", "codeAction/resolve", "completionItem/resolve",
    "textDocument/codeLens", "window/workDoneProgress/cancel", "workspace/diagnostic", "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders", "workspace/executeCommand", "$/cancelRequest", "$/setTrace", "initialize", "initialized",
]  # fmt: skip
SIGNS["server"] = METHODS + SIGNS["json"] + ["Content-Length: ", "\\r\\n\\r\\n", "\x01", "\x02", "\U0001F600", '"id":', '"range":', '"line":']
WORDS_PER_TARGET = 200
SECTION = re.compile(r"(\s|[#;].*\n)*\[[\w.]+\]\s*\n")
SWIFT_TEXT = re.compile(r'"""\n(.*?)\n *"""', re.DOTALL)
PROTO_TEXT = re.compile(r"^\s*layers? \{|^base_lr: ", re.MULTILINE)
MARKDOWN_BLOCK = re.compile(r"^```(?:yaml|json)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def dialect(text):
    """Returns which lowering target a config is for, or None."""
    if re.search(r"""["']?epochzero["']?\s*:""", text):
        return "native"
    if "class_name" in text or "modelTopology" in text:
        return "keras"
    if re.match(r"(\s|[#;].*\n)*\[net(work)?\]\s*\n", text):
        return "darknet"
    if re.search(r"(input|output)_features", text):
        return "ludwig"
    if PROTO_TEXT.search(text):
        return "caffe"
    return None


def seeds():
    """Yields each seed as target and text."""
    texts = []
    for folder in ("Tests/Fixtures", "examples"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".json", ".yaml", ".yml", ".cfg", ".prototxt") and path.is_file():
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
    texts = [text.replace(MARK, "") for text in texts]
    for conversation in conversations([text for text in texts if dialect(text)]):
        yield "server", conversation
    for text in texts:
        yield ("ini" if SECTION.match(text) else "json" if text.lstrip()[:1] in ("{", "[") else "prototxt" if PROTO_TEXT.search(text) else "yaml"), text
        if text.lstrip()[:1] in ("{", "["):
            # But for its words, JSON is Python.
            yield "python", text.replace("true", "True").replace("false", "False").replace("null", "None")
        kind = dialect(text)
        if kind:
            yield kind, text
            yield "fixes", text
            yield "ignores", text


def conversations(texts):
    """Yields seeds for the server: messages, broken frames, and edits of documents; fuzz/Sources/fuzz/Conversation.swift reads them."""
    place = {"line": 1, "character": 4}
    everything = {
        "position": place, "range": {"start": place, "end": {"line": 3, "character": 0}}, "context": {"diagnostics": []},
        "changes": [{"uri": "file:///home/model.json", "type": 2}], "event": {"added": [], "removed": []}, "id": 1, "value": "off",
        "settings": {"epochzero": {"ignore": ["dropout"], "minSeverity": "error", "inlayHints": {"shapes": False}}},
        "kind": "quickfix", "title": "x", "data": {"uri": "file:///home/a.yaml", "version": 1}, "previousResultIds": [],
        "contentChanges": [{"range": {"start": place, "end": place}, "text": "x"}, {"text": "epochzero: 1\n"}],
    }  # fmt: skip

    def body(method, number, text):
        document = {"uri": "file:///home/a.yaml", "version": number}
        if method == "textDocument/didOpen":
            document |= {"languageId": "yaml", "text": text}
        message = {"jsonrpc": "2.0", "method": method, "params": {"textDocument": document, **everything}}
        return json.dumps(message | ({} if "/did" in method or method[0] == "$" or method == "initialized" else {"id": number}))

    head = body("textDocument/didOpen", 1, texts[0])
    for number, method in enumerate(METHODS):
        yield f"{chr(number % 16)}{head}\n{body(method, number + 2, texts[0])}\n"
    yield chr(1) + "\n".join([head, *(body(method, number + 2, texts[1]) for number, method in enumerate(METHODS))])
    for raw in ("Content-Length: 5\\r\\n\\r\\n{}", "\\r\\n\\r\\n", "content-length:90\\n\\n", "Content-Type: x\\r\\nContent-Length: 2\\r\\n\\r\\n[]", "GET /"):
        yield f"{chr(2)}{head}\n!{raw}\n{head}\n"
    chance = random.Random(1)

    def step(kind, text=""):
        return kind + "".join(chr(chance.randrange(0x20, 0x7F)) for _ in range(3 if kind == "q" else 4)) + text

    for number, text in enumerate(texts[:60]):
        piece = text[: 1 + chance.randrange(200)].replace("\r", "\x02").replace("\n", "\x01")
        steps = [f"s{number % 7}", step("", piece), step("q"), step("", "\U0001F600\x02\x01"), step("", "\u00e9\x02"), step("q"), step("", "\x01")]
        yield chr(number % 16) + "\n".join(steps)


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
