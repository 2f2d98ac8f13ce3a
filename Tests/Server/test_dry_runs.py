"""Confirming findings by dry runs, with a stand-in for the runner: what editors are asked and told meanwhile."""

import asyncio
import os
from pathlib import Path

import pytest
from conftest import PATIENCE, start, stop
from lsprotocol import types
from pygls.exceptions import JsonRpcException

MODEL = "robot-arm/model.json"
RULE = "init/zero-weights"
LINE = "confirmed: loss 7.6 times lower with the fix (3 of 3 seeds)"


@pytest.fixture(autouse=True)
def runner(request, monkeypatch, tmp_path):
    """What the server starts as the runner; a marker says what it does."""
    stand_in = Path(__file__).with_name("stand_in_runner.py")
    process = tmp_path / "process"
    marker = request.node.get_closest_marker("verdict")
    monkeypatch.setenv("EPOCHZERO_DRYRUN", str(stand_in))
    monkeypatch.setenv("STAND_IN_PROCESS", str(process))
    monkeypatch.setenv("STAND_IN", marker.args[0] if marker else "confirmed")
    return process


def has(editor, *path):
    """Whether the client says that it can do something."""
    value = editor.capabilities
    for key in path:
        value = getattr(value, key, None) if value else None
    return bool(value)


async def lenses(editor):
    params = types.CodeLensParams(editor.identifier(MODEL))
    found = list(await editor.text_document_code_lens_async(params) or [])
    return [lens for lens in found if lens.command.arguments[0]["rule"] == RULE]


async def command(editor, name, token=None):
    argument = {"uri": editor.uri(MODEL), "rule": RULE}
    params = types.ExecuteCommandParams(f"epochzero.{name}", [argument], token)
    return await editor.workspace_execute_command_async(params)


async def refreshed(editor):
    """Wait until the server asked to have shown anew what can be."""
    if has(editor, "workspace", "code_lens", "refresh_support"):
        await editor.take(types.WORKSPACE_CODE_LENS_REFRESH)
    await editor.shown_again()


async def progress(editor, kind, token=None):
    params = await editor.take(types.PROGRESS, lambda params: kind_of(params) == kind and token in (None, params.token))
    return params.value


def kind_of(params):
    return params.value["kind"] if isinstance(params.value, dict) else params.value.kind


def message_of(value):
    return value["message"] if isinstance(value, dict) else value.message


async def with_verdict(editor):
    """Return the findings once they have a verdict."""
    for _ in range(100):
        found = [finding for finding in await editor.findings(MODEL) if finding.code == RULE]
        if found and all("\ndry run: " in finding.message for finding in found):
            return found
    raise AssertionError("no verdict")


def gone(process):
    """Whether the process that a file names has ended."""
    try:
        os.kill(int(process.read_text()), 0)
    except ProcessLookupError:
        return True
    return False


async def until(condition):
    for _ in range(PATIENCE * 50):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("waited too long")


async def test_confirms_what_a_lens_is_over(editor, runner):
    await editor.show(MODEL)
    before = await lenses(editor)
    assert {lens.command.title.removeprefix(f"{RULE}: ") for lens in before} == {"Confirm by a dry run"}
    assert all(lens.range.start.line == lens.range.end.line for lens in before)
    offered = editor.offered.execute_command_provider.commands
    assert all(lens.command.command in offered for lens in before)
    assert not runner.exists(), "nothing runs before it is asked for"
    params = types.ExecuteCommandParams(before[0].command.command, before[0].command.arguments)
    assert await editor.workspace_execute_command_async(params) is None
    await refreshed(editor)
    if has(editor, "window", "work_done_progress"):
        await editor.take(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
        begin = await progress(editor, "begin")
        assert "dry run" in str(begin).lower() and RULE in str(begin)
        assert message_of(await progress(editor, "end")) == LINE
        editor.inbox = [message for message in editor.inbox if message[0] != types.PROGRESS]
    else:
        assert (await editor.take(types.WINDOW_SHOW_MESSAGE)).message == f"{RULE}: {LINE}"
    await refreshed(editor)
    found = await with_verdict(editor)
    assert all(f"\ndry run: {LINE}; nothing was trained\n" in finding.message for finding in found)
    assert all(finding.severity in (types.DiagnosticSeverity.Error, types.DiagnosticSeverity.Warning) for finding in found)
    assert LINE in (await lenses(editor))[0].command.title
    params = types.HoverParams(editor.identifier(MODEL), found[0].range.start)
    text = (await editor.text_document_hover_async(params)).contents.value
    assert "confirmed" in text and "batch 256 → 32" in text
    await until(lambda: gone(runner))
    await editor.drain()


@pytest.mark.verdict("refuted")
async def test_makes_what_is_refuted_a_hint(editor):
    await editor.show(MODEL)
    answer = await command(editor, "confirm", "mine")
    assert answer["verdict"] == "refuted" if isinstance(answer, dict) else answer.verdict == "refuted"
    assert message_of(await progress(editor, "end", "mine")).startswith("refuted: loss the same with the fix")
    for _ in range(2):
        await refreshed(editor)
    found = await with_verdict(editor)
    assert {finding.severity for finding in found} == {types.DiagnosticSeverity.Information}
    editor.inbox = [message for message in editor.inbox if message[0] != types.PROGRESS]
    await editor.drain()


@pytest.mark.verdict("hang")
@pytest.mark.parametrize("way", ["request", "progress", "edit"])
async def test_gives_up_on_demand(editor, runner, way):
    await editor.show(MODEL)
    params = types.ExecuteCommandParams("epochzero.confirm", [{"uri": editor.uri(MODEL), "rule": RULE}], "mine")
    request = editor.protocol.send_request_async(types.WORKSPACE_EXECUTE_COMMAND, params, msg_id="confirm")
    task = asyncio.ensure_future(request)
    await progress(editor, "report", "mine")
    await refreshed(editor)
    # Everything else is answered meanwhile.
    assert "under way" in (await lenses(editor))[0].command.title
    assert await editor.text_document_document_symbol_async(types.DocumentSymbolParams(editor.identifier(MODEL)))
    if way == "request":
        editor.protocol.notify("$/cancelRequest", types.CancelParams(id="confirm"))
    elif way == "progress":
        editor.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token="mine"))
    else:
        editor.close(MODEL)
    with pytest.raises(JsonRpcException) as caught:
        await asyncio.wait_for(task, PATIENCE)
    assert caught.value.code == -32800
    assert message_of(await progress(editor, "end", "mine")) == "given up"
    await until(lambda: gone(runner))
    await refreshed(editor)
    editor.inbox = [message for message in editor.inbox if message[0] != types.PROGRESS]
    await editor.drain()


@pytest.mark.verdict("hang")
@pytest.mark.parametrize("way", ["exit", "kill"])
async def test_leaves_no_process_behind(client, runner, way):
    await client.begin()
    await client.show(MODEL)
    params = types.ExecuteCommandParams("epochzero.confirm", [{"uri": client.uri(MODEL), "rule": RULE}], "mine")
    task = asyncio.ensure_future(client.workspace_execute_command_async(params))
    await progress(client, "report", "mine")
    if way == "exit":
        client.exit(None)
        assert await asyncio.wait_for(client._server.wait(), PATIENCE) == 1
    else:
        client._server.kill()
    await until(lambda: gone(runner))
    task.cancel()


async def test_says_what_to_do_where_there_is_no_runner(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("EPOCHZERO_DRYRUN", str(tmp_path / "nowhere"))
    editor = await start("vscode-new", folder)
    await editor.begin()
    await editor.show(MODEL)
    assert (await command(editor, "confirm", "mine"))["verdict"] == "not-runnable"
    found = await with_verdict(editor)
    assert "not runnable: there is no program" in found[0].message
    await stop(editor)


@pytest.mark.parametrize("trusts", [True, False])
async def test_starts_what_a_folder_names_only_where_it_is_trusted(folder, tmp_path, trusts, runner):
    mark = tmp_path / "started"
    launcher = tmp_path / "launcher"
    launcher.write_text(f'#!/bin/sh\ntouch "{mark}"\nexec "$@"\n')
    launcher.chmod(0o755)
    (folder / "epochzero.yaml").write_text(f"dryrun: {{launcher: ['{launcher}']}}\n")
    editor = await start("vscode-new", folder)
    await editor.begin({"trustWorkspace": trusts})
    await editor.show(MODEL)
    assert (await command(editor, "confirm", "mine"))["message"] == LINE
    assert mark.exists() == trusts
    assert runner.exists()
    await stop(editor)
