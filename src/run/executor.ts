// Owns what the engine needs of the world, as interfaces; adapters live above and are built in one place.
import type { AttemptResult, EventOf, FailureReason, HostResult } from './event.ts';
import type { Printed } from './expectations/printed.ts';
import type { FileChange } from './files/file-change.ts';
import type { SavedState } from './files/saved-state.ts';
import type { MaskedBytes, MaskedText } from './masking/redactor.ts';
import type { OutputChunk } from './output-chunk.ts';
import type { BlockItem } from './plan.ts';
import type { UnmetNeed } from './rules/unmet-needs.ts';

/** What a block, a condition or a probe is run with. */
export interface ExecutionRequest {
  readonly item: BlockItem;
  readonly attempt: number;
  /** Replaces the item's code: an operator's edit, or the text of a `when` or `check`. */
  readonly code: string;
  /** The operator has changed the code, so that its lines are none of the runbook. */
  readonly isEdited?: boolean;
  /** One-based line of the code from which it is run; all of it when absent. */
  readonly fromLine?: number;
  /** Without these the block is not run; blocks that should have set them have not. */
  readonly needs?: readonly UnmetNeed[];
  /** Set for a block that writes a file, or puts one back: what was kept of the file when it was looked at. */
  readonly kept?: SavedState;
  /**
   * Where it is run; on this machine when absent. As whom is the item's own word. Requests for different hosts may run at
   * once.
   */
  readonly host?: string;
  /**
   * Set for one item of a list. It runs in the state that the run is in and leaves nothing of its own there; requests for
   * different items may run at once.
   */
  readonly each?: EachItem;
  /** `block` stores output and state; `condition` runs in the shell's state without changing it. */
  readonly purpose: 'block' | 'condition';
  /** It was run before, and what it has set then stays: it hands on nothing, and leaves the shell's state as it is. */
  readonly isOnlyAsked?: boolean;
  /**
   * Called once, before any of the code is run and before anything else is changed, and waited for. What it throws
   * keeps the code from being run.
   */
  readonly beforeCode?: () => Promise<void>;
  /** Aborted when the operator interrupts: the process tree is ended INT, TERM, KILL. */
  readonly signal: AbortSignal;
  readonly onOutput: (chunk: OutputChunk) => void;
  /** Wanted for blocks that an operator sees; without it a block has pipes and an empty standard input. */
  readonly terminal?: TerminalRequest;
}

/** One item of a list. */
export interface EachItem {
  readonly item: string;
  /** Its place in the list, from 1. */
  readonly position: number;
}

/** The terminal of a running block, seen from outside: what is typed for the block goes in here. */
export interface BlockTerminal {
  write(bytes: Uint8Array): void;
  /** Tells the block how large its terminal is from now on. */
  resize(columns: number, rows: number): void;
}

/**
 * `own`: the block runs on a terminal made for it, and its output comes as chunks of the stream `terminal`.
 * `operator`: the terminal that the tool itself runs on is handed over whole, and nothing of it is recorded.
 * Only shell blocks can be given either; others run on pipes.
 */
export type TerminalRequest = OwnTerminal | { readonly type: 'operator' };

/** A terminal that is made for a block. */
export interface OwnTerminal {
  readonly type: 'own';
  readonly columns: number;
  readonly rows: number;
  /** Set where only lines are shown, and programs are told so by `TERM`; else the terminal can do what xterm can. */
  readonly kind?: 'dumb';
  /** Told when the block has begun, and with nothing when it has ended. */
  readonly attach: (terminal: BlockTerminal | undefined) => void;
}

/** An interactive shell for the operator, on a terminal made for it. */
export interface ShellRequest {
  /** The block whose variables and folder it gets beside the run's own; absent where none is asked about. */
  readonly item?: BlockItem;
  readonly columns: number;
  readonly rows: number;
  /** Told when the shell is there, and with nothing when it has ended. */
  readonly attach: (terminal: BlockTerminal | undefined) => void;
  /** What the shell shows. */
  readonly onBytes: (bytes: MaskedBytes) => void;
  /** Aborted when the shell is to end. */
  readonly signal: AbortSignal;
}

/** What is known of a shell that the operator has left; `problem` as in `ShellClosed`. */
export interface ShellResult {
  readonly durationMs: number;
  readonly shellState?: SavedState;
  readonly problem?: MaskedText;
}

/** How an attempt ended; a failure to start is data too. `Words` is plain text where nobody has masked it yet. */
export type ExecutionResult<Words extends string = MaskedText> =
  | {
      readonly ok: true;
      readonly result: AttemptResult<Words>;
      readonly stdout: StoredOutput;
      /** For the expectations of a block that has some. */
      readonly printed?: Printed;
    }
  | {
      readonly ok: false;
      readonly result: AttemptResult<Words>;
      readonly stdout: StoredOutput;
      readonly reason: FailureReason<Words>;
      /** The tool itself lacked what it needs to begin it, such as room on its disk. */
      readonly isNoFault?: true;
    };

/** Read access to what an attempt printed, as it may be told; bounded by the reader. */
export interface StoredOutput {
  /** Up to `limit` bytes of stdout from its start. */
  readStdout(limit: number): MaskedBytes;
  /** The same of stderr; on a terminal, all that went to it. */
  readStderr(limit: number): MaskedBytes;
  readonly stdoutBytes: number;
}

/** How a file stands to its block; where it differs, what was kept of it. */
export type FileComparison =
  | { readonly ok: true; readonly change: FileChange; readonly kept?: SavedState }
  | { readonly ok: false; readonly reason: FailureReason };
/** A host, with what was recorded of what it hands on. */
export type HandedOnFrom = Pick<HostResult, 'host' | 'captured'>;

/** What was handed on from hosts to later blocks. */
export interface HandedOn {
  readonly captured: Readonly<Record<string, MaskedText>>;
  readonly shellState?: SavedState;
  readonly warnings: readonly MaskedText[];
  /** Why nothing was: a value that no environment can hold. */
  readonly reason?: FailureReason;
}

/** How a block in the background ended. */
export type BackgroundEnd = Omit<EventOf<'BackgroundEnded'>, 'type'>;

/** What was printed into the output of a block that had ended. */
export type LateOutput = Omit<EventOf<'LateOutput'>, 'type'>;

/** Runs blocks; one per run, so that state can be carried over. */
export interface Executor {
  run(request: ExecutionRequest): Promise<ExecutionResult>;
  /**
   * Looks at the file of a block that writes one, changes nothing, and keeps what is needed to put the file back. With
   * something kept, it is told whether the file is what it was then.
   */
  compareFile(request: ExecutionRequest): Promise<FileComparison>;
  /** Resolves when the operator has left the shell; its state is then that of the blocks that follow. */
  openShell(request: ShellRequest): Promise<ShellResult>;
  /** Sets environment variables for all later blocks (captures, inputs). */
  setVariables(variables: Readonly<Record<string, string>>): Promise<void>;
  /**
   * Hands on what a block left on its hosts: the values of one host as they are, those of several as tables of
   * host and value; those of the items of a list always as tables. `hosts` are those that count, with what was
   * recorded of them; `isOne` says that the values are to be handed on as they are.
   */
  handOn(item: BlockItem, hosts: readonly HandedOnFrom[], isOne: boolean): Promise<HandedOn>;
  /** Background blocks that ended since the last call. */
  onBackgroundEnd(listener: (end: BackgroundEnd) => void): void;
  /** Called when nothing more is printed into the output of a block that has ended, where anything was; at `close` at last. */
  onLateOutput(listener: (late: LateOutput) => void): void;
  /** Ends the blocks that go on in the background, and gives the ends that nobody was told of. */
  endBackground(): Promise<readonly BackgroundEnd[]>;
  /** Runs the EXIT traps that blocks have set and that wait for the end of the run's shells; they wait no longer. */
  runExitTraps(): Promise<void>;
  /** Ends every process that is still alive; gives what `endBackground` does. */
  close(): Promise<readonly BackgroundEnd[]>;
}
