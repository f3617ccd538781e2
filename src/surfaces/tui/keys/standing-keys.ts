// Owns the keys that mean the same whatever the run asks: those of the screen, and those of what is open above it.

/** A key and what it does there. */
export interface StandingKey {
  /** As the screen writes it. */
  readonly shown: string;
  /** A word or two for the bottom line; empty where the key stands in the help alone. */
  readonly label: string;
  readonly does: string;
}

/** What has the keys. */
export type KeyPlace =
  | 'screen'
  | 'search'
  | 'output'
  | 'steps'
  | 'go-to'
  | 'block'
  | 'help'
  | 'text'
  | 'confirmation'
  | 'edit'
  | 'form';

function key(shown: string, label: string, does: string): StandingKey {
  return { shown, label, does };
}

const choose = key('↑↓', 'choose', 'move in the list');
const closeSteps = key('Esc', 'close', 'back to the text; Tab and q too');

/** The keys of each place, the most important first. */
export const standingKeys: Readonly<Record<KeyPlace, readonly StandingKey[]>> = {
  screen: [
    key('↑ ↓', '', 'scroll the text, or move in a list'),
    key('PgUp PgDn', '', 'a page back or on; Home and End go all the way'),
    key('Space', '', 'read on; it never runs anything'),
    key('← →', '', 'look at the previous or the next step; Esc comes back'),
    key('Tab', '', 'the list of steps'),
    key('o', '', 'all of the output, to scroll and search'),
    key('/', '', 'search the text, or the output where that is open; n next, N previous, Esc leaves'),
    key('wheel', '', 'scrolls; while it does, the terminal selects text with Shift held'),
    key('m', '', 'leave the mouse to the terminal, or take its wheel again'),
    key('^C', '', 'end the running block; a second time, or while nothing runs, pause and leave'),
    key('^Z', '', 'back to the shell for a moment; `fg` returns'),
    key('^L', '', 'paint the screen anew'),
    key('^G', '', 'while a block has the keyboard: keys go to the tool until Esc'),
  ],
  search: [
    key('n', 'next', 'the next line that holds it'),
    key('N', 'previous', 'the line before that holds it'),
    key('/', 'search', 'search for something else'),
    key('Esc', 'end the search', 'the text as it was'),
  ],
  output: [
    key('Esc', 'close', 'back to the text; o, q and Enter too'),
    key('↑↓', 'scroll', 'a line back or on; PgUp, PgDn, Space and b by pages, Home and End all the way'),
    key('/', 'search', 'search it, from its end backwards'),
    key('n', 'next', 'the next line that holds it; N the one before'),
    key('g', 'top', 'to its first line'),
    key('G', 'end', 'to its last line, and follow what comes'),
  ],
  steps: [
    choose,
    key('Enter', 'look', 'look at the step; the run stays where it is'),
    key('g', 'go there', 'go on from there; what is passed over counts as skipped'),
    closeSteps,
  ],
  'go-to': [
    choose,
    key('Enter', 'go there', 'go on from there; what is passed over counts as skipped'),
    closeSteps,
  ],
  block: [
    key('^G', 'keys of the tool', 'keys go to the tool until Esc'),
    key('^C', 'end the block', 'end it; once more pauses the run'),
    key('^Z', 'shell', 'back to the shell for a moment; `fg` returns'),
  ],
  help: [key('↑↓', 'scroll', 'a line back or on'), key('any key', 'close', 'back to the text')],
  text: [key('Enter', 'done', 'take what was typed'), key('Esc', 'cancel', 'leave it, and change nothing')],
  confirmation: [key('y', 'yes', 'do it'), key('Esc', 'cancel', 'do nothing; n too')],
  edit: [
    key('^S', 'save', 'take the command as it is; one that had failed runs at once'),
    key('Esc', 'discard', 'leave it as it was'),
  ],
  form: [
    key('Enter', 'next', 'the next value that is open; after the last the run goes on'),
    key('Esc', 'leave', 'leave; nothing is run'),
    key('← →', 'choose', 'another choice; among several, move, and Space ticks'),
    key('Tab', 'complete', 'complete a path'),
    key('↑ ↓', 'fields', 'to another value'),
  ],
};
