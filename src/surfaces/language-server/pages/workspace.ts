// Owns the pages that the server knows: those that are open in the editor, and those on disk below its folders.
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LanguagePorts } from './language-ports.ts';
import { type OpenPage, openPage } from './open-page.ts';

/** A text of the editor in one version. */
export interface EditedText {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

/** The pages of an editor. */
export class Workspace {
  /** Folders whose pages are looked at for links. */
  folders: readonly string[] = [];
  readonly ports: LanguagePorts;
  readonly #texts: () => readonly EditedText[];
  readonly #known = new Map<string, { readonly version: number; readonly page: OpenPage }>();
  readonly #runbooks = new Set<string>();

  constructor(ports: LanguagePorts, texts: () => readonly EditedText[]) {
    this.ports = ports;
    this.#texts = texts;
  }

  /** The page that the editor has open, as it stands there now; undefined where there is none, or it is no file. */
  page(uri: string): OpenPage | undefined {
    const text = this.#texts().find((one) => one.uri === uri);
    const path = pathOf(uri);
    if (text === undefined || path === undefined) return undefined;
    const known = this.#known.get(uri);
    if (known?.version === text.version) return known.page;
    const page = openPage(uri, path, new TextEncoder().encode(text.getText()), this.ports);
    this.#known.set(uri, { version: text.version, page });
    return page;
  }

  versionOf(uri: string): number | undefined {
    return this.#texts().find((one) => one.uri === uri)?.version;
  }

  /** What is understood of a page again: something beside it may have changed. */
  forget(uri: string): void {
    this.#known.delete(uri);
  }

  close(uri: string): void {
    this.forget(uri);
    this.#runbooks.delete(uri);
  }

  /** Whether it is a runbook. One that was stays so while it is open: half-typed, it may hold nothing to run. */
  isRunbook(page: OpenPage): boolean {
    if (this.#runbooks.has(page.uri)) return true;
    const is = hasOwnKey(page) || leadsOn(page) || this.ports.isListed(page.source);
    if (is) this.#runbooks.add(page.uri);
    return is;
  }

  /** A page by its path: as it stands in the editor, else as it is on disk; undefined where it cannot be read. */
  pageAt(path: string): OpenPage | undefined {
    // Editors write the same address in several ways.
    const text = this.#texts().find(({ uri }) => pathOf(uri) === path);
    if (text !== undefined) return this.page(text.uri);
    const bytes = this.ports.readBytes(path);
    return bytes && openPage(uriOf(path), path, bytes, this.ports);
  }

  /** The page that a link of `from` leads to. */
  linked(from: OpenPage, target: string): OpenPage | undefined {
    return target === '' ? from : this.pageAt(linkedPath(from.path, target));
  }

  /** All other pages that name this one in a link. */
  linkers(to: OpenPage): readonly OpenPage[] {
    const folders = this.folders.length > 0 ? this.folders : [dirname(to.path)];
    const paths = new Set(folders.flatMap((folder) => this.ports.pagesBelow(folder)));
    paths.delete(to.path);
    return [...paths].flatMap((path) => {
      const page = this.pageAt(path);
      return page && linksOf(page).some((target) => linkedPath(path, target) === to.path) ? [page] : [];
    });
  }
}

/** Keys that only a runbook's front matter has. */
const ownKeys = /^(?:inputs|approvals|escalation|handlers|on-failure|errexit|interpreters|accept):/;

function hasOwnKey({ lines }: OpenPage): boolean {
  return lines.some(({ kind, text }) => kind === 'front-matter' && ownKeys.test(text));
}

/** A page of steps that are other runbooks. */
function leadsOn({ runbook }: OpenPage): boolean {
  return runbook.steps.some(({ parts }) => parts.some(({ type }) => type === 'runbook-link'));
}

function linksOf({ lines }: OpenPage): readonly string[] {
  return lines.flatMap(({ kind, text }) =>
    kind === 'text' || kind === 'heading'
      ? [...text.matchAll(/\]\(<?([^)#\s>]+)/g)].map(([, target = '']) => target)
      : [],
  );
}

/** The path that a link of a page leads to. */
export function linkedPath(from: string, target: string): string {
  let written = target;
  try {
    written = decodeURIComponent(target);
  } catch {
    // A name may hold a percent sign of its own.
  }
  return resolve(dirname(from), written);
}

/** The path of a file; undefined for what an editor keeps elsewhere. */
export function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** How an editor names a file. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
