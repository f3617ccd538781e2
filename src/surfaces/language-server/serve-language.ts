// Owns the language server: what an editor asks over a pair of streams, and what it is answered.
import type { Readable, Writable } from 'node:stream';
import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeLenses, lensCommands } from './code-lenses.ts';
import { completeAt } from './completion/complete-at.ts';
import { documentSymbols } from './document-symbols.ts';
import { hoverAt } from './hover-at.ts';
import { DiagnosticTeller } from './mending/diagnostic-teller.ts';
import { quickFixes } from './mending/quick-fixes.ts';
import { findDefinition, findReferences } from './names/find-definition.ts';
import { renamedAt, renameThing } from './names/rename-thing.ts';
import type { LanguagePorts } from './pages/language-ports.ts';
import type { OpenPage } from './pages/open-page.ts';
import { pathOf, Workspace } from './pages/workspace.ts';

type Connection = ReturnType<typeof createConnection>;

/** Serves an editor until it says that it is done, or the input ends. */
export function serveLanguage(
  input: Readable,
  output: Writable,
  version: string,
  ports: LanguagePorts,
): void {
  const connection = createConnection(ProposedFeatures.all, input, output);
  const texts = new TextDocuments(TextDocument);
  const workspace = new Workspace(ports, () => texts.all());
  const teller = new DiagnosticTeller(workspace, (params) => void connection.sendDiagnostics(params));
  let watches = false;
  connection.onInitialize((params) => {
    workspace.folders = foldersOf(params);
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return { capabilities, serverInfo: { name: 'runsheet', version } };
  });
  connection.onInitialized(() => {
    const watchers = ['**/*.md', '**/*.markdown', '**/runsheet.yaml'].map((globPattern) => ({ globPattern }));
    if (watches)
      void connection.sendRequest('client/registerCapability', {
        registrations: [
          { id: 'files', method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers } },
        ],
      });
  });
  texts.onDidChangeContent(({ document }) => teller.later(document.uri));
  texts.onDidClose(({ document }) => teller.close(document.uri));
  // What is beside a page may have changed with it: linked pages, configuration.
  const again = () => {
    for (const { uri } of texts.all()) {
      workspace.forget(uri);
      teller.later(uri);
    }
  };
  texts.onDidSave(again);
  connection.onDidChangeWatchedFiles(again);
  answerQuestions(connection, workspace, teller);
  texts.listen(connection);
  connection.listen();
}

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: ['{', '=', ' ', ',', '$', '#', '(', '/', '`', ':'] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  codeLensProvider: {},
  codeActionProvider: { codeActionKinds: ['quickfix'] },
  executeCommandProvider: { commands: [lensCommands.check] },
};

function answerQuestions(connection: Connection, workspace: Workspace, teller: DiagnosticTeller): void {
  const of = <Answer>(uri: string, answer: (page: OpenPage) => Answer): Answer | null => {
    const page = workspace.page(uri);
    return page !== undefined && workspace.isRunbook(page) ? answer(page) : null;
  };
  connection.onCompletion(({ textDocument, position }) =>
    of(textDocument.uri, (page) => [...completeAt(page, position, workspace)]),
  );
  connection.onHover(({ textDocument, position }) =>
    of(textDocument.uri, (page) => hoverAt(page, position, teller.foundIn(page), workspace) ?? null),
  );
  connection.onDefinition(({ textDocument, position }) =>
    of(textDocument.uri, (page) => [...findDefinition(page, position, workspace)]),
  );
  connection.onReferences(({ textDocument, position, context }) =>
    of(textDocument.uri, (page) => [
      ...findReferences(page, position, context.includeDeclaration, workspace),
    ]),
  );
  connection.onDocumentSymbol(({ textDocument }) =>
    of(textDocument.uri, (page) => [...documentSymbols(page)]),
  );
  connection.onCodeLens(({ textDocument }) => of(textDocument.uri, (page) => [...codeLenses(page)]));
  connection.onPrepareRename(({ textDocument, position }) =>
    of(textDocument.uri, (page) => renamedAt(page, position) ?? null),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    of(textDocument.uri, (page) => {
      const renaming = renameThing(page, position, newName, workspace);
      if ('refusal' in renaming) return new ResponseError(requestFailed, renaming.refusal);
      return { changes: { ...renaming.changes } };
    }),
  );
  connection.onCodeAction(({ textDocument, range }) =>
    of(textDocument.uri, (page) =>
      teller
        .told(page)
        .filter(
          ({ told }) => told.range.start.line <= range.end.line && range.start.line <= told.range.end.line,
        )
        .flatMap(({ diagnostic, told }) => quickFixes(page, diagnostic, told)),
    ),
  );
  connection.onExecuteCommand(({ command, arguments: [uri] = [] }) =>
    command === lensCommands.check && typeof uri === 'string' ? teller.now(uri) : null,
  );
}

/** "Request failed" of the protocol: the request was right, and could not be done. */
const requestFailed = -32803;

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}
