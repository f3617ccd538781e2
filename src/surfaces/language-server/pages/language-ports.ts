// Owns what the language server needs to be given: how pages are read and checked, and what the documentation says.
import type { Runbook } from '../../../runbook/runbook.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { SourceFile } from '../../../text/source-file.ts';

/** A page as the tool understands it. */
export interface UnderstoodText {
  /** Absent where it, or the configuration that holds for it, cannot be read. */
  readonly runbook?: Runbook;
  /** What the diagnostics are about: the page, or a file of its configuration. */
  readonly source: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the documentation says of an attribute or a key of the front matter, in Markdown. */
export interface Described {
  readonly kind: 'attribute' | 'front matter key';
  readonly syntax: string;
  readonly text: string;
}

/** What the server asks of the tool and of the disk. */
export interface LanguagePorts {
  /** Reads a page; what is beside it is looked for beside `path`. Configuration is read anew. */
  readonly understand: (path: string, bytes: Uint8Array) => UnderstoodText;
  /** All that `check` finds in it. */
  readonly findAll: (path: string, understood: UnderstoodText) => readonly Diagnostic[];
  /** Whether a folder's list has the page: prose alone is no runbook. */
  readonly isListed: (source: SourceFile) => boolean;
  /** What a code means, in Markdown. */
  readonly explain: (code: string) => string | undefined;
  readonly describe: (name: string) => readonly Described[];
  /** Names of the channels that hold for a page. */
  readonly channels: (path: string) => readonly string[];
  /** Files of the configuration that hold for a page, the weaker first. */
  readonly configurationFiles: (path: string) => readonly string[];
  /** Paths of all Markdown files below a folder; none where it cannot be read. */
  readonly pagesBelow: (folder: string) => readonly string[];
  /** Undefined where it cannot be read. */
  readonly readBytes: (path: string) => Uint8Array | undefined;
}
