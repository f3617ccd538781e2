// Owns the warning that code still holds something to be filled in.
import { languageOf } from '../../languages/languages.ts';
import { findPlaceholders } from '../../languages/placeholders/find-placeholders.ts';
import { placeInShell, type ShellContext } from '../../languages/placeholders/place-in-shell.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import type { Block, Runbook } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks, allSteps, commandsOf } from './lint-rule.ts';

export const placeholder: LintRule = {
  code: 'placeholder',
  severity: 'warning',
  summary: 'code holds a placeholder such as `<namespace>`',
  explanation:
    'A run asks for each placeholder once and hands its value over as a variable; an unattended run takes it from `--set namespace=…`, or is refused. Declare it as an input in the front matter and write `"$NAMESPACE"` in the code, so that it has a description, a default and a pattern.',
  examples: {
    good: [
      '## Steps\n\n```sh\nkubectl get pods -n "$NAMESPACE"\n```\n',
      '## Steps\n\n```sh\nsort <in.txt >out.txt\ncat <<EOF >x\ny\nEOF\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nkubectl get pods -n <namespace>\n```\n',
      '## Steps\n\n```sh\ncurl https://your-host/\n```\n',
    ],
  },
  check: (runbook) => {
    const seen = new Set<string>();
    const given = givenVariables(runbook);
    const declared = new Set(
      runbook.frontMatter.inputs.flatMap((input) => (input.placeholder === undefined ? [input.name] : [])),
    );
    const items = new Set(
      [...allBlocks(runbook).map(({ block }) => block), ...allSteps(runbook)].map(
        ({ attributes }) => attributes.each,
      ),
    );
    return allBlocks(runbook).flatMap(({ block }) =>
      block.placeholders.flatMap(({ text, variable, span }) => {
        // Each is asked for once, and said once; in code of interpreters it is refused, which is said elsewhere.
        const family = languageOf(block.language ?? '')?.family;
        if (seen.has(variable) || family === 'interpreter') return [];
        // In a request `{{NAME}}` is how a variable is written.
        const isVariable = family === 'http' && text.startsWith('{{');
        if ((isVariable && given.has(variable)) || items.has(variable)) return [];
        const context = contextOf(block, variable);
        if (context === 'comment')
          return wantsChange.test(text) ? [{ ...placed(span), message: inComment, help: asInput }] : [];
        seen.add(variable);
        const isPlain = isVariable || family === 'sql';
        if (declared.has(variable)) {
          const help = isPlain
            ? `write the variable \`${variable}\` in its place`
            : inItsPlace(variable, context).replace(/^, and /, '');
          const message = `\`${text}\` is a placeholder, which a run fills in with the input \`${variable}\``;
          return [{ ...placed(span), message, help }];
        }
        const declaration = `declare it: \`inputs: { ${variable}: { description: … } }\``;
        return [
          {
            ...placed(span),
            message: `\`${text}\` is a placeholder that a run has to ask for`,
            help: isPlain ? declaration : declaration + inItsPlace(variable, context),
          },
        ];
      }),
    );
  },
};

/** What an author writes beside what is to be changed each time. */
const wantsChange = /^(?:CHANGE|REPLACE)_?ME$/;
const inComment = 'this comment asks for a change, which no run makes';
const asInput = 'declare what is changed as an input, and write its variable';

function placed(span: Span): Pick<Diagnostic, 'code' | 'severity' | 'span'> {
  return { code: placeholder.code, severity: placeholder.severity, span };
}

/** Where the placeholder of a variable is in code of a shell; `undefined` in other languages. */
function contextOf(block: Block, variable: string): ShellContext | undefined {
  const family = languageOf(block.language ?? '')?.family;
  if (family !== 'shell' && family !== undefined) return undefined;
  const code = commandsOf(block);
  const { placed: places } = placeInShell(code, findPlaceholders(code, 'shell'));
  const contexts = places
    .filter((one) => one.placeholder.variable === variable)
    .map(({ context }) => context);
  return contexts.find((context) => context !== 'comment') ?? contexts[0];
}

/** How the variable is written where the placeholder stands. */
function inItsPlace(variable: string, context: ShellContext | undefined): string {
  switch (context) {
    case 'double-quotes':
    case 'here-document':
      return `, and write \`\${${variable}}\` in its place`;
    case 'single-quotes':
    case 'ansi-c-quotes':
      return `, and write \`'"$${variable}"'\` in its place, which ends the single quotes and begins them again`;
    case 'quoted-here-document':
      return `, and write \`\${${variable}}\`, with no quotes around the word after \`<<\``;
    default:
      return `, and write \`"$${variable}"\``;
  }
}

/** Variables that a block finds without anybody being asked for them. */
function givenVariables(runbook: Runbook): ReadonlySet<string> {
  const { inputs, env, outputs } = runbook.frontMatter;
  const captured = allBlocks(runbook).flatMap(({ block }) =>
    (block.attributes.captures ?? []).map(({ name }) => name),
  );
  return new Set([...inputs.map(({ name }) => name), ...Object.keys(env), ...outputs, ...captured]);
}
