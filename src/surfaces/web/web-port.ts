// Owns what the page asks of the tool: it shows and hands over, and decides nothing itself.
import type { Result } from '../../basics/result.ts';
import type { PersonAnswer } from '../../run/answers/person-answer.ts';
import type { Page, PageBlock } from '../reports/page/page.ts';
import type { Person } from './person.ts';

/** A run in a list. */
export interface WebRun {
  readonly id: string;
  readonly title: string;
  /** One word or two for how it stands, such as `running`, `paused`, `rolled-back`. */
  readonly status: string;
  /** What one that rests waits for, in a few words; absent for all others. */
  readonly waits?: string;
  readonly startedBy: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly cause?: string;
}

/** Which runs are listed, newest first. */
export interface RunFilter {
  readonly status?: 'open' | 'ended';
  /** The path of a runbook in the library. */
  readonly runbook?: string;
  /** Only runs that are older than this one. */
  readonly before?: string;
  readonly limit: number;
}

/** Something that a run waits with for people. */
export type WebQuestion =
  | {
      readonly type: 'approval';
      readonly address: string;
      /** By which an answer names what was looked at. */
      readonly digest: string;
      readonly asked: string;
      /** ISO 8601; what becomes of it then stands in `asked`. */
      readonly expiresAt?: string;
      /** Why the person who looks cannot answer it; absent where they can. */
      readonly whyNot?: string;
      /** What the runbook says there: HTML without any of the author's own tags. */
      readonly says?: string;
      /** Everything that is approved. */
      readonly shown: readonly PageBlock[];
    }
  | {
      readonly type: 'question';
      readonly id: string;
      readonly place: string;
      readonly asked: string;
      readonly says?: string;
      readonly shown: readonly PageBlock[];
      readonly words: readonly string[];
      /** What each of the words does; those that say it themselves are left out. */
      readonly meanings: Readonly<Record<string, string>>;
      /** The boxes of a checklist. */
      readonly boxes?: readonly { readonly text: string; readonly ticked: boolean }[];
      /** What has to be written with the answer. */
      readonly value?: { readonly label: string; readonly choices?: readonly string[] };
    };

/** A run as its page shows it. */
export interface ShownRun extends WebRun {
  /** Why it could not go on when it was taken up last, where its record does not say so. */
  readonly stuck?: string;
  /** How long its record was: a longer one has something new to show. */
  readonly mark: number;
  /** A process works on it. */
  readonly isLive: boolean;
  /** It waits for its turn, or never had one: there is no record of it. */
  readonly isUnbegun?: true;
  /** It has not ended, and somebody can end it here. */
  readonly isOpen: boolean;
  /** It rests with nothing that is asked: somebody has paused it, or it could not go on; what runs may not have ended yet. */
  readonly canGoOn: boolean;
  readonly questions: readonly WebQuestion[];
  /** What blocks that run now have printed so far. */
  readonly running: readonly PageBlock[];
  readonly report: Page;
  /** Files of output that can be fetched, by name. */
  readonly outputs: readonly { readonly name: string; readonly label: string; readonly bytes: number }[];
}

/** What somebody says on the page to a run. */
export type WebAnswer =
  | {
      readonly type: 'approve' | 'deny';
      readonly address: string;
      readonly digest: string;
      readonly comment?: string;
    }
  | { readonly type: 'answer'; readonly question: string; readonly answer: PersonAnswer }
  /** Behind the block that runs now; after such a pause; at once. */
  | { readonly type: 'pause' | 'resume' | 'stop' };

/** Where the runbooks of a library are from, in sentences. */
export interface LibrarySource {
  readonly words: string;
  readonly trouble?: string;
}

/** A runbook of the library. */
export interface LibraryEntry {
  readonly path: string;
  readonly title: string;
  readonly owner?: string;
  readonly severity?: string;
  readonly tags: readonly string[];
  /** What check finds. */
  readonly problems: number;
  /** How many of these keep it from being run. */
  readonly errors: number;
  /** What starts it beside people, in words. */
  readonly startedBy: readonly string[];
}

/** An input that a form asks for. */
export interface WebInput {
  readonly name: string;
  readonly description?: string;
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly pattern?: string;
  readonly required: boolean;
  /** Its value is never typed here: where it comes from, in words. */
  readonly secret?: string;
}

/** A runbook as the page of the library shows it. */
export interface LibraryPage extends LibraryEntry {
  /** HTML without any of the author's own tags. */
  readonly html: string;
  readonly findings: readonly string[];
  readonly inputs: readonly WebInput[];
}

/** What starts a run from the page. */
export interface StartRequest {
  readonly path: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The same of the same person is the same start, told again: a form that is sent twice, a program that asks once more. */
  readonly key?: string;
}

/** What came of a start. */
export interface StartedRun {
  readonly run: string;
  /** No run of its own: this one was there already, and it is left to that. */
  readonly isJoined: boolean;
}

/** An event that was received, in a list. */
export interface WebEvent {
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly title: string;
  readonly state: string;
  /** What came of it, a sentence a runbook. */
  readonly came: readonly string[];
  readonly runs: readonly string[];
}

/** Why something could not be done, in words, and the status of HTTP that says so. */
export interface WebRefusal {
  readonly status: 400 | 403 | 404 | 409 | 410 | 422 | 503;
  readonly message: string;
}

/** Everything that the page can show and do. */
export interface WebPort {
  runs(filter: RunFilter): Promise<readonly WebRun[]>;
  run(id: string, person: Person): Promise<ShownRun | undefined>;
  /** What blocks of a run that run now have printed so far; undefined where there is no such run. */
  running(id: string): Promise<readonly PageBlock[] | undefined>;
  handOver(id: string): Promise<Page | undefined>;
  /** The whole of it, as it is stored: secrets are out of it already. */
  outputStream(id: string, name: string): Promise<ReadableStream<Uint8Array> | undefined>;
  answer(id: string, person: Person, answer: WebAnswer): Promise<Result<string, WebRefusal>>;
  library(): Promise<readonly LibraryEntry[]>;
  /** Which commit of which repository it is, in words, and why there is no newer one; undefined for a folder. */
  librarySource(): LibrarySource | undefined;
  runbook(path: string): Promise<LibraryPage | undefined>;
  start(person: Person, request: StartRequest): Promise<Result<StartedRun, WebRefusal>>;
  events(before: string | undefined): Promise<readonly WebEvent[]>;
  event(id: string): Promise<{ readonly event: WebEvent; readonly shown: readonly PageBlock[] } | undefined>;
  replay(id: string, person: Person): Promise<Result<string, WebRefusal>>;
  statistics(): Promise<Page>;
  /** Whether there is such a run, begun or not. */
  hasRun(id: string): Promise<boolean>;
  /**
   * Calls back with the mark of a run, at once and whenever there is more of it, and with none where the server knows
   * something else of it than before; gives what ends that.
   */
  watch(id: string, onChange: (mark?: number) => void): () => void;
  /** Calls back, often, while blocks of a run print; gives what ends that. */
  watchOutput(id: string, onMore: () => void): () => void;
}
