// Owns an editor that talks to the built language server: a real client of the protocol over its standard streams.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  Position,
  PublishDiagnosticsParams,
  TextEdit,
} from 'vscode-languageserver-protocol';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** The built tool. */
export const tool = fileURLToPath(new URL('../../../dist/runsheet.js', import.meta.url));

/** One editor with one folder. */
export class Editor {
  readonly folder: string;
  readonly server: ChildProcess;
  readonly connection: ReturnType<typeof createProtocolConnection>;
  readonly #texts = new Map<string, TextDocument>();
  readonly #told = new Map<string, PublishDiagnosticsParams[]>();
  readonly #waiting = new Set<() => void>();

  private constructor(folder: string) {
    this.folder = folder;
    const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
    this.server = spawn(process.execPath, [tool, 'lsp', '--stdio'], {
      env: { ...env, XDG_CONFIG_HOME: join(folder, '.config') },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = this.server;
    if (stdin === null || stdout === null) throw new Error('no streams');
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#told.set(params.uri, [...(this.#told.get(params.uri) ?? []), params]);
      for (const look of this.#waiting) look();
    });
    this.connection.listen();
  }

  /** Starts the server for a folder with these files. */
  static async open(files: Readonly<Record<string, string>> = {}): Promise<Editor> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'runsheet-lsp-')));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const editor = new Editor(folder);
    onTestFinished(() => editor.close());
    await editor.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'folder' }],
      capabilities: {},
    });
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  async close(): Promise<void> {
    if (this.server.exitCode === null) {
      const ended = new Promise((resolve) => this.server.once('exit', resolve));
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  uri(name: string): string {
    return pathToFileURL(join(this.folder, name)).href;
  }

  text(name: string): string {
    return this.#document(name).getText();
  }

  /** Opens a page and gives what is told of it. */
  async show(name: string, text: string): Promise<readonly Diagnostic[]> {
    const document = TextDocument.create(this.uri(name), 'markdown', 1, text);
    this.#texts.set(name, document);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: document.uri, languageId: 'markdown', version: 1, text },
    });
    return this.told(name);
  }

  /** Makes changes as an editor does, and sends them one by one. */
  async change(name: string, edits: readonly TextEdit[]): Promise<void> {
    const ordered = [...edits].sort(
      (left, right) =>
        right.range.start.line - left.range.start.line ||
        right.range.start.character - left.range.start.character,
    );
    const document = this.#document(name);
    const contentChanges = ordered.map(({ range, newText }) => ({ range, text: newText }));
    const next = TextDocument.update(document, contentChanges, document.version + 1);
    this.#texts.set(name, next);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: next.uri, version: next.version },
      contentChanges,
    });
  }

  /** Types a text at the end of a page, key by key. */
  async type(name: string, text: string): Promise<void> {
    for (const key of text) {
      const end = this.#document(name).positionAt(this.text(name).length);
      await this.change(name, [{ range: { start: end, end }, newText: key }]);
    }
  }

  /** What is told of the page as it stands now. */
  told(name: string): Promise<readonly Diagnostic[]> {
    const { uri, version } = this.#document(name);
    return new Promise((resolve) => {
      const look = () => {
        const found = this.#told.get(uri)?.findLast((one) => one.version === version);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found.diagnostics);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** How often something was told of a page. */
  timesTold(name: string): number {
    return this.#told.get(this.uri(name))?.length ?? 0;
  }

  /** Where `word` stands first in a page; `within` counts from its start. */
  at(name: string, word: string, within = 0): Position {
    const index = this.text(name).indexOf(word);
    if (index === -1) throw new Error(`${name} has no ${word}`);
    return this.#document(name).positionAt(index + within);
  }

  /** The text of a range. */
  slice(name: string, { start, end }: { start: Position; end: Position }): string {
    return this.#document(name).getText({ start, end });
  }

  ask<Answer>(method: string, name: string, more: object = {}): Promise<Answer> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(name) }, ...more });
  }

  async complete(name: string, position: Position): Promise<readonly CompletionItem[]> {
    return (await this.ask<CompletionItem[] | null>('textDocument/completion', name, { position })) ?? [];
  }

  /** What mends a diagnostic. */
  async fixes(name: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]> {
    const more = { range: diagnostic.range, context: { diagnostics: [diagnostic] } };
    const actions = (await this.ask<CodeAction[] | null>('textDocument/codeAction', name, more)) ?? [];
    return actions.filter(
      ({ diagnostics }) =>
        diagnostics?.[0]?.message === diagnostic.message &&
        JSON.stringify(diagnostics[0].range) === JSON.stringify(diagnostic.range),
    );
  }

  /** Makes the changes of a quick fix, all of which have to be of that page. */
  async apply(name: string, { edit }: CodeAction): Promise<void> {
    await this.change(name, edit?.changes?.[this.uri(name)] ?? []);
  }

  #document(name: string): TextDocument {
    const document = this.#texts.get(name);
    if (document === undefined) throw new Error(`${name} is not open`);
    return document;
  }
}
