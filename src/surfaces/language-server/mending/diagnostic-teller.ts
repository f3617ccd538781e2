// Owns when an editor is told what is wrong with its pages: a moment after the last key, or at once where it asks.
import type { Diagnostic as EditorDiagnostic } from 'vscode-languageserver-types';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { OpenPage } from '../pages/open-page.ts';
import type { Workspace } from '../pages/workspace.ts';
import { toLspDiagnostic } from './to-lsp-diagnostic.ts';

/** How long nothing has to be typed. */
const restMs = 150;

/** What is sent of a page, of one of its versions. */
export interface ToldPage {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: EditorDiagnostic[];
}

/** A diagnostic as the tool has it, and as the editor was told it. */
export interface Told {
  readonly diagnostic: Diagnostic;
  readonly told: EditorDiagnostic;
}

/** Tells an editor of each page; of a page that is no runbook, nothing. */
export class DiagnosticTeller {
  readonly #workspace: Workspace;
  readonly #send: (page: ToldPage) => void;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #found = new WeakMap<OpenPage, readonly Told[]>();

  constructor(workspace: Workspace, send: (page: ToldPage) => void) {
    this.#workspace = workspace;
    this.#send = send;
  }

  /** Tells of the page once nothing has been typed for a moment. */
  later(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.set(
      uri,
      setTimeout(() => this.now(uri), restMs),
    );
  }

  /** Tells of the page as it is now; gives how much was found by its severity. */
  now(uri: string): { readonly errors: number; readonly warnings: number; readonly hints: number } {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    const page = this.#workspace.page(uri);
    const found = page && this.#workspace.isRunbook(page) ? this.told(page) : [];
    const version = this.#workspace.versionOf(uri);
    if (page !== undefined)
      this.#send({
        uri,
        ...(version !== undefined && { version }),
        diagnostics: found.map(({ told }) => told),
      });
    const count = (severity: string) =>
      found.filter(({ diagnostic }) => diagnostic.severity === severity).length;
    return { errors: count('error'), warnings: count('warning'), hints: count('hint') };
  }

  close(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    this.#workspace.close(uri);
    this.#send({ uri, diagnostics: [] });
  }

  /** All that is found in this version of a page, in source order. */
  told(page: OpenPage): readonly Told[] {
    const known = this.#found.get(page);
    if (known !== undefined) return known;
    const found = this.#workspace.ports
      .findAll(page.path, page.understood)
      .toSorted((left, right) => (left.span?.start ?? -1) - (right.span?.start ?? -1))
      .map((diagnostic) => ({ diagnostic, told: toLspDiagnostic(page, diagnostic) }));
    this.#found.set(page, found);
    return found;
  }

  foundIn(page: OpenPage): readonly Diagnostic[] {
    return this.told(page).map(({ diagnostic }) => diagnostic);
  }
}
