"""What editors offer beside findings: fixes, facts, and ways through a file."""

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

LUDWIG = "flat-prices/ludwig.yaml"
EXPERIMENT, MODEL = "robot-arm/experiment.yaml", "robot-arm/model.json"
ALL = types.Range(start=types.Position(0, 0), end=types.Position(9999, 0))


async def actions(editor, name, range=ALL, only=None):
    context = types.CodeActionContext(diagnostics=[], only=only)
    params = types.CodeActionParams(editor.identifier(name), range, context)
    return list(await editor.text_document_code_action_async(params))


async def chosen(editor, name, title, range=ALL, only=None):
    """Return the edit of the only action whose title begins like this, asking for it where it was left out."""
    found = [action for action in await actions(editor, name, range, only) if action.title.startswith(title)]
    assert len(found) == 1, [action.title for action in await actions(editor, name, range, only)]
    if found[0].edit is None:
        return (await editor.code_action_resolve_async(found[0])).edit
    return found[0].edit


def takes_actions(editor):
    document = editor.capabilities.text_document
    return document and document.code_action and document.code_action.code_action_literal_support


async def test_fixes_what_is_wrong(editor):
    editor.open(LUDWIG)
    assert "files/unknown-key" in await editor.codes(LUDWIG)
    place = editor.place(LUDWIG, "erly_stop", 3)
    offered = await actions(editor, LUDWIG, types.Range(place, place))
    if not takes_actions(editor):
        assert offered == []
        return
    fix = next(action for action in offered if action.title == 'Did you mean "early_stop"?')
    assert fix.kind == "quickfix"
    assert bool(fix.is_preferred) == bool(editor.capabilities.text_document.code_action.is_preferred_support)
    assert [finding.code for finding in fix.diagnostics] == ["files/unknown-key"]
    # The other findings stand elsewhere.
    assert not any("dropout" in action.title for action in offered)
    assert editor.apply(fix.edit) == [LUDWIG]
    assert editor.texts[LUDWIG] == (editor.folder / LUDWIG).read_text().replace("erly_stop", "early_stop")
    assert "files/unknown-key" not in await editor.codes(LUDWIG)


async def test_does_not_prefer_what_may_not_be_meant(editor):
    await editor.show(LUDWIG)
    if not takes_actions(editor):
        pytest.skip("no code actions")
    unsafe = [action for action in await actions(editor, LUDWIG) if "unsafe" in action.title]
    assert unsafe
    for action in unsafe:
        assert not action.is_preferred
    await_all = await chosen(editor, LUDWIG, "Fix all safe")
    editor.apply(await_all)
    codes = await editor.codes(LUDWIG)
    assert "dropout/keep-as-drop" in codes and "files/unknown-key" not in codes


async def test_fixes_all(editor):
    await editor.show(EXPERIMENT)
    editor.open(MODEL)
    before = await editor.codes(MODEL)
    if not takes_actions(editor):
        await editor.drain()
        pytest.skip("no code actions")
    only = await actions(editor, MODEL, only=["source.fixAll"])
    assert [action.kind for action in only] == ["source.fixAll.epochzero"]
    assert await actions(editor, MODEL, only=["refactor"]) == []
    editor.apply(await chosen(editor, MODEL, "Fix all safe", only=["source.fixAll.epochzero"]))
    assert '"HeNormal"' in editor.texts[MODEL] or "he_normal" in editor.texts[MODEL]
    after = await editor.codes(MODEL)
    assert "final-activation/clipped-regression-output" in before and "init/zero-weights" in before
    assert "final-activation/clipped-regression-output" not in after and "init/zero-weights" not in after
    await editor.drain()


async def test_fixes_all_of_one_rule(editor):
    text = "input_features: [{name: x, typ: number}]\noutput_features: [{name: y, type: number}]\ntrainer: {epoch: 5, btch_size: 8}\n"
    editor.open("two.yaml", text)
    found = await editor.codes("two.yaml")
    assert found.count("files/unknown-key") >= 2
    if not takes_actions(editor):
        pytest.skip("no code actions")
    editor.apply(await chosen(editor, "two.yaml", f"Fix all {found.count('files/unknown-key')} findings of files/unknown-key"))
    assert "epochs: 5, batch_size: 8" in editor.texts["two.yaml"]
    assert "files/unknown-key" not in await editor.codes("two.yaml")


async def test_ignores_with_a_reason(editor):
    await editor.show(LUDWIG)
    if not takes_actions(editor):
        pytest.skip("no code actions")
    editor.apply(await chosen(editor, LUDWIG, "Ignore learning-rate/too-high here"))
    line = next(line for line in editor.texts[LUDWIG].splitlines() if "epochzero: ignore[learning-rate/too-high]" in line)
    assert "say why" in line
    assert "learning-rate/too-high" not in await editor.codes(LUDWIG)


async def test_refuses_to_fix_a_text_that_changed_meanwhile(editor):
    await editor.show(LUDWIG)
    resolves = takes_actions(editor) and editor.capabilities.text_document.code_action.resolve_support
    if not resolves:
        pytest.skip("edits come with the actions")
    action = next(action for action in await actions(editor, LUDWIG) if action.edit is None)
    editor.change(LUDWIG, ("# Flat", "# The flat"))
    with pytest.raises(JsonRpcException) as caught:
        await editor.code_action_resolve_async(action)
    assert caught.value.code == -32801
    await editor.findings(LUDWIG)


async def hover(editor, name, words, inside=1):
    params = types.HoverParams(editor.identifier(name), editor.place(name, words, inside))
    return await editor.text_document_hover_async(params)


async def test_tells_of_keys_and_values(editor):
    await editor.show(LUDWIG)
    key = await hover(editor, LUDWIG, "num_fc_layers")
    assert editor.words(LUDWIG, key.range) == "num_fc_layers"
    assert "fully connected layers" in key.contents.value
    document = editor.capabilities.text_document
    formats = document.hover.content_format if document and document.hover else None
    assert key.contents.kind == ("markdown" if formats and "markdown" in formats else "plaintext")
    assert ("**" in key.contents.value) == (key.contents.kind == "markdown")
    # Where the value comes from that nobody wrote.
    trainer = await hover(editor, LUDWIG, "trainer:")
    assert "training.clip.threshold" in trainer.contents.value and "0.5" in trainer.contents.value
    # What is found there is told too.
    assert 'unknown key "erly_stop"' in (await hover(editor, LUDWIG, "erly_stop")).contents.value
    assert await hover(editor, LUDWIG, "# Flat") is None


async def test_tells_of_layers_in_all_dialects(editor):
    await editor.show(EXPERIMENT)
    assert "examples" in (await hover(editor, EXPERIMENT, "samples")).contents.value
    await editor.show(MODEL)
    assert "256" in (await hover(editor, MODEL, '"units"')).contents.value
    assert "negative inputs give zero" in (await hover(editor, MODEL, '"relu"')).contents.value
    await editor.drain()


async def test_hints_at_sizes_and_defaults(editor):
    await editor.show(MODEL)
    hints = await editor.text_document_inlay_hint_async(types.InlayHintParams(range=ALL, text_document=editor.identifier(MODEL)))
    lines = editor.texts[MODEL].splitlines()
    shown = {lines[hint.position.line].split('"')[3]: hint.label for hint in hints if '"name"' in lines[hint.position.line]}
    labels = [hint.label for hint in hints]
    assert any("6,400 parameters" in label and "(256,)" in label for label in labels), (labels, shown)
    first = types.Range(types.Position(0, 0), types.Position(hints[0].position.line, 9999))
    part = await editor.text_document_inlay_hint_async(types.InlayHintParams(range=first, text_document=editor.identifier(MODEL)))
    assert [hint.label for hint in part] == labels[:1]
    await editor.show(LUDWIG)
    hints = await editor.text_document_inlay_hint_async(types.InlayHintParams(range=ALL, text_document=editor.identifier(LUDWIG)))
    assert any("clipped by global norm to 0.5" in hint.label for hint in hints)


async def test_keeps_facts_of_a_half_typed_file(editor):
    await editor.show(MODEL)
    symbols = await outline(editor, MODEL)
    editor.change(MODEL, ('"units": 6,', '"units": '))
    await editor.findings(MODEL)
    await editor.drain()
    assert await outline(editor, MODEL) == symbols
    hints = await editor.text_document_inlay_hint_async(types.InlayHintParams(range=ALL, text_document=editor.identifier(MODEL)))
    assert any("6,400 parameters" in hint.label for hint in hints)


async def complete(editor, name, words, inside):
    params = types.CompletionParams(editor.identifier(name), editor.place(name, words, inside))
    return await editor.text_document_completion_async(params) or []


async def test_completes_keys_and_values(editor):
    await editor.show(LUDWIG)
    values = await complete(editor, LUDWIG, "concat", 3)
    assert {"concat", "comparator", "tabnet"} <= {item.label for item in values}
    concat = next(item for item in values if item.label == "concat")
    assert editor.words(LUDWIG, concat.text_edit.range) == "concat"
    assert "connected" in str(concat.documentation)
    editor.change(LUDWIG, ("  batch_size", "  eval\n  batch_size"))
    await editor.findings(LUDWIG)
    keys = await complete(editor, LUDWIG, "  eval\n", 6)
    assert "eval_batch_size" in {item.label for item in keys}
    # What is there already need not be offered again.
    assert "learning_rate" not in {item.label for item in keys}
    assert await complete(editor, LUDWIG, "# Flat", 4) == []


async def test_completes_in_json(editor):
    await editor.show(MODEL)
    values = await complete(editor, MODEL, '"relu"', 2)
    assert {"relu", "linear", "softmax"} <= {item.label for item in values}
    edit = next(item for item in values if item.label == "softmax").text_edit
    text = editor.texts[MODEL]
    start, end = editor.offset(text, edit.range.start), editor.offset(text, edit.range.end)
    assert '"activation": "softmax"' in text[:start] + edit.new_text + text[end:]


async def outline(editor, name):
    symbols = await editor.text_document_document_symbol_async(types.DocumentSymbolParams(editor.identifier(name)))
    return [symbol.name for symbol in symbols]


async def test_outlines_layers(editor):
    await editor.show(MODEL)
    symbols = await editor.text_document_document_symbol_async(types.DocumentSymbolParams(editor.identifier(MODEL)))
    assert [symbol.name for symbol in symbols] == ["camera", "hidden_1", "dropout_1", "hidden_2", "joint_angles"]
    document = editor.capabilities.text_document
    has_trees = document and document.document_symbol and document.document_symbol.hierarchical_document_symbol_support
    assert isinstance(symbols[0], types.DocumentSymbol if has_trees else types.SymbolInformation)
    for symbol in symbols:
        range = symbol.range if has_trees else symbol.location.range
        assert f'"{symbol.name}"' in editor.words(MODEL, range)


async def test_folds_sections(editor):
    await editor.show(LUDWIG)
    folds = await editor.text_document_folding_range_async(types.FoldingRangeParams(editor.identifier(LUDWIG)))
    lines = editor.texts[LUDWIG].splitlines()
    assert {"input_features:", "combiner:", "trainer:"} <= {lines[fold.start_line] for fold in folds}
    assert all(fold.start_line < fold.end_line < len(lines) for fold in folds)
    trainer = next(fold for fold in folds if lines[fold.start_line] == "trainer:")
    assert lines[trainer.end_line].startswith("  erly_stop")


async def definition(editor, name, words, inside=1):
    params = types.DefinitionParams(editor.identifier(name), editor.place(name, words, inside))
    found = await editor.text_document_definition_async(params)
    if found is None:
        return None
    found = found[0] if isinstance(found, (list, tuple)) else found
    document = editor.capabilities.text_document
    links = document and document.definition and document.definition.link_support
    assert isinstance(found, types.LocationLink if links else types.Location)
    return (found.target_uri, found.target_range) if links else (found.uri, found.range)


async def test_goes_to_files_and_layers(editor):
    await editor.show(EXPERIMENT)
    uri, range = await definition(editor, EXPERIMENT, "model.json")
    assert uri == editor.uri(MODEL)
    assert range.start == types.Position(0, 0)
    assert await definition(editor, EXPERIMENT, "5000") is None
    text = """epochzero: 1
model:
  layers:
    - {kind: input, name: in, shape: [8]}
    - {kind: dense, name: stem, units: 8}
    - {kind: dense, name: deeper, units: 8}
    - {kind: add, from: [stem, deeper]}
"""
    await editor.show("graph.yaml", text)
    uri, range = await definition(editor, "graph.yaml", "[stem", 2)
    assert uri == editor.uri("graph.yaml")
    assert range.start.line == 4


async def test_offers_nothing_on_files_that_are_no_config(editor):
    await editor.show("compose.yaml", "services:\n  web:\n    image: nginx\n    learning_rate: 100\n")
    assert await hover(editor, "compose.yaml", "learning_rate") is None
    assert await complete(editor, "compose.yaml", "  web", 4) == []
    assert await outline(editor, "compose.yaml") == []
    identifier = editor.identifier("compose.yaml")
    assert list(await editor.text_document_folding_range_async(types.FoldingRangeParams(identifier))) == []
    assert list(await editor.text_document_inlay_hint_async(types.InlayHintParams(range=ALL, text_document=identifier))) == []
    assert await definition(editor, "compose.yaml", "nginx") is None
    assert await actions(editor, "compose.yaml") == []
