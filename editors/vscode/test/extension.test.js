'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, before, describe, test } = require('node:test');
const { Editor } = require('./stand-ins');

let scratch;
const PATH = process.env.PATH;

/** Makes a program that says its version. */
function program(...parts) {
  const file = path.join(scratch, ...parts);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '#!/bin/sh\necho 9.8.7\n', { mode: 0o755 });
  return file;
}

before(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'epochzero-vscode-'));
  process.env.PATH = path.dirname(program('on-path', 'epochzero'));
});

after(() => {
  process.env.PATH = PATH;
  fs.rmSync(scratch, { recursive: true });
});

describe('starting', () => {
  test('runs the server for YAML and JSON files and says the settings', async () => {
    const editor = new Editor();
    editor.settings.set('epochzero.ignore', ['width']);
    await editor.activate();
    assert.equal(editor.clients.length, 1);
    const [client] = editor.clients;
    assert.deepEqual(client.serverOptions, { command: path.join(scratch, 'on-path', 'epochzero'), args: ['server'] });
    const languages = client.clientOptions.documentSelector.filter(({ scheme }) => scheme === 'file');
    assert.deepEqual(languages.map(({ language }) => language), ['yaml', 'json', 'jsonc']);
    assert.deepEqual(client.initializationOptions, {
      settings: {
        enable: true,
        codeLens: true,
        configuration: '',
        select: [],
        ignore: ['width'],
        inlayHints: { shapes: true, parameters: true, defaults: true },
        logLevel: 'info',
        trustWorkspace: true,
      },
    });
    assert.deepEqual(editor.channel, { name: 'Epoch Zero', options: { log: true } });
  });

  test('does not run where it is off, and runs when it is turned on', async () => {
    const editor = new Editor();
    editor.settings.set('epochzero.enable', false);
    await editor.activate();
    assert.equal(editor.clients.length, 0);
    await editor.set('epochzero.enable', true);
    assert.equal(editor.clients.length, 1);
    await editor.set('epochzero.enable', false);
    assert.deepEqual(editor.clients[0].calls.at(-1), ['dispose']);
  });

  test('says where the program is missing, and leads to the setting', async () => {
    const editor = new Editor();
    editor.choice = 'Open Settings';
    editor.settings.set('epochzero.importStrategy', 'useBundled');
    await editor.activate();
    assert.equal(editor.clients.length, 0);
    assert.match(editor.messages[0][0], /"epochzero" is not found/);
    await new Promise(setImmediate);
    assert.deepEqual(editor.executed, [['workbench.action.openSettings', 'epochzero.path']]);
  });

  test('says that a program does not start, and starts another later', async () => {
    const editor = new Editor();
    editor.startFailure = new Error('spawn EACCES');
    await editor.activate();
    assert.match(editor.messages[0][0], /on-path\/epochzero does not start: spawn EACCES/);
    editor.startFailure = undefined;
    await editor.commands.get('epochzero.restart')();
    assert.equal(editor.clients.length, 2);
    assert.ok(editor.clients[1].initializeResult);
  });
});

describe('the program', () => {
  test('is the first of the setting that can be run', async () => {
    const editor = new Editor({ folder: scratch });
    program('.venv', 'bin', 'epochzero');
    fs.writeFileSync(path.join(scratch, 'no-program'), '');
    editor.settings.set('epochzero.path', [
      path.join(scratch, 'gone'),
      path.join(scratch, 'no-program'),
      scratch,
      '.venv/bin/epochzero',
      '${workspaceFolder}/.venv/bin/epochzero',
    ]);
    await editor.activate();
    assert.equal(editor.clients[0].serverOptions.command, path.join(scratch, '.venv/bin/epochzero'));
  });

  test('is the one of the extension where that is wanted, or where there is no other', async () => {
    const bundled = program('extension', 'bundled', 'epochzero');
    const wanting = new Editor();
    wanting.settings.set('epochzero.importStrategy', 'useBundled');
    await wanting.activate(path.join(scratch, 'extension'));
    assert.equal(wanting.clients[0].serverOptions.command, bundled);

    const lacking = new Editor();
    const before = process.env.PATH;
    // A relative folder of PATH would be one of the workspace's.
    process.env.PATH = ['', 'on-path', '.'].join(path.delimiter);
    const folder = process.cwd();
    process.chdir(path.join(scratch, 'on-path'));
    try {
      await lacking.activate(path.join(scratch, 'extension'));
    } finally {
      process.chdir(folder);
      process.env.PATH = before;
    }
    assert.equal(lacking.clients[0].serverOptions.command, bundled);
  });

  test('is looked for again when its settings change', async () => {
    const editor = new Editor();
    await editor.activate();
    const other = program('other', 'epochzero');
    await editor.set('epochzero.path', [other]);
    assert.deepEqual(editor.clients[0].calls.at(-1), ['dispose']);
    assert.equal(editor.clients[1].serverOptions.command, other);
  });
});

describe('settings', () => {
  test('reach the server when they change, and nothing restarts', async () => {
    const editor = new Editor();
    await editor.activate();
    await editor.set('epochzero.minSeverity', 'error');
    await editor.set('editor.fontSize', 12);
    const [client] = editor.clients;
    assert.equal(editor.clients.length, 1);
    const sent = client.calls.filter(([method]) => method === 'workspace/didChangeConfiguration');
    assert.equal(sent.length, 1);
    assert.equal(sent[0][1].settings.epochzero.minSeverity, 'error');
  });

  test('are the same for a server that asks', async () => {
    const editor = new Editor({ isTrusted: false });
    await editor.activate();
    const { workspace } = editor.clients[0].clientOptions.middleware;
    const next = async () => ['by the client'];
    const [answer] = await workspace.configuration({ items: [{ section: 'epochzero' }] }, undefined, next);
    assert.deepEqual(answer, editor.clients[0].initializationOptions.settings);
    assert.deepEqual(await workspace.configuration({ items: [{ section: 'editor' }] }, undefined, next), ['by the client']);
    // The settings as they stand, which say more than the trust allows, are not sent.
    let isSent = false;
    await workspace.didChangeConfiguration(['epochzero'], async () => (isSent = true));
    assert.equal(isSent, false);
  });

  test('may name the folder, the home and the environment', async () => {
    const editor = new Editor({ folder: '/w' });
    process.env.EPOCHZERO_TEST_NAME = 'team';
    editor.settings.set('epochzero.configuration', '${workspaceFolder}/${env:EPOCHZERO_TEST_NAME}${env:EPOCHZERO_TEST_NONE}.yaml');
    await editor.activate();
    assert.equal(editor.clients[0].initializationOptions.settings.configuration, '/w/team.yaml');
    await editor.set('epochzero.configuration', '${userHome}/x');
    assert.equal(editor.clients[0].calls.at(-1)[1].settings.epochzero.configuration, path.join(os.homedir(), 'x'));
  });
});

describe('trust', () => {
  test('is never said of a workspace without it, whatever the setting', async () => {
    const editor = new Editor({ isTrusted: false });
    editor.settings.set('epochzero.trustWorkspace', true);
    await editor.activate();
    await editor.set('epochzero.logLevel', 'debug');
    const [client] = editor.clients;
    assert.ok(!('trustWorkspace' in client.initializationOptions.settings));
    assert.ok(!('trustWorkspace' in client.calls.at(-1)[1].settings.epochzero));
  });

  test('is said once it is granted', async () => {
    const editor = new Editor({ isTrusted: false });
    await editor.activate();
    await editor.grantTrust();
    assert.deepEqual(editor.clients[0].calls.at(-1), ['dispose']);
    assert.equal(editor.clients[1].initializationOptions.settings.trustWorkspace, true);
  });

  test('can be withheld from a trusted workspace', async () => {
    const editor = new Editor();
    editor.settings.set('epochzero.trustWorkspace', false);
    await editor.activate();
    assert.equal(editor.clients[0].initializationOptions.settings.trustWorkspace, false);
  });
});

describe('commands', () => {
  test('restart the server, one restart after the other', async () => {
    const editor = new Editor();
    await editor.activate();
    const restart = editor.commands.get('epochzero.restart');
    await Promise.all([restart(), restart()]);
    assert.equal(editor.clients.length, 3);
    assert.deepEqual(editor.clients.map((client) => client.calls), [
      [['start'], ['dispose']],
      [['start'], ['dispose']],
      [['start']],
    ]);
  });

  test('ask the editor for the fixes and for dry runs', async () => {
    const editor = new Editor();
    await editor.activate();
    await editor.commands.get('epochzero.fixAll')();
    await editor.commands.get('epochzero.confirmHere')();
    assert.deepEqual(editor.executed, [
      ['editor.action.codeAction', { kind: 'source.fixAll.epochzero', apply: 'first' }],
      ['editor.action.codeAction', { kind: 'quickfix.confirm.epochzero', apply: 'ifSingle' }],
    ]);
  });

  test('show the log, and in it what helps to find a fault', async () => {
    const editor = new Editor();
    await editor.activate();
    await editor.commands.get('epochzero.showLogs')();
    assert.equal(editor.output.shown, 1);
    await editor.commands.get('epochzero.debugInformation')();
    assert.equal(editor.output.shown, 2);
    const shown = JSON.parse(editor.lines.at(-1));
    assert.equal(shown.version, '9.8.7');
    assert.equal(shown.program.origin, 'PATH');
    assert.deepEqual(shown.server, { name: 'epochzero', version: '0' });
    assert.equal(shown.running, true);
    assert.equal(shown.trusted, true);
  });

  test('go with the extension', async () => {
    const editor = new Editor();
    const extension = await editor.activate();
    await extension.deactivate();
    assert.deepEqual(editor.clients[0].calls.at(-1), ['dispose']);
    for (const subscription of editor.context.subscriptions) subscription.dispose();
    assert.equal(editor.commands.size, 0);
  });
});
