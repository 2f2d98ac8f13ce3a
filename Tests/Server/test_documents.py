"""Texts are opened, changed and closed, and their findings follow, sent or asked for, never both."""

import asyncio

import pytest
from lsprotocol import types

LUDWIG = "flat-prices/ludwig.yaml"
EXPERIMENT, MODEL = "robot-arm/experiment.yaml", "robot-arm/model.json"


def only(findings, code):
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, f"{code} in {[(finding.code, finding.message) for finding in findings]}"
    return found[0]


async def test_shows_what_is_wrong_where_it_is(editor):
    editor.open(LUDWIG)
    findings = await editor.findings(LUDWIG)
    unknown = only(findings, "files/unknown-key")
    assert unknown.source == "epochzero"
    assert unknown.severity == types.DiagnosticSeverity.Warning
    assert editor.words(LUDWIG, unknown.range) == "erly_stop"
    assert "early_stop" in unknown.message
    assert all(finding.source == "epochzero" and finding.severity for finding in findings)
    described = editor.capabilities.text_document and (
        editor.capabilities.text_document.publish_diagnostics.code_description_support
    )
    for finding in findings:
        assert (finding.code_description is not None) == bool(described)
        if described:
            page = finding.code_description.href.removeprefix("file://")
            assert finding.code in open(page).read()


async def test_findings_follow_edits(editor):
    editor.open(LUDWIG)
    assert "files/unknown-key" in await editor.codes(LUDWIG)
    editor.change(LUDWIG, ("erly_stop", "early_stop"))
    assert "files/unknown-key" not in await editor.codes(LUDWIG)
    # Several changes at once, each on the text that the one before left.
    editor.change(LUDWIG, ("early_stop", "arly_stop"), ("arly_stop: 10", "early_stp: 10"), ("# Flat", "# \U0001F3E0\n# Flat"))
    unknown = only(await editor.findings(LUDWIG), "files/unknown-key")
    assert editor.words(LUDWIG, unknown.range) == "early_stp"


async def test_counts_characters_as_agreed(editor):
    text = '# \U0001F600\n{"input_features": [{name: "\U0001F600é", type: number}], output_features: [{name: y, type: number}]'
    editor.open(LUDWIG, text + ', trainer: {note: "\U0001D11E\u20ac", epoch: 5}}\n')
    unknown = only(await editor.findings(LUDWIG), "files/unknown-key")
    assert editor.words(LUDWIG, unknown.range) == "epoch"
    editor.change(LUDWIG, ("\U0001F600é", "\U0001F600\U0001F600"), ("epoch", "epohs"), ("\U0001D11E\u20ac", "e\u0301\U0001F468\u200d\U0001F469"))
    unknown = only(await editor.findings(LUDWIG), "files/unknown-key")
    assert editor.words(LUDWIG, unknown.range) == "epohs"


async def test_takes_the_whole_text_at_once(editor):
    editor.open(LUDWIG, "input_features: [{name: x, type: number}]\noutput_features: [{name: y, type: number}]\n")
    assert "files/unknown-key" not in await editor.codes(LUDWIG)
    editor.replace(LUDWIG, editor.texts[LUDWIG] + "trainr: {}\n")
    unknown = only(await editor.findings(LUDWIG), "files/unknown-key")
    assert editor.words(LUDWIG, unknown.range) == "trainr"


async def test_reads_all_ends_of_lines(editor):
    text = (editor.folder / LUDWIG).read_text()
    wanted = None
    for end in ("\n", "\r\n", "\r"):
        name = f"{len(end)}{ord(end[-1])}.yaml"
        editor.open(name, text.replace("\n", end))
        found = [(finding.code, finding.range.start.line, finding.range.start.character) for finding in await editor.findings(name)]
        wanted = wanted or found
        assert found == wanted


async def test_says_nothing_of_files_that_are_no_config(editor):
    texts = {
        "package.json": '{"name": "x", "dependencies": {}}',
        "compose.yaml": "services:\n  web: {image: nginx}\n",
        "broken.yaml": "a: [b\n",
        "broken.json": '{"a": ',
        "empty.yaml": "",
        "text.txt": "learning_rate: 100",
    }
    for name, text in texts.items():
        editor.open(name, text)
        assert await editor.findings(name) == [], name


async def test_tells_of_broken_syntax_in_a_config(editor):
    editor.open(LUDWIG)
    before = await editor.codes(LUDWIG)
    editor.change(LUDWIG, ("combiner:", "combiner: ["))
    assert "files/invalid-syntax" in await editor.codes(LUDWIG)
    editor.change(LUDWIG, ("combiner: [", "combiner:"))
    assert await editor.codes(LUDWIG) == before


async def test_shows_an_experiment_in_both_its_files(editor):
    editor.open(EXPERIMENT)
    experiment = await editor.codes(EXPERIMENT)
    editor.open(MODEL)
    model = await editor.findings(MODEL)
    final = only(model, "final-activation/clipped-regression-output")
    assert editor.words(MODEL, final.range) == '"relu"'
    assert "learning-rate" in " ".join(experiment)
    for place in (place for finding in model for place in finding.related_information or []):
        assert place.location.uri in (editor.uri(EXPERIMENT), editor.uri(MODEL))
        assert place.message
    text = editor.texts[MODEL]
    last = text.rindex('"relu"')
    editor.send_changes(MODEL, [types.TextDocumentContentChangePartial(range=editor.range(text, last, last + 6), text='"linear"')])
    editor.texts[MODEL] = text[:last] + '"linear"' + text[last + 6 :]
    assert "final-activation/clipped-regression-output" not in await editor.codes(MODEL)
    # A change of the experiment shows in the model too.
    editor.change(EXPERIMENT, ("rate: 0.5", "rate: 0.001"))
    assert "learning-rate" not in " ".join(await editor.codes(EXPERIMENT))
    editor.replace(MODEL, text)
    assert "final-activation/clipped-regression-output" in await editor.codes(MODEL)
    await editor.drain()
    editor.change(EXPERIMENT, ("task: regression", "task: binary"))
    assert "final-activation/clipped-regression-output" not in await editor.codes(MODEL)
    # What else changed for it is sent, or may be asked for again.
    await editor.drain()


async def test_sends_findings_or_is_asked_for_them(editor):
    editor.open(LUDWIG)
    if editor.pulls:
        await editor.findings(LUDWIG)
        await asyncio.sleep(0.2)
        assert editor.inbox == []
        return
    published = await editor.take(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    document = editor.capabilities.text_document
    has_versions = document and document.publish_diagnostics and document.publish_diagnostics.version_support
    assert published.version == (1 if has_versions else None)
    editor.change(LUDWIG, ("0.9", "0.1"))
    published = await editor.take(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert published.version == (2 if has_versions else None)
    # Each text has its findings shown once, and a closed one none.
    editor.close(LUDWIG)
    published = await editor.take(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert list(published.diagnostics) == []
    await asyncio.sleep(0.2)
    assert editor.inbox == []


async def test_says_when_nothing_changed(editor):
    if not editor.pulls:
        pytest.skip("findings are sent")
    editor.open(LUDWIG)
    params = types.DocumentDiagnosticParams(editor.identifier(LUDWIG))
    first = await editor.text_document_diagnostic_async(params)
    assert first.kind == "full"
    params.previous_result_id = first.result_id
    second = await editor.text_document_diagnostic_async(params)
    assert second.kind == "unchanged"
    assert second.result_id == first.result_id
    editor.change(LUDWIG, ("erly_stop", "early_stop"))
    third = await editor.text_document_diagnostic_async(params)
    assert third.kind == "full"
    assert third.result_id != first.result_id


async def test_logs_edits_that_cannot_be_made(editor):
    editor.open(LUDWIG)
    before = await editor.codes(LUDWIG)
    far = types.Range(start=types.Position(9000, 0), end=types.Position(9000, 1))
    editor.send_changes(LUDWIG, [types.TextDocumentContentChangePartial(range=far, text="x")])
    logged = await editor.take(types.WINDOW_LOG_MESSAGE)
    assert logged.type == types.MessageType.Error
    assert await editor.codes(LUDWIG) == before
    editor.close("nowhere.yaml")
    assert (await editor.take(types.WINDOW_LOG_MESSAGE)).type == types.MessageType.Error
    editor.versions["gone.yaml"] = 1
    editor.send_changes("gone.yaml", [types.TextDocumentContentChangeWholeDocument(text="x")])
    assert (await editor.take(types.WINDOW_LOG_MESSAGE)).type == types.MessageType.Error


async def test_keeps_pace_with_typing(editor):
    editor.open(LUDWIG)
    await editor.findings(LUDWIG)
    for digit in "123456789":
        editor.change(LUDWIG, ("erly_stop: ", f"erly_stop: {digit}"))
    editor.change(LUDWIG, ("erly_stop", "early_stop"))
    codes = await editor.codes(LUDWIG)
    assert "files/unknown-key" not in codes
    # Texts that were passed over need not have been looked at; versions only go up.
    versions = [params.version for method, params in editor.inbox if method == types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]
    assert versions == sorted(versions, key=lambda version: version or 0)
    await editor.drain()


async def test_has_texts_that_were_never_saved(editor):
    text = (editor.folder / LUDWIG).read_text()
    editor.texts["untitled:Untitled-1"], editor.versions["untitled:Untitled-1"] = text, 1
    item = types.TextDocumentItem(uri="untitled:Untitled-1", language_id="yaml", version=1, text=text)
    editor.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    assert "files/unknown-key" in await editor.codes("untitled:Untitled-1")
