'use strict';

// Stands in for the modules `vscode` and `vscode-languageclient/node`, which exist only inside the editor, and notes what
// the extension does with them.

const Module = require('node:module');
const path = require('node:path');
const manifest = require('../package.json');

const SOURCES = path.join(__dirname, '../src');

class Emitter {
  #listeners = [];
  event = (listener) => {
    this.#listeners.push(listener);
    return { dispose: () => (this.#listeners = this.#listeners.filter((known) => known !== listener)) };
  };
  async fire(value) {
    for (const listener of this.#listeners) await listener(value);
  }
}

/** An editor with one folder open. */
class Editor {
  settings = new Map();
  commands = new Map();
  executed = [];
  messages = [];
  lines = [];
  clients = [];
  /** How the next client starts. */
  startFailure;
  #configuration = new Emitter();
  #trust = new Emitter();

  constructor({ isTrusted = true, folder = '/workspace' } = {}) {
    const editor = this;
    const line = (text) => editor.lines.push(text);
    this.output = { appendLine: line, info: line, warn: line, error: line, shown: 0, show() { this.shown++; }, dispose() {} };
    this.vscode = {
      version: '1.82.0',
      commands: {
        registerCommand(name, action) {
          if (editor.commands.has(name)) throw new Error(`${name} is registered twice`);
          editor.commands.set(name, action);
          return { dispose: () => editor.commands.delete(name) };
        },
        async executeCommand(...call) {
          editor.executed.push(call);
        },
      },
      window: {
        createOutputChannel(name, options) {
          editor.channel = { name, options };
          return editor.output;
        },
        async showErrorMessage(...message) {
          editor.messages.push(message);
          return editor.choice;
        },
      },
      workspace: {
        isTrusted,
        workspaceFolders: [{ uri: { fsPath: folder }, name: 'workspace', index: 0 }],
        getConfiguration: (section) => ({ get: (key, otherwise) => editor.get(`${section}.${key}`, otherwise) }),
        onDidChangeConfiguration: this.#configuration.event,
        onDidGrantWorkspaceTrust: this.#trust.event,
      },
    };
    this.languageClient = {
      LanguageClient: class {
        calls = [];
        initializeResult;
        constructor(id, name, serverOptions, clientOptions) {
          Object.assign(this, { id, name, serverOptions, clientOptions });
          editor.clients.push(this);
        }
        async start() {
          this.calls.push(['start']);
          if (editor.startFailure) throw editor.startFailure;
          this.initializationOptions = this.clientOptions.initializationOptions();
          this.initializeResult = { serverInfo: { name: 'epochzero', version: '0' } };
        }
        async sendNotification(...call) {
          this.calls.push(call);
        }
        async dispose() {
          this.calls.push(['dispose']);
        }
      },
    };
  }

  /** As VS Code does: what is not set is as the manifest says, and a setting that it does not declare is nothing. */
  get(name, otherwise) {
    const declared = manifest.contributes.configuration.properties[name];
    if (!declared) throw new Error(`package.json does not declare ${name}`);
    return this.settings.get(name) ?? declared.default ?? otherwise;
  }

  async set(name, value) {
    this.settings.set(name, value);
    await this.#configuration.fire({
      affectsConfiguration: (section) => name === section || name.startsWith(`${section}.`),
    });
  }

  async grantTrust() {
    this.vscode.workspace.isTrusted = true;
    await this.#trust.fire();
  }

  /** Activates the extension, loaded anew, inside this editor. */
  async activate(extensionPath = '/extension') {
    this.context = { extensionPath, extension: { packageJSON: manifest }, subscriptions: [] };
    const extension = this.load('extension.js');
    await extension.activate(this.context);
    return extension;
  }

  /** Loads a file of the extension anew, for this editor. */
  load(name) {
    const load = Module._load;
    const modules = { vscode: this.vscode, 'vscode-languageclient/node': this.languageClient };
    for (const file of Object.keys(require.cache)) if (path.dirname(file) === SOURCES) delete require.cache[file];
    Module._load = (request, ...rest) => modules[request] ?? load(request, ...rest);
    try {
      return require(path.join(SOURCES, name));
    } finally {
      Module._load = load;
    }
  }
}

module.exports = { Editor };
