"""A server and an editor for each test, once with each editor's profile, and nothing left unread at the end."""

import asyncio
import contextlib
import os
import shutil
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.protocol import LanguageClientProtocol

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"
PATIENCE = 20


def binary():
    """Return the program that is driven."""
    return os.environ["EPOCHZERO"]


def newer_code():
    """Return the profile of VS Code, brought up to what its present versions say."""
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities(
        dynamic_registration=True, related_document_support=False
    )
    capabilities.text_document.publish_diagnostics.version_support = True
    capabilities.text_document.inlay_hint = types.InlayHintClientCapabilities(
        dynamic_registration=True,
        resolve_support=types.ClientInlayHintResolveOptions(properties=["tooltip"]),
    )
    capabilities.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    capabilities.workspace.code_lens = types.CodeLensWorkspaceClientCapabilities(refresh_support=True)
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    capabilities.general.position_encodings = [types.PositionEncodingKind.Utf16]
    return capabilities


def minimal():
    """Return what a client says that can do nothing but be sent findings."""
    return types.ClientCapabilities()


PROFILES = {
    "neovim": lambda: client_capabilities("neovim@v0.11.0"),
    "neovim-old": lambda: client_capabilities("neovim@v0.7.0"),
    "emacs": lambda: client_capabilities("emacs"),
    "vscode": lambda: client_capabilities("visual-studio-code"),
    "vscode-new": newer_code,
    "minimal": minimal,
}


class Protocol(LanguageClientProtocol):
    """Keeps each message of the server until a test takes it, whether or not the client has a use for it."""

    def _handle_notification(self, method_name, params):
        self._server.note(method_name, params)
        super()._handle_notification(method_name, params)

    def _handle_request(self, msg_id, method_name, params):
        self._server.note(method_name, params)
        super()._handle_request(msg_id, method_name, params)


class Editor(LanguageClient):
    """What an editor does, in a folder of its own."""

    def __init__(self, profile, folder):
        super().__init__(converter_factory=default_converter, protocol_cls=Protocol)
        self.profile, self.folder = profile, folder
        self.inbox, self.arrived = [], asyncio.Event()
        self.texts, self.versions, self.results = {}, {}, {}
        self.log_messages, self.registered = [], {}
        # What the user has set for us: nothing.
        self.settings = None
        self.offered = None

        # What the server asks an editor for. What it tells is noted for all methods alike.
        @self.feature(types.WORKSPACE_CONFIGURATION)
        def configuration(params: types.ConfigurationParams):
            return [self.settings if item.section == "epochzero" else None for item in params.items]

        @self.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams):
            for registration in params.registrations:
                self.registered[registration.method] = registration

        for method in (
            types.WINDOW_WORK_DONE_PROGRESS_CREATE, types.WORKSPACE_DIAGNOSTIC_REFRESH, types.WORKSPACE_INLAY_HINT_REFRESH,
            types.WORKSPACE_CODE_LENS_REFRESH, types.CLIENT_UNREGISTER_CAPABILITY,
        ):  # fmt: skip
            self.feature(method)(lambda params: None)
        for method in (types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, types.WINDOW_LOG_MESSAGE, types.WINDOW_SHOW_MESSAGE, types.PROGRESS):
            self.feature(method)(lambda params: None)

    # What comes.

    def note(self, method, params):
        self.inbox.append((method, params))
        self.arrived.set()

    async def take(self, method, where=lambda params: True):
        """Return the parameters of the first message like this that nobody took, waiting for it."""

        async def search():
            while True:
                for index, (name, params) in enumerate(self.inbox):
                    if name == method and where(params):
                        del self.inbox[index]
                        return params
                self.arrived.clear()
                await self.arrived.wait()

        try:
            return await asyncio.wait_for(search(), PATIENCE)
        except asyncio.TimeoutError:
            raise AssertionError(f"no {method} came, only {[name for name, _ in self.inbox]}") from None

    # The conversation.

    @property
    def pulls(self):
        return self.offered.diagnostic_provider is not None

    @property
    def encoding(self):
        return {"utf-8": "utf-8", "utf-32": "utf-32-le"}.get(self.offered.position_encoding, "utf-16-le")

    async def begin(self, options=None, folders=None):
        """Say `initialize` and `initialized`, and return what the server offers."""
        listed = [types.WorkspaceFolder(uri=folder.as_uri(), name=folder.name) for folder in folders or [self.folder]]
        result = await self.initialize_session(
            types.InitializeParams(
                capabilities=PROFILES[self.profile](),
                root_uri=self.folder.as_uri(),
                workspace_folders=listed,
                initialization_options=options,
            )
        )
        self.offered = result.capabilities
        await self.settle()
        return result

    async def settle(self):
        """Take what the server asks for at the start, as far as the client can answer it."""
        workspace = self.capabilities.workspace
        asks = workspace.configuration if workspace else None
        watches = workspace.did_change_watched_files if workspace else None
        configures = workspace.did_change_configuration if workspace else None
        if any(each and each.dynamic_registration for each in (watches, configures)):
            await self.take(types.CLIENT_REGISTER_CAPABILITY)
        if asks:
            await self.take(types.WORKSPACE_CONFIGURATION)

    async def drain(self, seconds=0.3):
        """Pass over what is shown anew, or asked to be; the rest stays to be read."""
        await asyncio.sleep(seconds)
        passed = {types.WORKSPACE_INLAY_HINT_REFRESH, types.WORKSPACE_CODE_LENS_REFRESH, types.WORKSPACE_DIAGNOSTIC_REFRESH if self.pulls else types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS}
        self.inbox = [message for message in self.inbox if message[0] not in passed]

    def uri(self, name):
        return name if ":" in name else (self.folder / name).as_uri()

    def identifier(self, name):
        return types.TextDocumentIdentifier(uri=self.uri(name))

    def open(self, name, text=None, version=1):
        """Open a file of the folder; with another text than it has on disk where one is given."""
        text = (self.folder / name).read_bytes().decode() if text is None else text
        self.texts[name], self.versions[name] = text, version
        language = {".json": "json", ".lua": "lua"}.get(Path(name).suffix, "yaml")
        item = types.TextDocumentItem(uri=self.uri(name), language_id=language, version=version, text=text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def change(self, name, *changes):
        """Replace texts one after the other, each found by what it says, as an editor does: only what differs is sent."""
        events = []
        for old, new in changes:
            text = self.texts[name]
            start = text.index(old)
            events.append(
                types.TextDocumentContentChangePartial(range=self.range(text, start, start + len(old)), text=new)
            )
            self.texts[name] = text[:start] + new + text[start + len(old) :]
        self.send_changes(name, events)

    def replace(self, name, text):
        """Replace the whole text."""
        self.texts[name] = text
        self.send_changes(name, [types.TextDocumentContentChangeWholeDocument(text=text)])

    def send_changes(self, name, events):
        self.versions[name] += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=self.versions[name])
        self.text_document_did_change(types.DidChangeTextDocumentParams(text_document=identifier, content_changes=events))

    def close(self, name):
        self.text_document_did_close(types.DidCloseTextDocumentParams(text_document=self.identifier(name)))

    async def findings(self, name, version=None):
        """Return what is found in the present text of a document, asked for or sent as the client has it."""
        if self.pulls:
            report = await self.text_document_diagnostic_async(types.DocumentDiagnosticParams(self.identifier(name)))
            assert report.kind == "full"
            return list(report.items)
        wanted = version or self.versions[name]

        def is_wanted(params):
            return params.uri == self.uri(name) and params.version in (None, wanted)

        params = await self.take(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, is_wanted)
        # Without versions the newest is the one that stays; what is shown meanwhile is of texts that came before.
        while params.version is None:
            await asyncio.sleep(0.1)
            newer = [message for message in self.inbox if message[0] == types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS and is_wanted(message[1])]
            if not newer:
                break
            params = newer[-1][1]
            self.inbox = [message for message in self.inbox if message not in newer]
        return list(params.diagnostics)

    async def codes(self, name):
        return sorted(finding.code for finding in await self.findings(name))

    async def show(self, name, text=None):
        """Open a file, return what is found in it, and pass over what is shown in other files of its experiment."""
        self.open(name, text)
        findings = await self.findings(name)
        if not self.pulls:
            await self.drain(0.1)
        return findings

    async def shown_again(self):
        """Wait until the server has findings shown again, where it cannot just send them."""
        if self.pulls and self.capabilities.workspace.diagnostics:
            await self.take(types.WORKSPACE_DIAGNOSTIC_REFRESH)

    def tell_of(self, path, kind):
        """Tell the server that a file changed on disk."""
        event = types.FileEvent(uri=path.as_uri(), type=kind)
        self.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes=[event]))

    # Places in texts.

    def position(self, text, offset):
        before = text[:offset].replace("\r\n", "\n\n").replace("\r", "\n")
        start = max(before.rfind("\n") + 1, 0)
        width = {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}[self.encoding]
        line = text[:offset].replace("\r\n", "\n").replace("\r", "\n").count("\n")
        return types.Position(line=line, character=len(text[start:offset].encode(self.encoding)) // width)

    def range(self, text, start, end):
        return types.Range(start=self.position(text, start), end=self.position(text, end))

    def place(self, name, words, inside=0):
        """Return the position of some words in a document."""
        return self.position(self.texts[name], self.texts[name].index(words) + inside)

    def words(self, name, range):
        """Return what stands at a range of a document."""
        text = self.texts[name]
        return text[self.offset(text, range.start) : self.offset(text, range.end)]

    def offset(self, text, position):
        lines = text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n") if "\r" in text else text.split("\n")
        assert "\r" not in text, "ranges of texts with CR are not looked up"
        width = {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}[self.encoding]
        line = lines[position.line].encode(self.encoding)[: position.character * width].decode(self.encoding)
        return sum(len(each) + 1 for each in lines[: position.line]) + len(line)

    def apply(self, edit):
        """Make a workspace edit in the open documents, and tell the server; return the names of the documents."""
        edits = dict(edit.changes or {})
        for change in edit.document_changes or []:
            name = change.text_document.uri
            assert change.text_document.version in (None, self.versions[self.name_of(name)])
            edits[name] = change.edits
        for uri, changes in edits.items():
            name = self.name_of(uri)
            text = self.texts[name]
            for change in sorted(changes, key=lambda change: (change.range.start.line, change.range.start.character), reverse=True):
                start, end = self.offset(text, change.range.start), self.offset(text, change.range.end)
                text = text[:start] + change.new_text + text[end:]
            self.replace(name, text)
        return [self.name_of(uri) for uri in edits]

    def name_of(self, uri):
        return next(name for name in self.texts if self.uri(name) == uri)

    async def finish(self):
        """Say `shutdown` and `exit`, and check how the server ends and that it said nothing that no test looked at."""
        await self.shutdown_async(None)
        self.exit(None)
        status = await asyncio.wait_for(self._server.wait(), PATIENCE)
        assert status == 0
        assert [(method, str(params)[:300]) for method, params in self.inbox] == [], "messages that nobody read"
        assert self.error is None


@pytest.fixture
def folder(tmp_path):
    """A folder with copies of shipped examples, under a name that URIs have to escape."""
    folder = tmp_path / "my projects é"
    for name in ("flat-prices", "robot-arm"):
        shutil.copytree(EXAMPLES / name, folder / name)
    return folder


async def start(profile, folder):
    editor = Editor(profile, folder)
    environment = dict(os.environ, XDG_CACHE_HOME=str(folder.parent / "cache"))
    await editor.start_io(binary(), "server", "--stdio", cwd=str(folder), env=environment)
    return editor


async def stop(editor):
    with contextlib.suppress(ProcessLookupError):
        editor._server.kill()
    await editor.stop()


@pytest_asyncio.fixture(params=list(PROFILES))
async def client(request, folder):
    """An editor whose server has not heard anything yet; the test has the last word."""
    editor = await start(request.param, folder)
    yield editor
    await stop(editor)


@pytest_asyncio.fixture(params=list(PROFILES))
async def editor(request, folder):
    """An editor in the middle of its conversation, which ends as it should after the test."""
    editor = await start(request.param, folder)
    options = request.node.get_closest_marker("options")
    await editor.begin(options.args[0] if options else None)
    yield editor
    try:
        if not request.node.stash.get(ENDED_EARLY, False):
            await editor.finish()
    finally:
        await stop(editor)


ENDED_EARLY = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.stash[ENDED_EARLY] = report.failed or report.skipped
    return report

