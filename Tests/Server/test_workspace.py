"""Settings of the editor and of folders, files that change on disk, and what takes long."""

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

LUDWIG = "flat-prices/ludwig.yaml"
IGNORING = "rules: {learning-rate/too-high: off}\n"


def can(editor, *names):
    value = editor.capabilities
    for name in names:
        value = getattr(value, name, None)
        if value is None:
            return False
    return value is not False


@pytest.mark.options({"ignore": ["learning-rate"], "minSeverity": "warning"})
async def test_heeds_initialization_options(editor):
    editor.open(LUDWIG)
    codes = await editor.codes(LUDWIG)
    assert "files/unknown-key" in codes and "learning-rate/too-high" not in codes


@pytest.mark.options({"settings": {"enable": False}})
async def test_can_be_turned_off(editor):
    editor.open(LUDWIG)
    assert await editor.findings(LUDWIG) == []
    params = types.HoverParams(editor.identifier(LUDWIG), editor.place(LUDWIG, "trainer", 1))
    assert await editor.text_document_hover_async(params) is None


@pytest.mark.options({"ignore": 3, "minSeverity": "loud", "enable": "yes"})
async def test_tells_of_settings_that_are_wrong(editor):
    for _ in range(3):
        logged = await editor.take(types.WINDOW_LOG_MESSAGE)
        assert logged.type == types.MessageType.Warning and "setting" in logged.message
    editor.open(LUDWIG)
    assert "files/unknown-key" in await editor.codes(LUDWIG)


async def test_heeds_changed_settings(editor):
    editor.open(LUDWIG)
    assert "learning-rate/too-high" in await editor.codes(LUDWIG)
    editor.settings = {"ignore": ["learning-rate"]}
    section = {"epochzero": editor.settings}
    editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=section))
    if can(editor, "workspace", "configuration"):
        await editor.take(types.WORKSPACE_CONFIGURATION)
    await editor.shown_again()
    assert "learning-rate/too-high" not in await editor.codes(LUDWIG)
    await editor.drain()


async def test_registers_for_changes(editor):
    watches = editor.capabilities.workspace and editor.capabilities.workspace.did_change_watched_files
    assert (types.WORKSPACE_DID_CHANGE_WATCHED_FILES in editor.registered) == bool(watches and watches.dynamic_registration)
    settings = editor.capabilities.workspace and editor.capabilities.workspace.did_change_configuration
    assert (types.WORKSPACE_DID_CHANGE_CONFIGURATION in editor.registered) == bool(settings and settings.dynamic_registration)


async def test_heeds_a_settings_file_that_appears(editor):
    editor.open(LUDWIG)
    assert "learning-rate/too-high" in await editor.codes(LUDWIG)
    path = editor.folder / "flat-prices/epochzero.yaml"
    path.write_text(IGNORING)
    editor.tell_of(path, types.FileChangeType.Created)
    await editor.shown_again()
    assert "learning-rate/too-high" not in await editor.codes(LUDWIG)
    path.unlink()
    editor.tell_of(path, types.FileChangeType.Deleted)
    await editor.shown_again()
    assert "learning-rate/too-high" in await editor.codes(LUDWIG)
    await editor.drain()


async def test_heeds_a_settings_file_that_is_being_typed(editor):
    editor.open(LUDWIG)
    assert "learning-rate/too-high" in await editor.codes(LUDWIG)
    editor.open("epochzero.yaml", "rules: {learning-rate/too-hgh: off}\n")
    wrong = await editor.findings("epochzero.yaml")
    assert [editor.words("epochzero.yaml", finding.range) for finding in wrong] == ["learning-rate/too-hgh"]
    await editor.drain()
    editor.change("epochzero.yaml", ("hgh", "high"))
    assert await editor.findings("epochzero.yaml") == []
    await editor.shown_again()
    assert "learning-rate/too-high" not in await editor.codes(LUDWIG)
    await editor.drain()


async def test_heeds_a_model_file_that_changes_on_disk(editor):
    experiment, model = "robot-arm/experiment.yaml", editor.folder / "robot-arm/model.json"
    await editor.show(experiment)
    await editor.drain()
    model.write_text(model.read_text().replace('"model.json"', '"model.json"').replace('"units": 6', '"unitz": 6'))
    editor.tell_of(model, types.FileChangeType.Changed)
    await editor.shown_again()
    if editor.pulls:
        await editor.drain()
        return
    found = await editor.take(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, lambda params: params.uri == model.as_uri())
    assert "files/unknown-key" in [finding.code for finding in found.diagnostics]
    await editor.drain()


async def test_has_settings_for_each_of_several_folders(client):
    for name, ignored in (("one", "learning-rate/too-high"), ("two", "files/unknown-key")):
        folder = client.folder / name
        folder.mkdir()
        (folder / "epochzero.yaml").write_text(f"rules: {{{ignored}: off}}\n")
        (folder / "a.yaml").write_text((client.folder / LUDWIG).read_text())
    await client.begin(folders=[client.folder / "one", client.folder / "two"])
    client.open("one/a.yaml")
    one = await client.codes("one/a.yaml")
    client.open("two/a.yaml")
    two = await client.codes("two/a.yaml")
    assert "files/unknown-key" in one and "learning-rate/too-high" not in one
    assert "files/unknown-key" not in two and "learning-rate/too-high" in two
    event = types.WorkspaceFoldersChangeEvent(added=[], removed=[types.WorkspaceFolder(uri=(client.folder / "two").as_uri(), name="two")])
    client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event=event))
    await client.drain()
    await client.finish()


async def check_workspace(editor, **more):
    params = types.WorkspaceDiagnosticParams(previous_result_ids=more.pop("previous", []), **more)
    return await editor.workspace_diagnostic_async(params)


async def test_checks_the_whole_workspace(editor):
    if not editor.pulls:
        pytest.skip("findings are sent")
    assert editor.offered.diagnostic_provider.workspace_diagnostics
    report = await check_workspace(editor, work_done_token="checking")
    found = {item.uri: [finding.code for finding in item.items] for item in report.items}
    assert "files/unknown-key" in found[editor.uri(LUDWIG)]
    assert any("final-activation" in code for code in found[editor.uri("robot-arm/model.json")])
    kinds = []
    while kinds[-1:] != ["end"]:
        progress = await editor.take(types.PROGRESS)
        assert progress.token == "checking"
        kinds.append(progress.value["kind"])
    assert kinds[0] == "begin" and set(kinds[1:-1]) <= {"report"}
    # Said once is enough.
    previous = [types.PreviousResultId(uri=item.uri, value=item.result_id) for item in report.items]
    again = await check_workspace(editor, previous=previous)
    assert {item.kind for item in again.items} <= {"unchanged"}


@pytest.mark.parametrize("way", ["request", "progress"])
async def test_gives_up_what_is_cancelled(editor, way):
    if not editor.pulls:
        pytest.skip("findings are sent")
    text = (editor.folder / LUDWIG).read_text()
    for number in range(400):
        (editor.folder / f"run{number}.yaml").write_text(text)
    token = "shown" if way == "progress" else None
    params = types.WorkspaceDiagnosticParams(previous_result_ids=[], work_done_token=token)
    request = asyncio.ensure_future(editor.protocol.send_request_async(types.WORKSPACE_DIAGNOSTIC, params, msg_id="long"))
    if way == "request":
        await asyncio.sleep(0.02)
        editor.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(id="long"))
    else:
        await editor.take(types.PROGRESS)
        editor.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token=token))
    # Short requests need not wait for long ones.
    editor.open(LUDWIG)
    assert "files/unknown-key" in await editor.codes(LUDWIG)
    with pytest.raises(JsonRpcException) as caught:
        await request
    assert caught.value.code == -32800
    editor.inbox = [message for message in editor.inbox if message[0] != types.PROGRESS]
    # A cancelled request is answered once, and one that nobody knows is nobody's.
    editor.protocol.notify(types.CANCEL_REQUEST, types.CancelParams(id="never sent"))


PLUGIN = """
return {
  api = 1, id = "own/batch", summary = "own", severity = "warning", since = "1",
}
"""


async def test_loads_no_rules_of_a_workspace_that_is_not_trusted(editor):
    (editor.folder / "flat-prices/own.lua").write_text(PLUGIN)
    settings = editor.folder / "flat-prices/epochzero.yaml"
    settings.write_text("plugins: [own.lua]\n")
    editor.open("flat-prices/epochzero.yaml")
    untrusted = await editor.findings("flat-prices/epochzero.yaml")
    assert [finding.severity for finding in untrusted] == [types.DiagnosticSeverity.Information]
    assert "trust" in untrusted[0].message
    await editor.drain()
