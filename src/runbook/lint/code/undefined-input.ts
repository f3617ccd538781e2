// Owns the warning that code uses a variable that nothing sets, and that is one slip from an input.
import { assignedNames, neededNames, writtenOutputs } from '../../../languages/needed-names.ts';
import { isOneSlip } from '../../../text/closest-name.ts';
import type { Runbook } from '../../runbook.ts';
import { allBlocks, commandsOf, type LintRule } from '../lint-rule.ts';
import { spanOfText } from '../span-of-text.ts';
import { declaredNames } from './declared-names.ts';

/** Code that may set any variable, which cannot be seen here. */
const setsAny = /(?:^|[\s;&|(])(?:source|eval|\.)[ \t]+\S|\bset[ \t]+-a\b/m;

export const undefinedInput: LintRule = {
  code: 'undefined-input',
  severity: 'warning',
  summary: 'code uses a variable that nothing sets, and an input has almost the same name',
  explanation:
    'A misspelt variable is empty in a shell, so `rm -rf "/srv/$NAMESPCE"` removes all of `/srv`; a misspelt placeholder is asked for as if it were another value. Variables that are in no input, `env`, `capture` or code of the page, and are near no input, come from the environment and are left alone.',
  examples: {
    good: [
      '---\ninputs: { NAMESPACE: {} }\n---\n\n## Steps\n\n```sh\necho "$NAMESPACE" "$PATH"\n```\n',
      '---\ninputs: { HOST: {} }\n---\n\n## Steps\n\n```sh\nHOSTS="$HOST a"\necho $HOSTS ${HOST1:-none}\n```\n',
      '---\ninputs: { HOST: {} }\n---\n\n## Steps\n\n```sh {capture=HOST_}\necho "$HOST"\n```\n\n```sh\necho "$HOST_"\n```\n',
      '---\ninputs: { HOST: {} }\n---\n\n## Steps\n\n```sh\n. ./names\necho "$HOSTS" "$HOST"\n```\n',
    ],
    bad: [
      '---\ninputs: { NAMESPACE: {} }\n---\n\n## Steps\n\n```sh\nls "/srv/$NAMESPCE"\n```\n',
      '---\ninputs: { NAMESPACE: {} }\n---\n\n## Steps\n\n```sh\nls {{NAMESPCAE}}\n```\n',
    ],
  },
  check: (runbook) => {
    const inputs = runbook.frontMatter.inputs.filter(({ placeholder }) => placeholder === undefined);
    const blocks = allBlocks(runbook).filter(({ block }) => block.runnable);
    if (inputs.length === 0 || blocks.some(({ block }) => setsAny.test(block.code))) return [];
    const set = namesThatAreSet(runbook);
    const said = new Set<string>();
    return blocks.flatMap(({ block }) => {
      const asked = new Map(block.placeholders.map(({ variable, text }) => [variable, text]));
      const needed = neededNames(commandsOf(block), block.language ?? 'sh');
      return [...new Set([...asked.keys(), ...needed])].flatMap((name) => {
        const meant = inputs.find((input) => input.name !== name && isOneSlip(name, input.name))?.name;
        if (meant === undefined || set.has(name) || said.has(name) || isRelated(name, meant)) return [];
        said.add(name);
        const written = asked.get(name) ?? name;
        return [
          {
            code: undefinedInput.code,
            severity: undefinedInput.severity,
            message: `nothing sets \`${written}\``,
            span: spanOfText(runbook, block, written),
            label: `did you mean \`${meant}\`?`,
          },
        ];
      });
    });
  },
};

/** Names in a row, `DISK1` and `DISK2`, are two things; so is what differs in letter case, `path` and `PATH`. */
function isRelated(name: string, meant: string): boolean {
  return name.replace(/\d/g, '0') === meant.replace(/\d/g, '0') || name.toUpperCase() === meant.toUpperCase();
}

function namesThatAreSet(runbook: Runbook): ReadonlySet<string> {
  return new Set([
    ...declaredNames(runbook),
    ...allBlocks(runbook).flatMap(({ block }) => [
      ...assignedNames(commandsOf(block)),
      ...writtenOutputs(block.code),
    ]),
  ]);
}
