'use strict';

const os = require('node:os');
const vscode = require('vscode');

const SECTION = 'epochzero';

/**
 * The settings that the server is told, by the names that it knows them by.
 *
 * The Lua rules of a workspace are programs, and so is what it has start dry runs: that they may be run is said only of a workspace that
 * VS Code trusts.
 */
function serverSettings() {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const told = {
    enable: settings.get('enable', true),
    configuration: substituted(settings.get('configuration', '')),
    select: settings.get('select', []),
    ignore: settings.get('ignore', []),
    inlayHints: {
      shapes: settings.get('inlayHints.shapes', true),
      parameters: settings.get('inlayHints.parameters', true),
      defaults: settings.get('inlayHints.defaults', true),
    },
    codeLens: settings.get('codeLens', true),
    logLevel: settings.get('logLevel', 'info'),
  };
  const minSeverity = settings.get('minSeverity', null);
  if (minSeverity !== null) told.minSeverity = minSeverity;
  if (vscode.workspace.isTrusted) told.trustWorkspace = settings.get('trustWorkspace', true);
  return told;
}

/** Replaces `${workspaceFolder}`, `${userHome}` and `${env:NAME}`; what stands for nothing becomes empty. */
function substituted(text) {
  return text.replace(/\$\{(workspaceFolder|userHome|env:([^}]+))\}/g, (_, name, variable) => {
    if (name === 'userHome') return os.homedir();
    if (variable !== undefined) return process.env[variable] ?? '';
    return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  });
}

module.exports = { SECTION, serverSettings, substituted };
