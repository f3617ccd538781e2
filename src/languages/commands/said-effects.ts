// Owns what a program of which the table says nothing tells of itself: by its name, by its words, by its options.
import type { CommandEffect } from './command-effect.ts';
import type { ProgramRules } from './command-table.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const destroying = words('delete del destroy purge wipe drop erase truncate rm rmi nuke');

const changing = words(
  `start stop restart reload apply deploy redeploy undeploy push publish create install uninstall upgrade downgrade enable
  disable drain undrain cordon uncordon promote demote failover switchover rollback scale move mv rename register unregister
  deregister join leave shutdown poweroff reboot kill terminate abort cancel trigger requeue retry resume pause suspend
  unpause sync resync migrate rotate renew revoke grant flush clear reset attach detach mount unmount unlock lock patch
  replace unset send approve execute reconfigure rebalance evict provision deprovision decommission recover repair rebuild
  reindex vacuum clean cleanup gc compact inject block unblock ban unban freeze unfreeze fence evacuate bounce activate
  deactivate submit merge commit update set add put remove mkdir import restore write edit release archive`,
);

/** Also names of what there is to be looked at: `x backup list`, `x updates show`. */
const alsoNouns = words(
  'update import restore release archive set block lock ban patch commit mount deploy upgrade sync failover switchover rollback',
);

const looking = words(
  `get list ls show describe status info version check verify validate view inspect logs log diff help search find history
  top test ping print cat read stat stats health doctor lint plan preview count query whoami watch tail explain audit report
  monitor is has can dryrun dry compare wait`,
);

/** Programs and builtins whose names say more than they do. */
const ofTheSystem = words('clear reset sync write set put add send move edit');

/** Without the work, for nearly all programs that have such an option. */
const spares =
  /^--?(?:dry-?run|check|noop|no-op|simulate|what-?if|plan|preview|help|version)(?:=(?!false$|no$).*)?$/i;

/** A file that is run by its name, or given to the program of its language. */
const scriptName = /\.(?:sh|bash|zsh|ksh|py|rb|pl|js|mjs|ts|php|ps1|bat|cmd|exe)$/i;

/** So few words come before a verb: `x`, `x users`, `x storage users`. */
const furthest = 3;

/** What a program says of itself where the table says nothing of it, or nothing of what it is given here. */
export function saidEffects(
  written: string,
  words: readonly string[],
  rules: ProgramRules | undefined,
  known: {
    readonly effects: readonly ReadonlySet<CommandEffect>[];
    readonly runsOther: boolean;
  },
): ReadonlySet<CommandEffect> {
  if (rules === undefined) return strongest([effectsOfWords(words), effectsOfName(written)]);
  if (known.runsOther || known.effects.some((some) => some.size > 0)) return new Set();
  const script = words.findIndex((word) => !word.startsWith('-'));
  if (rules.reads === 'code' || rules.reads === 'script')
    return isScriptPath(words[script] ?? '')
      ? strongest([effectsOfWords(words.slice(script + 1)), effectsOfName(words[script] ?? '')])
      : new Set();
  const hasCommands = rules.verdicts.some(
    ({ effect, patterns }) => effect === 'changes' && patterns.length > 0,
  );
  return hasCommands ? effectsOfWords(words) : new Set();
}

/** What the name of a program says, `restart-api.sh` or `db-restore`: with its first word or with its last one. */
function effectsOfName(written: string): ReadonlySet<CommandEffect> {
  if (ofTheSystem.has(written)) return none;
  const name = written.slice(written.lastIndexOf('/') + 1).replace(scriptName, '');
  return effectsOfParts(partsOf(name));
}

/** What words and options behind an unknown name say: `x users delete ana`, `x --purge`, `x apps:restart`. */
export function effectsOfWords(given: readonly string[]): ReadonlySet<CommandEffect> {
  if (given.some((word) => spares.test(word))) return none;
  const said = given.filter((word) => !word.startsWith('-')).slice(0, furthest);
  const parts = said.map(partsOf);
  const looksLater = (at: number): boolean => parts.slice(at + 1).some((some) => some.some(isLooking));
  for (const [at, some] of parts.entries()) {
    if (some.some(isLooking)) return none;
    const effects = effectsOfParts(some);
    if (effects.size > 0 && !(looksLater(at) && some.every((part) => alsoNouns.has(part)))) return effects;
  }
  const options = given
    .filter((word) => /^--?[a-z][a-z]+$/.test(word))
    .map((word) => word.replace(/^-+/, ''));
  return strongest(options.filter((option) => !alsoNouns.has(option)).map(effectsOf));
}

/** True for a word that is the path of a script, behind the program of its language. */
function isScriptPath(word: string): boolean {
  return scriptName.test(word) && !word.startsWith('-');
}

const none: ReadonlySet<CommandEffect> = new Set();

const isLooking = (part: string): boolean => looking.has(part);

/** Of `delete-user` and `apps:destroy`; none of a path, a file, an address or a value. */
function partsOf(word: string): readonly string[] {
  return /^[a-z][a-z0-9]*(?:[-_:][a-z0-9]+)*$/.test(word) ? word.split(/[-_:]/) : [];
}

function effectsOfParts(parts: readonly string[]): ReadonlySet<CommandEffect> {
  if (parts.length === 0 || parts.some(isLooking)) return none;
  return strongest([effectsOf(parts[0] ?? ''), effectsOf(parts.at(-1) ?? '')]);
}

function effectsOf(verb: string): ReadonlySet<CommandEffect> {
  if (destroying.has(verb)) return new Set(['changes', 'destroys']);
  return changing.has(verb) ? new Set(['changes']) : none;
}

function strongest(all: readonly ReadonlySet<CommandEffect>[]): ReadonlySet<CommandEffect> {
  return all.reduce((most, one) => (one.size > most.size ? one : most), none);
}
