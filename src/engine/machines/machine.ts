// Owns the port of a machine that blocks run on; all else about an attempt is the same for every machine.
import type { ByteText } from '../../languages/shell/byte-text.ts';
import type { ShellDialect } from '../../languages/shell/shell-dialect.ts';
import type { UnheardFailure } from '../../languages/shell/unheard-failure.ts';
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { BlockItem } from '../../run/plan.ts';
import type { OutputMasker, OutputSource } from '../output/output-masker.ts';
import type { OutputStream } from '../output/output-stream.ts';
import type { StartFailure } from '../processes/start-process.ts';
import type { CarriedState } from '../shells/carried-state.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';

/** A script of ours for the `sh` of the machine, and what it reads. It is no block's code, and no file holds it here. */
export interface MachineScript {
  readonly text: ByteText;
  readonly input: Uint8Array;
}

/** This machine, or a host. */
export interface Machine {
  /** The host's name; absent for the machine that the tool itself runs on. */
  readonly host?: string;
  /** What blocks leave there for later ones. */
  readonly carried: CarriedState;
  /**
   * Finds what runs the code, and where. `apart` is for blocks that go on while others run: they get a shell of their
   * own.
   */
  prepare(request: ExecutionRequest, apart?: 'apart'): Promise<PreparedBlock | StartFailure>;
  /** The same for a script of ours, in the environment and the folder of the block. */
  prepareScript(request: ExecutionRequest, script: MachineScript): Promise<PreparedBlock | StartFailure>;
}

/** A block that can be started, once. */
export interface PreparedBlock {
  /** Its shell tells a state that later blocks start from. */
  readonly carriesState: boolean;
  /** It runs on the terminal that was asked for. */
  readonly onTerminal: boolean;
  start(job: MachineJob): Promise<RunningBlock>;
  /** Called when all that came of the block has been taken over. */
  done(): Promise<void>;
}

/** What a machine is given for one attempt. */
export interface MachineJob {
  /** Takes all that the block prints. */
  readonly output: OutputMasker;
  /** Called when all is ready, just before the code is run, and waited for; what it throws keeps it from being run. */
  readonly beforeCode: () => Promise<void>;
  /** Called when there is something to end. */
  readonly onStarted: () => void;
}

/** A block from its start to the last of what it left. */
export interface RunningBlock {
  /** Resolves when its process has ended; rejects where it could not be begun for a reason that is none of its own. */
  readonly ended: Promise<void>;
  /** Resolves, as soon as there is something to end, with what ends its whole tree: INT, TERM, KILL. */
  readonly started: Promise<() => Promise<void>>;
  /** Ends what is no process. */
  abort(): void;
  /** Reads the rest of its output and gives up all it was run with. Call it once, when its tree is gone. */
  settle(): Promise<BlockEnd>;
  /** The same where `ended` has rejected. */
  abandon(): Promise<void>;
}

/** Processes that go on after their block and still hold its output. */
export interface LeftBehind {
  /**
   * Gives `take` what they print from now on. Resolves when none of them can print any more, or the run gives them up.
   * Call it once.
   */
  follow(take: (stream: OutputStream, bytes: Uint8Array, from: OutputSource) => void): Promise<void>;
}

/** What a block came to, as its machine saw it. */
export interface BlockEnd {
  readonly outcome: ShellOutcome | StartFailure;
  /** What it wrote to `$RUNSHEET_OUTPUT`. */
  readonly outputFile?: string;
  /** Why that was not read: `it is a folder`. */
  readonly outputUnread?: string;
  /** What failed in it where nothing asks for an exit code, as far as its shell tells. */
  readonly unheard?: readonly UnheardFailure[];
  /** Why it was not begun, or why its end is not known, where the outcome does not say it. */
  readonly failure?: FailureReason<string>;
  /**
   * Takes over what it left in its shell; true where that changed anything. Absent where it left nothing. What the
   * operator should know joins the warnings.
   */
  readonly adopt?: (warnings: string[]) => boolean;
  /** The shell whose state it would leave; absent for other languages. */
  readonly dialect?: ShellDialect;
  /** Set where what it has started still holds its output. */
  readonly leftBehind?: LeftBehind;
  /** The same where nobody can read what that prints. */
  readonly leftUnheard?: true;
}

/** Bytes of `$RUNSHEET_OUTPUT` that are read at the most. */
export const outputFileLimitBytes = 8 * 1024 * 1024;

/** Why more is not read. */
export const tooLarge = 'it is too large';

/** On a terminal stdout cannot be told from the rest, so that it takes the pipe where its text is wanted. */
export function wantsStdout({ captures, expect }: BlockItem): boolean {
  return captures !== undefined || expect.length > 0;
}

/** Whether code ends at its first failing command: the runbook's word, else all but the code of a block that looks. */
export function isStrict({ item, purpose }: Pick<ExecutionRequest, 'item' | 'purpose'>): boolean {
  return item.errexit ?? (purpose === 'condition' || !item.looks);
}
