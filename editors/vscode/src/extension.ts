// Owns what the extension adds to the language server: starting it, and a terminal in which a page is run.
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Called by the editor when the first Markdown file is opened. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand('runsheet.runFrom', runFrom),
    vscode.commands.registerCommand('runsheet.restart', start),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('runsheet.command')) await start();
    }),
  );
  await start();
}

/** Called by the editor when it ends. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(): Promise<void> {
  await client?.stop();
  const [command = 'runsheet', ...args] = words();
  client = new LanguageClient(
    'runsheet',
    'Runsheet',
    { command, args: [...args, 'lsp'] },
    { documentSelector: [{ scheme: 'file', language: 'markdown' }] },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `Runsheet: \`${command}\` cannot be started: ${why}. See \`runsheet.command\`.`,
    );
  }
}

/** The words of the command; a relative path starts at the folder of the workspace. */
function words(): readonly string[] {
  const [command = 'runsheet', ...args] = vscode.workspace
    .getConfiguration('runsheet')
    .get<string[]>('command', []);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const isRelative = command.includes('/') && !isAbsolute(command);
  return [isRelative && folder !== undefined ? join(folder, command) : command, ...args];
}

/** Guided, in a terminal of its own: the program is started as it is, and no shell reads the name of the file. */
function runFrom(file: string, step: string): void {
  const [command, ...args] = words();
  const shellArgs = [...args, 'run', file, '--from', step];
  vscode.window
    .createTerminal({ name: `runsheet: ${step}`, ...(command && { shellPath: command }), shellArgs })
    .show();
}
