// Owns which heading words open which section.
import type { SectionKind } from '../runbook.ts';
import { correctHeading } from './correct-heading.ts';
import { europeanPhrases, europeanPreparation, europeanTrouble } from './european-phrases.ts';
import { meaningOfVerb } from './meaning-of-verb.ts';
import { normaliseHeading, segmentsOf } from './normalise-heading.ts';
import { preparation, sectionPhrases, trouble } from './section-phrases.ts';
import { speaksOfUndo } from './speaks-of-undo.ts';

/** What a heading's words say of its section. */
export interface SectionMatch {
  readonly kind: SectionKind;
  /** The word or pattern of the table that matched. */
  readonly word: string;
  /**
   * `preparation` is work that precedes the work: it is part of the steps, but does not say that all steps
   * stand below such headings. `trouble` is a collection of problems, whose solutions are no steps of a run.
   */
  readonly nature?: 'preparation' | 'trouble';
  /**
   * What has to be so for the words to mean it: work stands before a check of it; a page that only backs up holds what
   * takes its copies back.
   */
  readonly needs?: 'work-before' | 'page-backs-up';
  /** What a misspelt heading is read as. */
  readonly misspelt?: string;
  /** The author's own word for the section. */
  readonly own?: true;
}

const change =
  '(?:deployment|deploy|upgrade|update|release|migration|maintenance|installation|install|change|failover|launch|rollout|cutover|restore|restoration|recovery|reboot|restart|switchover|patch|patching|flight|implementation)';

const startsWith =
  (...words: readonly string[]) =>
  (title: string): boolean =>
    words.some((word) => title.startsWith(word));

const endsWith =
  (...words: readonly string[]) =>
  (title: string): boolean =>
    words.some((word) => title.endsWith(word));

/**
 * Forms that many headings vary, each exact enough to be right. Tried in order after the words, and only where a
 * heading has what it cannot match without: patterns take long to compile.
 */
const patterns: readonly (Pick<SectionMatch, 'kind' | 'word'> & {
  readonly mayFit: (title: string) => boolean;
  readonly pattern: RegExp;
})[] = [
  {
    kind: 'preconditions',
    word: 'prerequisites for …',
    mayFit: startsWith('pre'),
    pattern: /^(?:prerequisites|pre requisites) (?:for|to) \S/,
  },
  {
    kind: 'validation',
    word: 'post-… checks',
    mayFit: startsWith('post'),
    pattern: new RegExp(
      `^post ?${change} (?:check|checks|checklist|checklists|validation|validations|verification|tests?)$`,
    ),
  },
  {
    kind: 'validation',
    word: '… verification',
    mayFit: endsWith('ation', 'ation checklist'),
    pattern: new RegExp(`^${change} (?:verification|validation|verification checklist)$`),
  },
  {
    kind: 'validation',
    word: 'verify the …',
    mayFit: startsWith('verif', 'valid', 'confirm', 'test', 'check'),
    pattern: new RegExp(
      `^(?:verify|verifying|validate|validating|confirm|confirming|test|testing|check) (?:that )?(?:the |your )?(?:${change}|application|app|changes|new version|fix|backup)(?: (?:locally|succeeded|was successful|worked|is complete|completed))?$`,
    ),
  },
  {
    kind: 'cleanup',
    word: 'cleanup …',
    mayFit: (title) => /clean|清理|後片付け|정리/.test(title),
    pattern:
      /^(?:final |post ?\w* )?(?:cleanup|clean up) (?:activit(?:y|ies)|tasks?|work|procedures?|process|phase|actions?|checklist)$|^\S*(?:与|和|及|、)清理$|^\S*(?:と|・)後片付け$|^\S* (?:및|과|와) 정리$/,
  },
  {
    kind: 'steps',
    word: 'steps for …',
    mayFit: startsWith('steps', 'procedure', 'instructions'),
    pattern: /^(?:steps|procedure|instructions) (?:for|to) \S/,
  },
  {
    kind: 'steps',
    word: '… steps',
    mayFit: endsWith('step', 'steps', 'procedure', 'procedures', 'instruction', 'instructions', 'process'),
    pattern: new RegExp(
      `^(?:the |manual |detailed |general |standard |emergency |main )?(?:${change}|manual|detailed|general|standard|emergency|main|execution|remediation|resolution|mitigation|backup|scaling|provisioning|onboarding|rotation|renewal) (?:steps?|procedures?|instructions|process)$`,
    ),
  },
];

const table = makeTable();

type Meaning = Omit<SectionMatch, 'word'>;

function makeTable(): ReadonlyMap<string, Meaning> {
  const made = new Map<string, Meaning>();
  const add = (list: string, meaning: Meaning) => {
    for (const word of list.trim().split(/\s*[|\n]\s*/)) if (!made.has(word)) made.set(word, meaning);
  };
  add(preparation, { kind: 'steps', nature: 'preparation' });
  add(trouble, { kind: 'diagnosis', nature: 'trouble' });
  for (const [kind, list] of Object.entries(sectionPhrases)) add(list, { kind: kind as SectionKind });
  add(europeanPreparation, { kind: 'steps', nature: 'preparation' });
  add(europeanTrouble, { kind: 'diagnosis', nature: 'trouble' });
  for (const [kind, list] of Object.entries(europeanPhrases)) add(list, { kind: kind as SectionKind });
  return made;
}

/** Words that a user or a document adds to the table. */
export type ExtraSectionWords = Readonly<Partial<Record<SectionKind, readonly string[]>>>;

/** Tells which section a heading opens, if any. Extra words win over the table. */
export type SectionMatcher = (title: string) => SectionMatch | undefined;

export function makeSectionMatcher(extra: readonly ExtraSectionWords[] = []): SectionMatcher {
  const added = new Map<string, SectionMatch>();
  for (const sections of extra) {
    for (const [kind, list] of Object.entries(sections)) {
      for (const word of list)
        added.set(normaliseHeading(word), { kind: kind as SectionKind, word, own: true });
    }
  }
  const matchSegments = ([whole, ...parts]: readonly string[]): SectionMatch | undefined => {
    if (whole === undefined) return undefined;
    const known = added.get(whole) ?? phraseOf(whole);
    if (known !== undefined) return known;
    if ([whole, ...parts].some((segment) => speaksOfUndo(segment) === 'undo'))
      return { kind: 'rollback', word: 'roll back …' };
    const found = patterns.find(({ mayFit, pattern }) => mayFit(whole) && pattern.test(whole));
    if (found !== undefined) return { kind: found.kind, word: found.word };
    return meaningOfVerb(whole) ?? meaningOfParts(parts);
  };
  return (title) => {
    const segments = segmentsOf(title);
    const found = matchSegments(segments);
    if (found !== undefined) return found;
    const corrected = segments.map((segment) => correctHeading(segment) ?? segment);
    if (corrected.every((segment, index) => segment === segments[index])) return undefined;
    const meant = matchSegments(corrected);
    return meant && { ...meant, misspelt: corrected[0] ?? '' };
  };
}

function phraseOf(segment: string): SectionMatch | undefined {
  const meaning = table.get(segment);
  return meaning && { ...meaning, word: segment };
}

/** What the first part of a divided heading says, as "Prerequisites: the tools", or its last, as "Deploy — Verify". */
function meaningOfParts(parts: readonly string[]): SectionMatch | undefined {
  for (const part of [parts[0], parts.at(-1)]) {
    const found = part === undefined ? undefined : phraseOf(part);
    if (found !== undefined && dividing.has(found.kind))
      return found.kind === 'validation' ? { ...found, needs: 'work-before' } : found;
  }
  return undefined;
}

const dividing: ReadonlySet<SectionKind> = new Set(['preconditions', 'validation', 'rollback', 'cleanup']);
