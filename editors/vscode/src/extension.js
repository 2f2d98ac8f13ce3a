'use strict';

const { execFile } = require('node:child_process');
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { findProgram } = require('./program');
const { SECTION, serverSettings } = require('./settings');

/** Settings that change which program runs, or whether one does. */
const RESTARTING = ['enable', 'path', 'importStrategy'].map((name) => `${SECTION}.${name}`);

const DOCUMENTS = ['yaml', 'json', 'jsonc'].flatMap((language) => [
  { scheme: 'file', language },
  { scheme: 'untitled', language },
]);

/** Runs one server, one start or stop after the other. */
class Server {
  #context;
  #client;
  #program;
  #last = Promise.resolve();

  constructor(context, output) {
    this.#context = context;
    this.output = output;
  }

  start() {
    return this.#next(() => this.#start());
  }

  stop() {
    return this.#next(() => this.#stop());
  }

  restart() {
    return this.#next(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  /** Tells the server what the settings are now. */
  sendSettings() {
    return this.#next(async () => {
      const settings = { [SECTION]: serverSettings() };
      await this.#client?.sendNotification('workspace/didChangeConfiguration', { settings });
    });
  }

  /** What someone who looks for a fault wants to know. */
  async describe() {
    const program = this.#program ?? findProgram(this.#context.extensionPath);
    return {
      extension: this.#context.extension.packageJSON.version,
      editor: vscode.version,
      program: program ?? null,
      version: program ? await versionOf(program.command) : null,
      server: this.#client?.initializeResult?.serverInfo ?? null,
      running: this.#client !== undefined,
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      settings: serverSettings(),
    };
  }

  #next(step) {
    this.#last = this.#last.then(step).catch((error) => this.output.error(String(error?.stack ?? error)));
    return this.#last;
  }

  async #start() {
    if (this.#client || !vscode.workspace.getConfiguration(SECTION).get('enable', true)) return;
    this.#program = findProgram(this.#context.extensionPath);
    if (!this.#program) {
      askForProgram(this.output);
      return;
    }
    const { command, origin } = this.#program;
    this.output.info(`starting ${command} (from ${origin})`);
    const client = new LanguageClient(
      SECTION,
      'Epoch Zero',
      { command, args: ['server'] },
      {
        documentSelector: DOCUMENTS,
        diagnosticCollectionName: SECTION,
        outputChannel: this.output,
        initializationOptions: () => ({ settings: serverSettings() }),
        middleware: {
          workspace: {
            // The server asks for the whole section; what it is told is what it was told at the start.
            configuration: (params, token, next) =>
              params.items.every((item) => item.section === SECTION)
                ? params.items.map(() => serverSettings())
                : next(params, token),
            // `sendSettings` does it: the client's own way sends the settings as they stand, whatever the trust.
            didChangeConfiguration: async () => {},
          },
        },
      },
    );
    this.#client = client;
    try {
      await client.start();
    } catch (error) {
      this.#client = undefined;
      void vscode.window.showErrorMessage(`Epoch Zero: ${command} does not start: ${error?.message ?? error}`);
      throw error;
    }
  }

  async #stop() {
    const client = this.#client;
    this.#client = undefined;
    this.#program = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // Of a server that has gone already nothing more is wanted.
      this.output.warn(`stopping: ${error?.message ?? error}`);
    }
  }
}

function askForProgram(output) {
  const message = 'Epoch Zero: the program "epochzero" is not found; put it on the PATH, or set "epochzero.path".';
  output.error(message);
  void vscode.window.showErrorMessage(message, 'Open Settings').then((choice) => {
    if (choice) return vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.path`);
  });
}

function versionOf(command) {
  return new Promise((resolve) => {
    execFile(command, ['--version'], { timeout: 5000 }, (error, stdout) => resolve(error ? String(error) : stdout.trim()));
  });
}

let server;

async function activate(context) {
  const output = vscode.window.createOutputChannel('Epoch Zero', { log: true });
  server = new Server(context, output);
  const register = (name, action) => vscode.commands.registerCommand(`${SECTION}.${name}`, action);
  context.subscriptions.push(
    output,
    register('restart', () => server.restart()),
    register('showLogs', () => output.show()),
    register('fixAll', () =>
      vscode.commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.epochzero', apply: 'first' }),
    ),
    // The lenses need none: the client library registers the commands of the server.
    register('confirmHere', () =>
      vscode.commands.executeCommand('editor.action.codeAction', { kind: 'quickfix.confirm.epochzero', apply: 'ifSingle' }),
    ),
    register('debugInformation', async () => {
      output.appendLine(JSON.stringify(await server.describe(), null, 2));
      output.show();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (RESTARTING.some((name) => change.affectsConfiguration(name))) return server.restart();
      if (change.affectsConfiguration(SECTION)) return server.sendSettings();
    }),
    // Now the workspace may say where the program is, and have rules of its own.
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
  );
  await server.start();
}

function deactivate() {
  return server?.stop();
}

module.exports = { activate, deactivate };
