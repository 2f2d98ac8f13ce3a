"""What no editor sends: broken frames, wrong types, texts that are far too long. The server says what is wrong and goes on."""

import json
import os
import select
import subprocess
import time

import pytest
from conftest import EXAMPLES, binary

PATIENCE = 20
LUDWIG = EXAMPLES / "flat-prices/ludwig.yaml"
URI = "file:///nowhere/a.yaml"


class Wire:
    """A server at the other end of two pipes, to which anything can be written."""

    def __init__(self):
        self.process = subprocess.Popen([binary(), "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.buffer, self.messages, self.id = b"", [], 0

    def write(self, data):
        data = memoryview(data)
        while data:
            # What the server writes meanwhile must not fill its pipe.
            readable, writable, _ = select.select([self.process.stdout], [self.process.stdin], [], PATIENCE)
            assert readable or writable, "the server takes nothing in"
            if readable:
                self.buffer += os.read(self.process.stdout.fileno(), 1 << 16)
            if writable:
                data = data[os.write(self.process.stdin.fileno(), data[: 1 << 16]) :]

    def frame(self, body):
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def send(self, method, params=None, **more):
        self.frame(json.dumps({"jsonrpc": "2.0", "method": method, "params": params or {}} | more).encode())

    def request(self, method, params=None):
        self.id += 1
        self.send(method, params, id=self.id)
        return self.take(lambda message: message.get("id") == self.id and "method" not in message)

    def take(self, is_wanted, patience=PATIENCE):
        """Return the first message that is wanted, and drop those before it."""
        deadline = time.monotonic() + patience
        while True:
            while (message := self.next()) is not None:
                if is_wanted(message):
                    return message
            left = deadline - time.monotonic()
            assert left > 0 and select.select([self.process.stdout], [], [], left)[0], "the server says nothing"
            data = os.read(self.process.stdout.fileno(), 1 << 20)
            assert data, "the server ended"
            self.buffer += data

    def next(self):
        header, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(header.removeprefix(b"Content-Length: "))
        if len(rest) < length:
            return None
        self.buffer = rest[length:]
        return json.loads(rest[:length])

    def begin(self):
        result = self.request("initialize", {"processId": None, "capabilities": {}})["result"]
        self.send("initialized")
        return result

    def open(self, text, uri=URI):
        self.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}})

    def published(self, uri=URI, patience=PATIENCE):
        wanted = {"method": "textDocument/publishDiagnostics"}
        message = self.take(lambda message: wanted.items() <= message.items() and message["params"]["uri"] == uri, patience)
        return message["params"]["diagnostics"]

    def logged(self):
        return self.take(lambda message: message.get("method") == "window/logMessage")["params"]

    def still_works(self):
        """Check that a document has the findings that it should have, and that the server ends as it should."""
        uri = f"file:///nowhere/still{self.id}.yaml"
        self.open(LUDWIG.read_text(), uri)
        assert "files/unknown-key" in [finding["code"] for finding in self.published(uri)]
        assert self.request("shutdown")["result"] is None
        self.send("exit")
        assert self.process.wait(PATIENCE) == 0

    def memory(self):
        status = open(f"/proc/{self.process.pid}/status").read()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@pytest.fixture
def wire():
    wire = Wire()
    wire.begin()
    yield wire
    wire.process.kill()
    wire.process.wait()
    wire.process.stdin.close()
    wire.process.stdout.close()


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"hello\r\n\r\n",
        b"Content-Length: none\r\n\r\n",
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: 99999999999999999999999999\r\n\r\n",
        b"Content-Type: application/json\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x00\xff" * 9000,
        b"x" * 100_000,
    ],
)
def test_finds_the_next_message_behind_what_is_none(wire, data):
    wire.write(data)
    assert wire.logged()["type"] == 1
    wire.still_works()


@pytest.mark.parametrize(
    "body, code",
    [
        (b"", -32700),
        (b"{", -32700),
        (b"nonsense", -32700),
        (b"\xff\xfe\x00", -32700),
        (b'{"jsonrpc": "2.0", "method": "textDocument/\xff"}', None),
        (b"[]", -32600),
        (b"3", -32600),
        (b"null", -32600),
        (b"{}", -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}', -32600),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "shutdown"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1.5, "method": "shutdown"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 900, "method": 3}', -32600),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "textDocument/formatting", "params": {}}', -32601),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "textDocument/hover"}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "textDocument/hover", "params": []}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "textDocument/hover", "params": {"textDocument": {"uri": 3}}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "codeAction/resolve", "params": {"title": "x"}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "textDocument/codeLens", "params": {}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "workspace/executeCommand", "params": {}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "workspace/executeCommand", "params": {"command": "epochzero.confirm"}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "workspace/executeCommand", "params": {"command": "epochzero.confirm", "arguments": [[3]]}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "workspace/executeCommand", "params": {"command": "epochzero.confirm", "arguments": [{"uri": "a:b", "rule": "", "range": 7}]}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "workspace/executeCommand", "params": {"command": "epochzero.showVerdict", "arguments": [{"uri": "a:b", "rule": "x"}], "workDoneToken": {}}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 900, "result": null}', None),
        (b"[" * 100_000, -32700),
        (b'{"jsonrpc": "2.0", "id": 900, "method": "initialize", "params": {"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}", None),
    ],
)
def test_answers_what_is_no_message(wire, body, code):
    wire.frame(body)
    if code is not None:
        answer = wire.take(lambda message: "error" in message)
        assert answer["error"]["code"] == code
        assert answer["id"] == (900 if b'"id": 900' in body else 1 if b'"id": 1,' in body else None)
    wire.still_works()


DOCUMENT = {"uri": URI, "version": 2}
HERE = {"line": 0, "character": 0}


@pytest.mark.parametrize(
    "method, params",
    [
        ("textDocument/didOpen", {"textDocument": {"uri": URI}}),
        ("textDocument/didOpen", {"textDocument": {"uri": URI, "text": [1]}}),
        ("textDocument/didOpen", [[]]),
        ("textDocument/didChange", {"textDocument": DOCUMENT, "contentChanges": "all"}),
        ("textDocument/didChange", {"textDocument": DOCUMENT, "contentChanges": [3]}),
        ("textDocument/didChange", {"textDocument": DOCUMENT, "contentChanges": [{"range": {"start": HERE}, "text": ""}]}),
        ("textDocument/didChange", {"textDocument": DOCUMENT, "contentChanges": [{"range": {"start": HERE, "end": {"line": -1, "character": 1e300}}, "text": ""}]}),
        ("textDocument/didChange", {"textDocument": DOCUMENT, "contentChanges": [{"range": {"start": {"line": 7, "character": 0}, "end": HERE}, "text": ""}]}),
        ("textDocument/didClose", {}),
        ("workspace/didChangeWatchedFiles", {"changes": {}}),
        ("window/workDoneProgress/cancel", {}),
    ],
)  # fmt: skip
def test_logs_what_is_wrong_in_a_notification(wire, method, params):
    wire.open("a: 1\n")
    wire.published()
    wire.send(method, params)
    assert wire.logged()["type"] == 1
    wire.still_works()


@pytest.mark.parametrize("uri", ["", "a", "file:", "file://", "file://%", "file:///%zz/%00.yaml", "file:///../../..", "untitled:", "data:x,y", "é😀", "git:/a.yaml?x"])
def test_takes_any_name_of_a_document(wire, uri):
    wire.open(LUDWIG.read_text(), uri)
    wire.published(uri)
    for method in ("hover", "completion", "definition"):
        assert "result" in wire.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 5}})
    wire.send("textDocument/didClose", {"textDocument": {"uri": uri}})
    wire.still_works()


def test_repairs_texts_that_are_no_unicode(wire):
    body = json.dumps({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": URI, "version": 1, "text": "@"}}})
    # JSON is UTF-8, or it is none; an escape may still be half a character.
    wire.frame(body.encode().replace(b"@", b"\xff\xc3"))
    assert wire.take(lambda message: "error" in message)["error"]["code"] == -32700
    wire.frame(body.encode().replace(b"@", b"input_features: [\\ud800]\\noutput_features: [\\udc00\\ud800, {name: y, type: number}]\\n"))
    wire.published()
    wire.send("textDocument/didChange", {"textDocument": DOCUMENT, "contentChanges": [{"range": {"start": {"line": 1, "character": 18}, "end": {"line": 1, "character": 19}}, "text": "3"}]})
    wire.published()
    wire.still_works()


def test_outlives_a_text_of_50_megabytes(wire):
    line = "  - {name: column, type: number}\n"
    text = "input_features:\n" + line * (50_000_000 // len(line)) + "output_features:\n  - {name: y, type: number}\n"
    start = time.monotonic()
    wire.open(text)
    # Such a file is data: it is not looked at, which the log tells.
    assert "larger than" in wire.logged()["message"]
    assert wire.published(patience=60) == []
    change = {"range": {"start": {"line": 1, "character": 5}, "end": {"line": 1, "character": 5}}, "text": "x"}
    wire.send("textDocument/didChange", {"textDocument": DOCUMENT, "contentChanges": [change]})
    assert wire.published(patience=60) == []
    for method in ("documentSymbol", "foldingRange"):
        wire.request(f"textDocument/{method}", {"textDocument": {"uri": URI}})
    elapsed = time.monotonic() - start
    wire.send("textDocument/didClose", {"textDocument": {"uri": URI}})
    wire.published()
    print(f"50 MB opened and edited: {elapsed:.1f} s, {wire.memory():.0f} MB after it was closed")
    assert elapsed < 30
    wire.still_works()


def test_ends_in_the_middle_of_a_message(wire):
    wire.write(b'Content-Length: 100\r\n\r\n{"jsonrpc": "2.0"')
    wire.process.stdin.close()
    assert wire.process.wait(PATIENCE) == 1


def test_does_not_wait_for_a_client_that_reads_nothing(wire):
    os.set_blocking(wire.process.stdin.fileno(), True)
    for _ in range(50):
        wire.open(LUDWIG.read_text())
    wire.process.stdout.close()
    wire.process.stdin.close()
    assert wire.process.wait(PATIENCE) == 1


def test_takes_many_messages_at_once(wire):
    wire.open(LUDWIG.read_text())
    wire.published()
    hover = {"textDocument": {"uri": URI}, "position": {"line": 12, "character": 4}}
    bodies = [json.dumps({"jsonrpc": "2.0", "id": number, "method": "textDocument/hover", "params": hover}).encode() for number in range(2000, 5000)]
    wire.write(b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies))
    answered = set()
    while len(answered) < len(bodies):
        message = wire.take(lambda message: message.get("id", 0) >= 2000)
        assert message["id"] not in answered and "result" in message
        answered.add(message["id"])
    wire.still_works()
