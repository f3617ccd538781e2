// Owns what passes between the screen and the running block: its output, its terminal, and what is typed for it.
import type { RunCommand } from '../../run/command.ts';
import type { RunEvent } from '../../run/event.ts';
import type { BlockTerminal } from '../../run/executor.ts';
import type { RunState } from '../../run/state.ts';
import { endsTypeAhead, letsBlockGo, TypeAhead } from './keys/type-ahead.ts';
import { keysGoToBlock, type UiState } from './keys/ui-state.ts';
import { BlockOutput, type BlockOutputOptions } from './output/block-output.ts';

/** The block that runs, as the operator sees it and types to it. */
export class BlockConsole {
  readonly output: BlockOutput;
  readonly #typeAhead: TypeAhead;

  /** `giveBack` gets what was typed for a block that then took no keys. */
  constructor(options: BlockOutputOptions, giveBack: (bytes: Uint8Array) => void) {
    this.output = new BlockOutput(options);
    this.#typeAhead = new TypeAhead(giveBack);
  }

  /** Where typed bytes go while the block has the keyboard; undefined while the tool has it. */
  keyboard(ui: UiState): ((bytes: Uint8Array) => void) | undefined {
    if (this.#typeAhead.isOpen) return (bytes) => this.#typeAhead.push(bytes);
    const { child } = this.output;
    return child && keysGoToBlock(ui, true) ? (bytes) => child.write(bytes) : undefined;
  }

  /** Follows where the output of a block begins and ends. */
  onEvent(event: RunEvent): void {
    if (event.type === 'BlockStarted') {
      this.output.begin(event.address);
      this.#typeAhead.blockStarted();
    }
    // What goes on in the background has passed, and has no exit code yet.
    if (event.type === 'BlockPassed') this.output.end(event.address, event.result.exitCode === null);
    if (event.type === 'BlockFailed' || event.type === 'TurnEnded' || event.type === 'BackgroundEnded')
      this.output.end(event.address);
    if (endsTypeAhead(event)) this.#typeAhead.take();
  }

  /** The block has got a terminal, to which goes what was typed ahead; or (undefined) it has none any more. */
  attach(terminal: BlockTerminal | undefined): void {
    this.output.attach(terminal);
    const typed = this.#typeAhead.take();
    if (typed.length > 0) terminal?.write(typed);
  }

  /** A command is about to be sent: if it lets a block go, the next keys are the block's. */
  beforeCommand(command: RunCommand, state: RunState): void {
    if (letsBlockGo(command, state)) this.#typeAhead.open();
  }

  /** What was typed ahead is for nothing any more. */
  dropTypedAhead(): void {
    this.#typeAhead.take();
  }
}
