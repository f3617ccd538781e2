// Owns which output is on the screen: that of the block that runs or ran last, one that goes on in the background, or a
// stored one that is looked at.
import type { Address } from '../../../basics/address.ts';
import type { AttemptResult } from '../../../run/event.ts';
import type { BlockTerminal } from '../../../run/executor.ts';
import type { OutputChunk } from '../../../run/output-chunk.ts';
import type { OutputSummary } from '../../../run/output-summary.ts';
import type { RunState } from '../../../run/state.ts';
import type { CutOffOutput } from '../../../run/surface.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { ColourLevel } from '../../../view/layout/palette.ts';
import { labelOf, PrefixedOutput } from '../../prefixed-output.ts';
import type { OutputScreen, OutputScreenOptions } from './output-screen.ts';

/** How much of a stored output is shown; more is in the file. */
const recalledBytes = 1024 * 1024;

/** What the output of blocks is shown with. */
export interface BlockOutputOptions {
  readonly level: ColourLevel;
  /** The size that the terminal of a running block has. */
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly readOutputTail: (output: OutputSummary, maxBytes: number) => Uint8Array;
  readonly cutOffOutputs: (address: Address) => readonly CutOffOutput[];
  readonly onChange: () => void;
}

/** The output that may stand below the text. */
export interface ShownOutput {
  readonly address: Address;
  readonly screen: OutputScreen;
  /** The block still runs. */
  readonly live: boolean;
}

/** Blocks that go on in the background, the newest: the output of more of them is seen once they have ended. */
const mostBeside = 8;

interface LiveOutput {
  readonly address: Address;
  readonly attempt: number;
  readonly screen: OutputScreen;
  /** Of a block on several hosts, or for a list: each line behind the name of its host, or its item. */
  hosts?: PrefixedOutput;
}

type MakeScreen = (options: OutputScreenOptions) => OutputScreen;

/** Holds the emulated terminals of what blocks print. */
export class BlockOutput {
  readonly #options: BlockOutputOptions;
  /** The emulator is heavy and loaded with the first output; what comes before it is there waits. */
  #make: MakeScreen | undefined;
  #loading: Promise<void> | undefined;
  #early: OutputChunk[] = [];
  #live: LiveOutput | undefined;
  #running: Address | undefined;
  #begunLast: Address | undefined;
  /** Blocks that go on, and what those of them print that are not the last that began, the newest first. */
  readonly #goingOn = new Set<Address>();
  #beside: readonly LiveOutput[] = [];
  #recalled: { key: string; address: Address; screen: OutputScreen } | undefined;
  #child: BlockTerminal | undefined;

  constructor(options: BlockOutputOptions) {
    this.#options = options;
  }

  get child(): BlockTerminal | undefined {
    return this.#child;
  }

  attach(child: BlockTerminal | undefined): void {
    this.#child = child;
    this.fit();
  }

  /** The block at `address` begins; its output starts with an empty screen. */
  begin(address: Address): void {
    const live = this.#live;
    if (live && live.address !== address && this.#goingOn.has(live.address)) this.#putBeside(live);
    else live?.screen.dispose();
    this.#live = undefined;
    if (this.#goingOn.delete(address)) this.#dropBeside(address);
    this.#early = this.#early.filter((chunk) => this.#goingOn.has(chunk.address));
    this.#running = address;
    this.#begunLast = address;
  }

  /** The block has ended, or goes on in the background. */
  end(address: Address, goesOn = false): void {
    if (this.#running === address) this.#running = undefined;
    if (goesOn) this.#goingOn.add(address);
    else if (this.#goingOn.delete(address)) this.#dropBeside(address);
  }

  push(chunk: OutputChunk): void {
    if (!this.#make) {
      this.#early.push(chunk);
      this.#load();
      return;
    }
    const live = this.#liveFor(chunk, this.#make);
    const { host = chunk.item } = chunk;
    if (host === undefined) live.screen.push(chunk.bytes);
    else {
      live.hosts ??= new PrefixedOutput({ keepColours: true, rewind: false });
      const text = live.hosts.push(`${host} ${chunk.stream}`, `${labelOf(host)} | `, chunk.bytes);
      live.screen.push(new TextEncoder().encode(text));
    }
    this.#options.onChange();
  }

  /** Hands the emulator what has arrived since the last picture. */
  take(): void {
    for (const { screen } of [this.#live, ...this.#beside].filter((one) => one !== undefined))
      if (screen.isWaiting) screen.take(() => this.#options.onChange());
  }

  /** The terminal of the running block is as large as its pane. */
  fit(): void {
    const { columns, rows } = this.#options.size();
    for (const { screen } of [this.#live, ...this.#beside].filter((one) => one !== undefined))
      if (screen.columns !== columns || screen.rows !== rows) screen.resize(columns, rows);
    this.#child?.resize(columns, rows);
  }

  /** The output to show while the item at `address` is looked at; the last block's while the run is followed. */
  shown(address: Address | undefined, followsRun: boolean, state: RunState): ShownOutput | undefined {
    const live = this.#live;
    if (live && (followsRun || live.address === address)) {
      return { address: live.address, screen: live.screen, live: live.address === this.#running };
    }
    const beside = this.#beside.find((one) => one.address === address);
    if (beside) return { address: beside.address, screen: beside.screen, live: false };
    return address === undefined ? undefined : this.#recall(address, state);
  }

  /** Whether there is any output of an item to look at. */
  has(address: Address, state: RunState): boolean {
    const isHeld = [this.#live, ...this.#beside].some(
      (one) => one?.address === address && one.screen.length > 0,
    );
    if (isHeld) return true;
    return this.#stored(address, state).length > 0;
  }

  dispose(): void {
    for (const one of [this.#live, ...this.#beside, this.#recalled]) one?.screen.dispose();
  }

  /** Of a block that was cut off, what it had printed by then. */
  #stored(address: Address, state: RunState): ReturnType<typeof storedOutputs> {
    const cutOff = this.#options.cutOffOutputs(address);
    if (cutOff.length === 0) return storedOutputs(state.items[state.indexOf.get(address) ?? -1]?.result);
    return cutOff.map(({ of, output }) => ({ ...(of && { host: of.host }), output }));
  }

  #recall(address: Address, state: RunState): ShownOutput | undefined {
    const stored = this.#stored(address, state);
    if (stored.length === 0) return undefined;
    if (!this.#make) {
      this.#load();
      return undefined;
    }
    const { columns, rows } = this.#options.size();
    const places = stored.map(({ output }) => `${output.file} ${output.at ?? ''}`);
    const key = `${places.join()} ${columns}`;
    if (this.#recalled?.key !== key) {
      this.#recalled?.screen.dispose();
      const screen = this.#make({ columns, rows, level: this.#options.level, fromPipe: true });
      for (const { host, output } of stored) {
        if (host !== undefined) screen.push(new TextEncoder().encode(`${visibleText(host)}:\n`));
        screen.push(this.#options.readOutputTail(output, Math.ceil(recalledBytes / stored.length)));
      }
      this.#recalled = { key, address, screen };
      void screen.takeAll().then(this.#options.onChange);
    }
    return { address, screen: this.#recalled.screen, live: false };
  }

  #liveFor(chunk: OutputChunk, make: MakeScreen): LiveOutput {
    const { address, attempt } = chunk;
    const held = [this.#live, ...this.#beside].find(
      (one) => one?.address === address && one.attempt === attempt,
    );
    if (held) return held;
    const screen = make({
      ...this.#options.size(),
      level: this.#options.level,
      fromPipe: chunk.stream !== 'terminal',
      onAnswer: (bytes) => this.#child?.write(bytes),
    });
    const made: LiveOutput = { address, attempt, screen };
    // What goes on in the background never takes the place of the block that the operator follows.
    if (this.#goingOn.has(address) && this.#begunLast !== address) this.#putBeside(made);
    else {
      this.#live?.screen.dispose();
      this.#live = made;
    }
    return made;
  }

  #putBeside(output: LiveOutput): void {
    const [kept, left] = [this.#beside.slice(0, mostBeside - 1), this.#beside.slice(mostBeside - 1)];
    for (const { screen } of left) screen.dispose();
    this.#beside = [output, ...kept];
  }

  #dropBeside(address: Address): void {
    for (const one of this.#beside) if (one.address === address) one.screen.dispose();
    this.#beside = this.#beside.filter((one) => one.address !== address);
  }

  #load(): void {
    this.#loading ??= import('./output-screen.ts').then(({ OutputScreen }) => {
      this.#make = (options) => new OutputScreen(options);
      const early = this.#early;
      this.#early = [];
      for (const chunk of early) this.push(chunk);
      this.#options.onChange();
    });
  }
}

/** What an attempt has printed and where it is kept; on several hosts, each host by itself. */
function storedOutputs(
  result: AttemptResult | undefined,
): readonly { readonly host?: string; readonly output: OutputSummary }[] {
  const all = [{ output: result?.output }, ...(result?.hosts ?? [])];
  const stored = all.flatMap((one) => {
    const { output } = one;
    if (output?.file === undefined) return [];
    return [{ output, ...('host' in one && { host: one.host }) }];
  });
  // The only host of a block has its output stored as the block's own.
  return result?.output.file === undefined ? stored : stored.slice(0, 1);
}
