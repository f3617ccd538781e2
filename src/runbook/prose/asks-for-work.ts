// Owns which sentences order work that a block may do as well as a person: `Stop all writers.`, `Replace the disk.`

import { isOpen, orderOf, verbOf } from './order-of.ts';
import { codeMark, type Sentence } from './sentences-of.ts';

/**
 * Verbs of what changes something. Not those that tell a reader what to know or what to look at (note, see, use, read,
 * check), nor those that lead to commands (run, execute).
 */
const verbs: ReadonlySet<string> = new Set(
  `acquire add adjust align apply archive assign attach block book bring buy cancel change clean clear close connect copy cordon
  create cut cycle deactivate activate decommission decrease delete demote deploy deregister detach disable disconnect
  distribute document downgrade drain edit eject empty enable evict exchange export fail fill force format free freeze
  hand import increase insert install invalidate isolate kill kick label lift lock lower mark migrate mount move mute
  obtain order pause plug point power promote provision publish pull purchase purge put quarantine raise reassign reboot rebuild
  reconfigure reconnect record redeploy redirect reduce re-enable register reinstall release reload remove rename renew
  reopen repair replace repoint reset resize restart restore resume retire return revert revoke roll rotate scale
  schedule set shift shut start stop submit suspend swap switch sync synchronise synchronize take terminate transfer
  trigger turn unblock undo unfreeze uninstall unlock unmount unplug unregister update upgrade upload wipe write`.split(
    /\s+/,
  ),
);

/** `Update is complete`, `Change management has …`: the word is a noun. */
const isNoun =
  /^\S+ (?:of|is|are|was|were)\b|^\S+ (?:(?!the |a |an |all |any |your |this |that |it |them )[^\s,]+ ){1,2}(?:is|are|was|were|will|has|have|should|must|does|do)\b/;

/** What is to be written instead of something in the code, and not done: `Replace <x> with your value`. */
const fillsIn =
  /\b(?:with|to|for|by|match|matching|of) (?:your|yours|the (?:actual|correct|right|desired|names?|values?|ip|id)|an? (?:suitable|appropriate)|one of|whatever)\b|\b(?:accordingly|appropriately|placeholders?|as (?:appropriate|desired|you like)|your own|variables?|following|as follows|below|these commands?|this command)\b/;

/** Verbs that are other words as well: these have to be followed by what they are done to. */
const ambiguous =
  /^(?:clear|close|cut|empty|fail|fill|force|format|free|kick|lift|lower|mark|mount|move|order|point|process|release|return|scale|set|export|import|schedule|shift|submit|swap|switch|transfer|trigger|update|upgrade)\s+(?!the\b|an?\b|all\b|any\b|your\b|our\b|its\b|their\b|this\b|that\b|these\b|both\b|each\b|every\b|it\b|them\b|to\b|over\b|up\b|down\b|off\b|on\b|back\b|in\b|out\b|\u0001|\d|[a-z]+\s+(?:to|from|on|in|for|with|of|over|at|back)\b)/;

/** What holds for another case than that of the page: `Replace x with y for …`. */
const varies = /^(?:replace|change|substitute|swap) \u0001 (?:with|by|to) \u0001/;

/** Code that belongs to a command line: `Add --force to …`. */
const isOption = /^(?:-|<|\$\{?\w+\}?$)/;

/** The verb of a sentence that orders such work. */
export function asksForWork({ text, codes }: Sentence): string | undefined {
  const order = orderOf(text);
  const verb = verbOf(order);
  if (!verbs.has(verb) || !/^\S+ \S/.test(order) || /[:：?]$/.test(order)) return undefined;
  if (isOpen.test(order) || isNoun.test(order) || fillsIn.test(order)) return undefined;
  if (ambiguous.test(order) || varies.test(order)) return undefined;
  const [first] = codes;
  const opensWithCode = order.slice(verb.length + 1).startsWith(codeMark);
  return opensWithCode && first !== undefined && isOption.test(first) ? undefined : verb;
}

/** Whether code does what the verb says, by its own word for it: `kubectl drain`. */
export function speaksOf(code: string, verb: string): boolean {
  return new RegExp(`(?:^|[^a-z])${verb}`, 'i').test(code);
}
