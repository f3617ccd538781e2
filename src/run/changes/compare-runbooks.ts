// Owns what differs between two versions of a runbook, step by step.
import type { Address } from '../../basics/address.ts';
import { address } from '../../basics/address.ts';
import type { Part, Runbook, Step } from '../../runbook/runbook.ts';
import { instructionOf } from '../../runbook/steps/instruction-of.ts';
import type { ChangedSetting } from './changed-settings.ts';
import { movedOf } from './moved-of.ts';

/** What differs between two versions of a runbook, by address. */
export interface RunbookComparison {
  readonly edited: readonly Address[];
  readonly moved: readonly Address[];
  readonly gone: readonly Address[];
  readonly added: readonly Address[];
  /** For people: one line a thing that is not the same, with what changed in its text. */
  readonly lines: readonly string[];
}

/** What a run does, or a person in it, as far as it matters whether it is the same. */
interface Piece {
  readonly lines: readonly string[];
  /** What matters beside the lines. */
  readonly rest: string;
}

/** Compares by address: the same, moved, edited, gone or new; and what is said for the whole page. */
export function compareRunbooks(
  before: Runbook,
  after: Runbook,
  settings: readonly ChangedSetting[],
): RunbookComparison {
  const old = piecesOf(before);
  const current = piecesOf(after);
  const gone = [...old.keys()].filter((address) => !current.has(address));
  const added = [...current.keys()].filter((address) => !old.has(address));
  const edited: Address[] = [];
  const edits: string[] = [];
  for (const [address, piece] of old) {
    const now = current.get(address);
    if (now === undefined || (now.rest === piece.rest && sameLines(now, piece))) continue;
    edited.push(address);
    edits.push(`  edited  \`${address}\``, ...differenceLines(piece.lines, now.lines));
  }
  const moved = movedOf(
    [...old.keys()].filter((address) => current.has(address)),
    [...current.keys()].filter((address) => old.has(address)),
  );
  const lines = [
    ...settings.flatMap(({ name, before: was, after: is }) => [
      `  edited  \`${name}\` in the front matter`,
      ...differenceLines(was, is),
    ]),
    ...gone.map((address) => `  gone    \`${address}\``),
    ...edits,
    ...moved.map((address) => `  moved   \`${address}\``),
    ...added.map((address) => `  new     \`${address}\``),
  ];
  const heading =
    lines.length === 0
      ? 'the runbook has changed since, but in none of its steps'
      : 'the runbook has changed since:';
  return { edited, moved, gone, added, lines: [heading, ...lines] };
}

function piecesOf(runbook: Runbook): Map<Address, Piece> {
  const found = new Map<Address, Piece>();
  const visit = (step: Step): void => {
    if (step.manual)
      found.set(address(step.name), {
        lines: [step.title, ...instructionOf(runbook, step)],
        rest: JSON.stringify(step.attributes),
      });
    else
      for (const part of step.parts) for (const [address, piece] of pieceOf(part)) found.set(address, piece);
    for (const bound of [...step.validation, ...step.rollback]) visit(bound);
  };
  for (const step of runbook.steps) visit(step);
  return found;
}

function pieceOf(part: Part): readonly [Address, Piece][] {
  switch (part.type) {
    case 'prose':
      return part.asks === undefined ? [] : [[part.asks.address, { lines: [part.asks.text], rest: '' }]];
    case 'block': {
      const { address, runnable, language = '', console: typed, code, risk, attributes } = part.block;
      const lines = (typed?.commands ?? code).replace(/\n$/, '').split('\n');
      return runnable ? [[address, { lines, rest: JSON.stringify([language, risk, attributes]) }]] : [];
    }
    case 'checklist': {
      const { address, items } = part.checklist;
      return [[address, { lines: items.map(({ text }) => text), rest: '' }]];
    }
    case 'runbook-link': {
      const { address, target, anchor, inputs } = part.link;
      const lines = [anchor === undefined ? target : `${target}#${anchor}`];
      return [[address, { lines, rest: JSON.stringify(inputs) }]];
    }
  }
}

function sameLines(one: Piece, other: Piece): boolean {
  return one.lines.join('\n') === other.lines.join('\n');
}

function differenceLines(before: readonly string[], after: readonly string[]): readonly string[] {
  const removed = before.filter((line) => !after.includes(line)).map((line) => `          - ${line}`);
  const inserted = after.filter((line) => !before.includes(line)).map((line) => `          + ${line}`);
  return removed.length + inserted.length === 0
    ? ['          (attributes or order of lines)']
    : [...removed, ...inserted];
}
