// Owns the warning that a value which nothing is filled into speaks of a variable.
import type { Diagnostic } from '../../../text/diagnostic.ts';
import { type Span, span } from '../../../text/span.ts';
import type { Runbook } from '../../runbook.ts';
import { allBlocks, allSteps, type LintRule } from '../lint-rule.ts';
import { spanInPlace } from '../span-of-text.ts';
import { declaredNames } from './declared-names.ts';

/** A variable, or a command that a shell would run. */
const reference = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*)|\((?!\())/g;

/** What every shell has. */
const common: ReadonlySet<string> = new Set(
  'HOME HOSTNAME LOGNAME PATH PWD RANDOM SHELL TMPDIR UID USER'.split(' '),
);

export const literalVariable: LintRule = {
  code: 'literal-variable',
  severity: 'warning',
  summary: 'a value of `env`, a default or a `cwd` has `$NAME`, which stays as it is written',
  explanation:
    'Values in front matter and in braces are texts, exactly as they are written: `env: { BASE: /srv/$REGION }` gives blocks a dollar sign. Build such a value in a block, `BASE=/srv/$REGION`, which later blocks have, too; or let a command print it, `inputs: { BASE: { default: { command: \'echo "/srv/$REGION"\' } } }`, which knows the inputs above it. A block goes to a folder by `cd "/srv/$REGION"`.',
  examples: {
    good: [
      '---\ninputs: { REGION: {}, PRICE: { default: 5$ } }\nenv: { AWK: "{ print $1 }", OTHER: "$SOMETHING" }\n---\n',
      '---\ninputs:\n  REGION: {}\n  BASE: { default: { command: echo "/srv/$REGION" } }\n---\n',
      '## Steps\n\n```sh {when="test -d $HOME" cwd=/srv}\nls\n```\n',
    ],
    bad: [
      '---\ninputs: { REGION: {} }\nenv: { BASE: /srv/$REGION }\n---\n',
      '---\ninputs:\n  REGION: {}\n  BUCKET: { default: "backup-${REGION}" }\n---\n',
      '---\nenv: { STAMP: $(date) }\n---\n',
      '## Steps\n\n```sh {cwd=$HOME/shop}\nls\n```\n',
      '---\ncwd: $HOME/shop\n---\n',
      '## Steps\n\n### Go {env.LOG="$HOME/log"}\n\n```sh\nls\n```\n',
    ],
  },
  check: (runbook) => {
    const { env, inputs, cwd } = runbook.frontMatter;
    const names = declaredNames(runbook);
    const told = (value: string | undefined, what: string, place: () => Span | undefined): Diagnostic[] => {
      const found = [...(value ?? '').matchAll(reference)].find(
        ([, braced, bare]) =>
          (braced ?? bare) === undefined ||
          names.has(braced ?? bare ?? '') ||
          common.has(braced ?? bare ?? ''),
      );
      if (found === undefined) return [];
      const [text, braced, bare] = found;
      const written = (braced ?? bare) === undefined ? '$(…)' : text;
      const at = place();
      return [
        {
          code: literalVariable.code,
          severity: literalVariable.severity,
          message: `\`${written}\` stays as it is written: ${what}`,
          ...(at !== undefined && { span: at }),
          help: 'build the value in a block, `NAME=…`, or let a command print it: `default: { command: … }`',
        },
      ];
    };
    const placed = [...allSteps(runbook), ...allBlocks(runbook).map(({ block }) => block)];
    return [
      ...told(cwd, 'a `cwd` is a text', () => findInHead(runbook, 'cwd', cwd ?? '')),
      ...Object.entries(env).flatMap(([name, value]) =>
        told(value, 'values of `env` are texts', () => findInHead(runbook, name, value)),
      ),
      ...inputs.flatMap(({ name, default: value = '', from, span: own }) =>
        told(
          value,
          'defaults are texts',
          () => (from === undefined ? findInHead(runbook, name, value) : undefined) ?? own,
        ),
      ),
      ...placed.flatMap(({ attributes, span: { start } }) => [
        ...Object.values(attributes.env ?? {}).flatMap((value) =>
          told(value, 'values of `env` are texts', () => findInLine(runbook, start, value)),
        ),
        ...told(attributes.cwd, 'a `cwd` is a text', () => findInLine(runbook, start, attributes.cwd ?? '')),
      ]),
    ];
  },
};

/** Where the front matter gives a name this value, as far as it is written in one line. */
function findInHead(runbook: Runbook, name: string, value: string): Span | undefined {
  const { lines } = runbook.source;
  for (let line = 2; line <= lines.lineCount; line += 1) {
    const text = lines.textOfLine(line);
    if (/^(?:---|\+\+\+|\.\.\.)\s*$/.test(text)) break;
    if (text.includes(name) && text.includes(value))
      return findInLine(runbook, lines.startOfLine(line), value);
  }
  return undefined;
}

/** In the line that begins at the byte or holds it. */
function findInLine(runbook: Runbook, offset: number, value: string): Span {
  const { lines } = runbook.source;
  const { line } = lines.placeOf(offset);
  const start = lines.startOfLine(line);
  const end = start + new TextEncoder().encode(lines.textOfLine(line)).length;
  return spanInPlace(runbook, span(start, end), value);
}
