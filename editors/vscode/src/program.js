'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');
const { SECTION, substituted } = require('./settings');

const NAME = process.platform === 'win32' ? 'epochzero.exe' : 'epochzero';

/**
 * Finds the program to run.
 *
 * @returns {{command: string, origin: string} | undefined} Its absolute path and who named it; undefined where there is none.
 */
function findProgram(extensionPath) {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const named = settings.get('path', []).map(substituted);
  const places = named.map((command) => ({ command, origin: `${SECTION}.path` }));
  if (settings.get('importStrategy', 'fromEnvironment') === 'fromEnvironment') {
    places.push(...searchPath().map((command) => ({ command, origin: 'PATH' })));
  }
  places.push({ command: path.join(extensionPath, 'bundled', NAME), origin: 'the extension' });
  // A relative path would let the opened folder name the program.
  return places.find(({ command }) => path.isAbsolute(command) && canRun(command));
}

function searchPath() {
  return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, NAME));
}

function canRun(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = { findProgram };
