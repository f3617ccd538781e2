// Owns what is typed after a block was let go and before its terminal is there: it is the block's.

import { languageOf } from '../../../languages/languages.ts';
import type { RunCommand } from '../../../run/command.ts';
import type { RunEvent } from '../../../run/event.ts';
import type { RunState } from '../../../run/state.ts';

/** Kept at most; nobody types more than a few lines ahead. */
const longestHeld = 4096;

/** Its condition may take a while to say whether a block runs at all. */
const longestUntilStartMs = 5000;

/** Not every system has terminals to give; so long after a block's start, keys are the tool's again. */
const longestUntilTerminalMs = 5000;

/** Holds bytes from `open` on, until they are taken or, a moment after the block's start, given back to the tool. */
export class TypeAhead {
  readonly #giveBack: (bytes: Uint8Array) => void;
  #held: Buffer | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(giveBack: (bytes: Uint8Array) => void) {
    this.#giveBack = giveBack;
  }

  get isOpen(): boolean {
    return this.#held !== undefined;
  }

  /** A block was let go. */
  open(): void {
    this.#held ??= Buffer.alloc(0);
    this.#giveBackIn(longestUntilStartMs);
  }

  push(bytes: Uint8Array): void {
    if (this.#held) this.#held = Buffer.concat([this.#held, bytes]).subarray(0, longestHeld);
  }

  /** The block has started; its terminal follows soon or never. */
  blockStarted(): void {
    if (this.isOpen) this.#giveBackIn(longestUntilTerminalMs);
  }

  /** Ends the holding and gives what was held, which may be nothing. */
  take(): Uint8Array {
    clearTimeout(this.#timer);
    const held = this.#held ?? Buffer.alloc(0);
    this.#held = undefined;
    return held;
  }

  #giveBackIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveBack(this.take()), ms);
  }
}

/** Whether a block with a terminal of its own may follow at once, for which the next keys are meant. */
export function letsBlockGo(command: RunCommand, { plan, indexOf }: RunState): boolean {
  const isAgain = command.type === 'DecideFailure' && /^(?:retry|run-rest)$/.test(command.decision);
  if (command.type !== 'RunBlock' && !isAgain) return false;
  const item = plan.items[indexOf.get(command.address) ?? -1];
  if (item?.kind !== 'block' || item.interactive || item.background) return false;
  if (item.hosts.length > 0 || item.each !== undefined) return false;
  return languageOf(item.language)?.family === 'shell';
}

const endings: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'BlockPassed',
  'TurnEnded',
  'BlockFailed',
  'BlockSkipped',
  'BlockAlreadyDone',
  'ApprovalRequested',
  'RunPaused',
  'RunEnded',
]);

/** Whether after this no block follows for which the next keys could be meant. */
export function endsTypeAhead({ type }: RunEvent): boolean {
  return endings.has(type);
}
