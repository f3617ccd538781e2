// Owns the hint that a runbook lacks parts that a reader looks for: its title, purpose, owner, preconditions, steps, help.
import type { Runbook } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks, allSteps, mayChange } from './lint-rule.ts';

/** What a runbook should say, in the order in which a reader asks. */
interface RunbookPart {
  /** Behind "nothing says". */
  readonly missing: string;
  readonly help: string;
  readonly isWanted: (runbook: Runbook) => boolean;
  readonly isThere: (runbook: Runbook) => boolean;
}

const heading = /^ {0,3}#{1,6}[ \t]+\S|^[^\s>#|`*-][^\n]*\n {0,3}(?:=+|-+)[ \t]*$/m;

/** In running text, too, a page says what it needs, or that something is looked at first. */
const saysWhatItNeeds =
  /前提|确保|確保|需要|要求|必须|必須|确认|必要|전제|필요|\b(?:before (?:you|we|starting|beginning|proceeding|running|doing)|pre-?requisites?|pre-?conditions?|requires?|required|make sure|ensure|assum(?:es?|ing)|must (?:be|have)|you(?:'ll| will)? need|needs? to (?:be|have)|(?:first|then) check|access to)\b/i;

const parts: readonly RunbookPart[] = [
  {
    missing: 'what it is called',
    help: 'a title: `# What it does`',
    isWanted: () => true,
    isThere: ({ frontMatter, source }) =>
      frontMatter.title !== undefined || heading.test(bodyOf(source.text)),
  },
  {
    missing: 'what it is for',
    help: 'a sentence below the title, or `description:`',
    isWanted: () => true,
    isThere: ({ frontMatter, source, sections }) =>
      frontMatter.description !== undefined ||
      sections.some(({ kind }) => kind === 'context' || kind === 'diagnosis') ||
      opensWithWords(source.text),
  },
  {
    missing: 'who owns it',
    help: '`owner:` in the front matter',
    isWanted: isWrittenForUs,
    isThere: ({ frontMatter, source }) =>
      frontMatter.owner !== undefined ||
      /\b(?:owners?|owned by|maintain(?:er|ers|ed by)|responsible)\b/i.test(source.text),
  },
  {
    missing: 'what must hold before it begins',
    help: 'a section `Preconditions`',
    isWanted: changesSomething,
    isThere: ({ sections, source }) =>
      sections.some(({ kind }) => kind === 'preconditions' || kind === 'diagnosis') ||
      saysWhatItNeeds.test(bodyOf(source.text)),
  },
  {
    missing: 'what to do',
    help: 'a section `Steps`',
    isWanted: ({ sections }) =>
      sections.some(({ kind }) => kind === 'preconditions' || kind === 'validation' || kind === 'rollback'),
    isThere: (runbook) =>
      allSteps(runbook).some(({ section }) => section === 'steps' || section === 'diagnosis'),
  },
  {
    missing: 'whom to call when it does not help',
    help: 'a section `Escalation`, or `responders:`, `escalation:` or `notify:`',
    isWanted: ({ frontMatter }) => frontMatter.severity !== undefined,
    // Who owns the page can be called.
    isThere: ({ frontMatter, source }) =>
      frontMatter.owner !== undefined ||
      frontMatter.responders !== undefined ||
      frontMatter.updates !== undefined ||
      frontMatter.escalation.length > 0 ||
      frontMatter.notify.length > 0 ||
      /\b(?:escalat\w+|on-?call|contacts?|communicat\w+|responders?|pagerduty|(?:call|page|tell|ask|notify) (?:the|your|an?)\b)/i.test(
        source.text,
      ),
  },
];

export const missingParts: LintRule = {
  code: 'missing-parts',
  severity: 'hint',
  summary: 'the runbook lacks parts that a reader looks for',
  explanation:
    'Whoever opens a page at three in the morning asks what it is for, who answers for it, what must hold before they begin, what to do, and whom to call when it does not help. The hint names what is missing. The owner and the preconditions are asked for where the front matter shows that the page is written for this tool, whom to call where it has a `severity`; the owner is somebody to call. A change without a validation or a way back is reported by `missing-validation` and `missing-rollback`. `runsheet new` starts a page that has all of them.',
  examples: {
    good: [
      '# Restart the queue\n\nFrees messages that are stuck. You need to be root.\n\n```sh\nsystemctl restart queue\n```\n',
      '---\nowner: team-queue\ndescription: Frees messages.\nseverity: SEV2\nestimate: 5m\n---\n\n# Restart the queue\n\n## Preconditions\n\n```sh\nid\n```\n\n## Steps\n\n```sh\n./restart\n```\n\n## Escalation\n\nCall Ada.\n',
      '# Words alone\n',
    ],
    bad: [
      '```sh\nsystemctl restart queue\n```\n',
      '# Restart the queue\n\n```sh\nsystemctl restart queue\n```\n',
      '---\ndescription: Frees messages.\nestimate: 5m\n---\n\n# Restart the queue\n\n## Steps\n\n```sh\n./restart\n```\n',
      '---\nseverity: SEV2\n---\n\n# Look at the queue\n\nIt is slow.\n\n```sh\nuptime\n```\n',
    ],
  },
  check: (runbook) => {
    if (!hasWork(runbook)) return [];
    const missing = parts.filter(({ isWanted, isThere }) => isWanted(runbook) && !isThere(runbook));
    if (missing.length === 0) return [];
    return [
      {
        code: missingParts.code,
        severity: missingParts.severity,
        message: `nothing says ${listed(
          missing.map((part) => part.missing),
          'or',
        )}`,
        help: `add ${listed(
          missing.map((part) => part.help),
          'and',
        )}`,
      },
    ];
  },
};

function hasWork(runbook: Runbook): boolean {
  return (
    allBlocks(runbook).some(({ block }) => block.runnable) || allSteps(runbook).some(({ manual }) => manual)
  );
}

function changesSomething(runbook: Runbook): boolean {
  return allBlocks(runbook).some(({ step, block }) => step.section === 'steps' && mayChange(block));
}

/** Its front matter has a key that says how it runs or who is concerned; a title and tags are those of any site. */
function isWrittenForUs({ frontMatter: front }: Runbook): boolean {
  return (
    front.severity !== undefined ||
    front.estimateMs !== undefined ||
    front.inputs.some(({ from }) => from === undefined) ||
    front.notify.length > 0 ||
    front.escalation.length > 0 ||
    Object.keys(front.approvals).length > 0
  );
}

/** Whether anything is said before the second heading, code and comments aside. */
function opensWithWords(text: string): boolean {
  const body = bodyOf(text)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?^ {0,3}\1/gm, '');
  const [first = '', second = ''] = body.trimStart().split(/^ {0,3}#{1,6}[ \t].*$/m, 2);
  return /\p{L}{2}/u.test(first.trim() === '' ? second : first);
}

function bodyOf(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/, '');
}

function listed(words: readonly string[], last: string): string {
  const [end = '', ...before] = words.toReversed();
  return before.length === 0 ? end : `${before.toReversed().join(', ')} ${last} ${end}`;
}
