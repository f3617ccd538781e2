// Owns the hint that what a name says to be a secret is not declared as one.
import { saysSecret } from '../../basics/says-secret.ts';
import { silentReads } from '../../languages/shell/reader/silent-reads.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Span } from '../../text/span.ts';
import type { Block, InputDeclaration, Runbook } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { allBlocks, isShell } from './lint-rule.ts';
import { openingSpan, spanOfCode, spanOfText } from './span-of-text.ts';

/** What is computed is seen by nobody before it is there; a text in the page is no secret any more. */
const computed =
  /(?:^|[\s;&|(])(?:export\s+|readonly\s+|local\s+|declare\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)="?(?:\$\(|`)/g;

export const undeclaredSecret: LintRule = {
  code: 'undeclared-secret',
  severity: 'hint',
  summary: 'a variable that looks like a secret is not declared as one',
  explanation:
    'A variable whose name ends in PASSWORD, TOKEN, API_KEY and their like, and what `read -s` reads, is treated as a secret from the moment it is seen: masked, and kept nowhere. What the block that sets it prints before it has ended is shown, and a run that is taken up again has to ask for it. A declared secret is known before anything runs, and is read again where it is: `secret: { command: … }`, `file`, `env`, or asked for. Declare what is not a secret with `secret: false`.',
  examples: {
    good: [
      '---\ninputs: { API_TOKEN: { secret: { command: pass show api } } }\n---\n## Steps\n\n```sh\ncurl -H "Authorization: Bearer $API_TOKEN" localhost\n```\n',
      '## Steps\n\n```sh\nTOKEN_FILE=$(mktemp)\nPASSWORD_LENGTH=12\nTOKEN="$OTHER"\nread -r name\n```\n',
      '---\ninputs: { NEXT_TOKEN: { secret: false } }\n---\n## Steps\n\n```sh\nNEXT_TOKEN=$(jq -r .next page.json)\n```\n',
      '---\ninputs: { API_TOKEN: { secret: true } }\n---\n## Steps\n\n```sh\nAPI_TOKEN=$(refresh "$API_TOKEN")\n```\n',
    ],
    bad: [
      '## Steps\n\n```sh\nexport API_TOKEN=$(pass show api)\n```\n',
      '## Steps\n\n```sh {capture=DB_PASSWORD}\npass show db\n```\n',
      '## Steps\n\n```sh\nread -rs -p "Password: " typed\n```\n',
      '---\ninputs: { DB_PASSWORD: { required: true } }\n---\n# T\n',
    ],
  },
  check: (runbook) => {
    const declared = new Set(runbook.frontMatter.inputs.map(({ name }) => name));
    return [
      ...runbook.frontMatter.inputs.filter(isUndeclared).map(({ name, span }) => hint(name, span)),
      ...allBlocks(runbook).flatMap(({ block }) =>
        block.runnable ? secretsSetBy(runbook, block, declared) : [],
      ),
    ];
  },
};

function isUndeclared(input: InputDeclaration): boolean {
  const { name, secret, isPublic, default: preset, defaultFrom, choices } = input;
  const isPlain = isPublic || preset !== undefined || defaultFrom !== undefined || choices !== undefined;
  return secret === undefined && !isPlain && saysSecret(name);
}

/** A hint for each, where the code first sets it. */
function secretsSetBy(runbook: Runbook, block: Block, declared: ReadonlySet<string>): readonly Diagnostic[] {
  const { captures = [] } = block.attributes;
  const code = block.console?.commands ?? block.code;
  const found = new Map<string, Span>();
  const add = (name: string, place: () => Span) => {
    if (!declared.has(name) && !found.has(name)) found.set(name, place());
  };
  for (const { name } of captures) if (saysSecret(name)) add(name, () => openingSpan(runbook, block));
  if (isShell(block)) {
    for (const { index, 0: text, 1: name = '' } of code.matchAll(computed)) {
      const start = index + text.indexOf(name);
      if (saysSecret(name)) add(name, () => spanOfCode(runbook, block, start, start + name.length));
    }
    for (const name of silentReads(code)) add(name, () => spanOfText(runbook, block, name));
  }
  return [...found].map(([name, span]) => hint(name, span));
}

function hint(name: string, span: Span | undefined): Diagnostic {
  return {
    code: undeclaredSecret.code,
    severity: undeclaredSecret.severity,
    message: `\`${name}\` looks like a secret, by its name or by how it is read, and is not declared as one`,
    ...(span !== undefined && { span }),
    help: `declare where it comes from: \`inputs: { ${name}: { secret: { command: … } } }\``,
  };
}
