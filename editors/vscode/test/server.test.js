'use strict';

// The extension with the real server, which must be on the PATH: only editor and client library are stand-ins.

const assert = require('node:assert/strict');
const { spawn, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { after, before, test } = require('node:test');
const { Editor } = require('./stand-ins');

const CONFIG = `epochzero: 1
model:
  layers:
    - {kind: input, shape: [12]}
    - {kind: dense, name: narrow, units: 1, activation: relu}
    - {kind: dropout, rate: 0.8}
    - {kind: dense, name: out, units: 3}
`;

let folder;

before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'epochzero-workspace-'));
  process.env.EPOCHZERO_DRYRUN = path.join(__dirname, '../../../Tests/Server/stand_in_runner.py');
  fs.writeFileSync(path.join(folder, 'config.yaml'), CONFIG);
  fs.writeFileSync(path.join(folder, 'epochzero.yaml'), 'plugins: mine\n');
  execFileSync('epochzero', ['new-rule', 'team/too-narrow', '--dir', path.join(folder, 'mine')]);
});

after(() => fs.rmSync(folder, { recursive: true }));

/** A client that speaks to the server as the real one does, as far as the extension has a say in it. */
class SpeakingClient {
  #process;
  #received = Buffer.alloc(0);
  #pending = new Map();
  #waiting = [];
  #diagnostics = [];

  constructor(id, name, serverOptions, clientOptions) {
    Object.assign(this, { serverOptions, clientOptions });
  }

  async start() {
    this.#process = spawn(this.serverOptions.command, this.serverOptions.args, { cwd: folder });
    this.exited = new Promise((resolve) => this.#process.on('exit', resolve));
    this.#process.stdout.on('data', (chunk) => this.#take(chunk));
    const uri = pathToFileURL(folder).href;
    this.initializeResult = await this.#request('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'workspace' }],
      capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
      initializationOptions: this.clientOptions.initializationOptions(),
    });
    await this.sendNotification('initialized', {});
    await this.sendNotification('textDocument/didOpen', {
      textDocument: { uri: `${uri}/config.yaml`, languageId: 'yaml', version: 1, text: CONFIG },
    });
  }

  /** Asks the server something about the config. */
  ask(method, params) {
    return this.#request(method, { textDocument: { uri: `${pathToFileURL(folder).href}/config.yaml` }, ...params });
  }

  async sendNotification(method, params) {
    this.#send({ method, params });
  }

  async dispose() {
    await this.#request('shutdown');
    await this.sendNotification('exit');
    this.status = await this.exited;
  }

  /** The rules of the findings that are shown, once they are as wanted. */
  shown(isWanted) {
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`waited 10 s for other findings than ${this.#diagnostics}`));
      this.#waiting.push({ isWanted, resolve, timer: setTimeout(late, 10_000) });
      this.#settle();
    });
  }

  #settle() {
    this.#waiting = this.#waiting.filter(({ isWanted, resolve, timer }) => {
      if (!isWanted(this.#diagnostics)) return true;
      clearTimeout(timer);
      resolve(this.#diagnostics);
      return false;
    });
  }

  #request(method, params) {
    const id = this.#pending.size + 1;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.#pending.set(id, resolve));
  }

  #send(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #take(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.#received.subarray(0, end))[1]);
      if (this.#received.length < end + 4 + length) return;
      const message = JSON.parse(this.#received.subarray(end + 4, end + 4 + length));
      this.#received = this.#received.subarray(end + 4 + length);
      this.#handle(message);
    }
  }

  #handle({ id, method, params, result }) {
    if (method === undefined) return this.#pending.get(id)(result);
    if (method === 'workspace/configuration') {
      const { configuration } = this.clientOptions.middleware.workspace;
      return this.#send({ id, result: configuration(params, undefined, () => assert.fail('another section')) });
    }
    if (method === 'textDocument/publishDiagnostics' && params.uri.endsWith('/config.yaml')) {
      this.#diagnostics = params.diagnostics.map(({ source, code }) => `${source} ${code}`);
      this.messages = params.diagnostics.map(({ message }) => message);
      return this.#settle();
    }
    if (id !== undefined) this.#send({ id, result: null });
  }
}

async function start(options) {
  const editor = new Editor({ folder, ...options });
  const clients = [];
  editor.languageClient.LanguageClient = class extends SpeakingClient {
    constructor(...parts) {
      super(...parts);
      clients.push(this);
    }
  };
  const extension = await editor.activate();
  assert.equal(clients.length, 1, `the server did not start: ${editor.messages}`);
  return { editor, extension, clients };
}

const BUILT_IN = 'epochzero dropout/keep-as-drop';
const OWN = 'epochzero team/too-narrow';

test('shows findings, takes in changed settings, and ends', async () => {
  const { editor, extension, clients } = await start({ isTrusted: false });
  assert.equal(clients[0].initializeResult.serverInfo.name, 'epochzero');
  await clients[0].shown((rules) => rules.includes(BUILT_IN));
  await editor.set('epochzero.ignore', ['dropout']);
  await clients[0].shown((rules) => !rules.includes(BUILT_IN));
  await editor.set('epochzero.ignore', []);
  await clients[0].shown((rules) => rules.includes(BUILT_IN));
  await extension.deactivate();
  assert.equal(clients[0].status, 0);
});

test('loads the rules of the workspace when it is trusted, not before', async () => {
  const { editor, extension, clients } = await start({ isTrusted: false });
  const before = await clients[0].shown((rules) => rules.includes(BUILT_IN));
  assert.ok(!before.includes(OWN), String(before));
  await editor.grantTrust();
  assert.equal(clients[0].status, 0);
  await clients[1].shown((rules) => rules.includes(OWN));
  await editor.set('epochzero.trustWorkspace', false);
  await clients[1].shown((rules) => !rules.includes(OWN));
  await extension.deactivate();
});

test('confirms a finding by the command of its lens', async () => {
  const { extension, clients } = await start({ isTrusted: false });
  await clients[0].shown((rules) => rules.includes(BUILT_IN));
  const { commands } = clients[0].initializeResult.capabilities.executeCommandProvider;
  const lensOfRule = async () =>
    (await clients[0].ask('textDocument/codeLens')).find(({ command }) => BUILT_IN.endsWith(command.arguments[0].rule));
  const lens = await lensOfRule();
  assert.equal(lens.command.title, 'Confirm by a dry run');
  // The client library registers these and sends them to the server; the extension's own have other names.
  assert.ok(commands.includes(lens.command.command));
  assert.ok(!commands.includes('epochzero.confirmHere'));
  await clients[0].ask('workspace/executeCommand', lens.command);
  await clients[0].shown(() => clients[0].messages.some((message) => message.includes('\ndry run: confirmed: ')));
  const after = await lensOfRule();
  assert.match(after.command.title, /^confirmed: .* lower with the fix \(3 of 3 seeds\)$/);
  await extension.deactivate();
});
