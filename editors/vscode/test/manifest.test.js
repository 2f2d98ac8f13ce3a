'use strict';

// Holds package.json to what VS Code documents of extension manifests, and to what the extension does.
// https://code.visualstudio.com/api/references/extension-manifest, .../contribution-points and .../activation-events

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const manifest = require('../package.json');
const { Editor } = require('./stand-ins');

const ROOT = path.join(__dirname, '..');
const { commands, configuration } = manifest.contributes;
const properties = Object.entries(configuration.properties);

const SCOPES = ['application', 'machine', 'machine-overridable', 'window', 'resource', 'language-overridable'];
const PROPERTY_KEYS = [
  'type', 'items', 'enum', 'enumDescriptions', 'default', 'scope', 'order', 'markdownDescription',
];
const CATEGORIES = [
  'Programming Languages', 'Snippets', 'Linters', 'Themes', 'Debuggers', 'Formatters', 'Keymaps', 'SCM Providers',
  'Other', 'Extension Packs', 'Language Packs', 'Data Science', 'Machine Learning', 'Visualization', 'Notebooks',
  'Education', 'Testing',
];

const kind = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

test('has what a manifest must have', () => {
  assert.match(manifest.name, /^[a-z0-9-]+$/);
  assert.match(manifest.publisher, /^[a-z0-9-]+$/);
  assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
  assert.match(manifest.engines.vscode, /^\^\d+\.\d+\.\d+$/);
  assert.ok(fs.existsSync(path.join(ROOT, manifest.main)));
  for (const category of manifest.categories) assert.ok(CATEGORIES.includes(category), category);
  assert.ok(manifest.keywords.length <= 30);
  for (const name of Object.keys(manifest.contributes)) assert.ok(['commands', 'configuration'].includes(name), name);
});

test('has the version of the program', () => {
  const source = fs.readFileSync(path.join(ROOT, '../../Sources/Release/Release.swift'), 'utf8');
  assert.equal(manifest.version, /versionNumber = "([^"]+)"/.exec(source)[1]);
});

test('is activated by the files that the client is for', async () => {
  for (const event of manifest.activationEvents) assert.match(event, /^(onLanguage|workspaceContains):\S+$/);
  const editor = new Editor();
  const PATH = process.env.PATH;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'epochzero-manifest-'));
  fs.writeFileSync(path.join(folder, 'epochzero'), '#!/bin/sh\n', { mode: 0o755 });
  process.env.PATH = folder;
  await editor.activate();
  process.env.PATH = PATH;
  fs.rmSync(folder, { recursive: true });
  const selected = new Set(editor.clients[0].clientOptions.documentSelector.map(({ language }) => `onLanguage:${language}`));
  assert.deepEqual(manifest.activationEvents.filter((event) => event.startsWith('onLanguage:')), [...selected]);
  // As many commands are registered as are shown, and the same.
  assert.deepEqual([...editor.commands.keys()].sort(), commands.map(({ command }) => command).sort());
});

test('has settings that VS Code can show and check', () => {
  for (const [name, property] of properties) {
    assert.match(name, /^epochzero\.[a-zA-Z]+(\.[a-zA-Z]+)?$/);
    for (const key of Object.keys(property)) assert.ok(PROPERTY_KEYS.includes(key), `${name}: ${key}`);
    assert.ok(SCOPES.includes(property.scope), name);
    assert.ok(property.markdownDescription.endsWith('.'), name);
    assert.ok([property.type].flat().includes(kind(property.default)), `${name}: the default is of another type`);
    if (property.enum) {
      assert.ok(property.enum.includes(property.default), name);
      if (property.enumDescriptions) assert.equal(property.enumDescriptions.length, property.enum.length, name);
    }
    if (property.type === 'array') assert.deepEqual(property.items, { type: 'string' }, name);
    for (const [, other] of property.markdownDescription.matchAll(/`#([^#]+)#`/g)) {
      assert.ok(other in configuration.properties, `${name} names ${other}`);
    }
  }
  assert.deepEqual(properties.map(([, { order }]) => order), properties.map((_, index) => index + 1));
});

test('tells the server of each setting that is its concern', () => {
  const editor = new Editor();
  const { serverSettings } = editor.load('settings.js');
  const told = (value, prefix) =>
    Object.entries(value).flatMap(([key, inner]) =>
      kind(inner) === 'object' ? told(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
    );
  editor.settings.set('epochzero.minSeverity', 'hint');
  // Two are the extension's own, the third is the client library's.
  const own = ['path', 'importStrategy', 'trace.server'];
  const declared = properties.map(([name]) => name.slice('epochzero.'.length)).filter((name) => !own.includes(name));
  assert.deepEqual(told(serverSettings(), '').sort(), declared.sort());
});

test('restricts what a workspace without trust may say', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  assert.equal(untrustedWorkspaces.supported, 'limited');
  assert.ok(untrustedWorkspaces.description);
  const restricted = ['path', 'configuration', 'trustWorkspace'].map((name) => `epochzero.${name}`);
  assert.deepEqual(untrustedWorkspaces.restrictedConfigurations, restricted);
  for (const name of restricted) assert.ok(name in configuration.properties, name);
  assert.equal(virtualWorkspaces.supported, false);
  // Which program is run is never a matter of settings that are synchronised between machines.
  assert.equal(configuration.properties['epochzero.path'].scope, 'machine-overridable');
});

test('requires no more than it declares', () => {
  const declared = [...Object.keys(manifest.dependencies), 'vscode'];
  for (const file of fs.readdirSync(path.join(ROOT, 'src'))) {
    const source = fs.readFileSync(path.join(ROOT, 'src', file), 'utf8');
    for (const [, name] of source.matchAll(/require\('([^']+)'\)/g)) {
      const isKnown = name.startsWith('./') || name.startsWith('node:') || declared.includes(name.split('/')[0]);
      assert.ok(isKnown, `${file} requires ${name}`);
    }
  }
});
