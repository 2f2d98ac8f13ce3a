"""From the first message to the last."""

import asyncio
import os

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

PATIENCE = 20


async def refused(request):
    with pytest.raises(JsonRpcException) as caught:
        await request
    return caught.value.code


async def test_refuses_all_but_initialize_at_the_start(client):
    client.capabilities = types.ClientCapabilities()
    params = types.HoverParams(client.identifier("flat-prices/ludwig.yaml"), types.Position(0, 0))
    assert await refused(client.text_document_hover_async(params)) == -32002
    assert await refused(client.shutdown_async(None)) == -32002
    # Nor does it take notifications in.
    client.open("flat-prices/ludwig.yaml")
    await client.begin()
    assert client.inbox == []
    await client.finish()


async def test_says_who_it_is_and_what_it_offers(client):
    result = await client.begin()
    assert result.server_info.name == "epochzero"
    assert result.server_info.version[0].isdigit()
    offered = result.capabilities
    assert offered.text_document_sync.open_close
    assert offered.text_document_sync.change == types.TextDocumentSyncKind.Incremental
    assert (offered.diagnostic_provider is not None) == (client.capabilities.text_document is not None and client.capabilities.text_document.diagnostic is not None)
    general = client.capabilities.general
    encodings = general.position_encodings if general else None
    assert offered.position_encoding == ("utf-8" if encodings and "utf-8" in encodings else "utf-16")
    # One client cannot read the notebook's part of a server's capabilities.
    assert offered.notebook_document_sync is None
    await client.finish()


async def test_is_initialized_once(client):
    await client.begin()
    params = types.InitializeParams(capabilities=client.capabilities)
    assert await refused(client.initialize_async(params)) == -32600
    await client.finish()


async def test_refuses_all_after_shutdown_and_ends_with_0(client):
    await client.begin()
    await client.shutdown_async(None)
    params = types.HoverParams(client.identifier("flat-prices/ludwig.yaml"), types.Position(0, 0))
    assert await refused(client.text_document_hover_async(params)) == -32600
    assert await refused(client.shutdown_async(None)) == -32600
    client.exit(None)
    assert await asyncio.wait_for(client._server.wait(), PATIENCE) == 0
    assert client.inbox == []


async def test_ends_with_1_without_shutdown(client):
    await client.begin()
    client.exit(None)
    assert await asyncio.wait_for(client._server.wait(), PATIENCE) == 1


async def test_ends_when_nobody_talks_to_it_any_more(client):
    await client.begin()
    client._server.stdin.close()
    assert await asyncio.wait_for(client._server.wait(), PATIENCE) == 1


async def test_ends_when_the_editor_has_died(client):
    # The editor's process is another one than that at the other end of the pipe.
    client.capabilities = types.ClientCapabilities()
    parent = await asyncio.create_subprocess_exec("sleep", "60")
    await client.initialize_async(types.InitializeParams(process_id=parent.pid, capabilities=client.capabilities))
    assert client._server.returncode is None
    parent.kill()
    await parent.wait()
    assert await asyncio.wait_for(client._server.wait(), PATIENCE) == 1


async def test_stays_with_an_editor_that_lives(client):
    client.capabilities = types.ClientCapabilities()
    await client.initialize_async(types.InitializeParams(process_id=os.getpid(), capabilities=client.capabilities))
    await asyncio.sleep(4 if client.profile == "neovim" else 0.1)
    assert client._server.returncode is None
    await client.finish()


async def test_does_not_know_every_method(editor):
    editor.protocol.notify("$/unknown", {})
    with pytest.raises(JsonRpcException) as caught:
        await editor.protocol.send_request_async("epochzero/unknown", {})
    assert caught.value.code == -32601
