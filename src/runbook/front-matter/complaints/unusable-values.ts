// Owns what is said of values in front matter that no run could use, though each is of the right form.
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { FrontMatter, InputDeclaration } from '../../runbook.ts';
import type { FindPlace } from '../read-yaml.ts';

/** What `shell` can name, by itself or at the end of a path. */
export const shellNames: readonly string[] = ['ash', 'bash', 'dash', 'fish', 'ksh', 'sh', 'zsh'];

type Unusable = Pick<Diagnostic, 'message' | 'help'> & { readonly path: readonly string[] };

/** Each where it stands. */
export function unusableValues(frontMatter: FrontMatter, find: FindPlace): readonly Diagnostic[] {
  const { shell, approvals, inputs } = frontMatter;
  const found = [
    ...(shell === undefined ? [] : unknownShell(shell)),
    ...Object.entries(approvals).flatMap(([name, { people, count }]) => tooFew(name, people, count)),
    ...inputs.flatMap((input) => [...noChoice(input), ...onlyChoice(input), ...slashedPattern(input)]),
  ];
  return found.map(({ path, message, help }) => ({
    code: 'front-matter-value',
    severity: 'error',
    message,
    span: find(path, false),
    ...(help !== undefined && { help }),
  }));
}

function unknownShell(shell: string): readonly Unusable[] {
  if (shellNames.includes(shell.slice(shell.lastIndexOf('/') + 1))) return [];
  return [
    {
      path: ['shell'],
      message: `\`shell\` expects the name or the path of a shell, and received \`${shell}\``,
      help: `known are ${shellNames.map((name) => `\`${name}\``).join(', ')}; how others are started is said by \`interpreters\``,
    },
  ];
}

/** Nobody is named where a group is of whoever may approve at all. */
function tooFew(name: string, people: readonly string[], count: number): readonly Unusable[] {
  const named = new Set(people).size;
  if (named === 0 || count <= named) return [];
  return [
    {
      path: ['approvals', name, 'count'],
      message: `the group \`${name}\` wants ${count} people, and names ${named}`,
      help: 'name more people, or want fewer of them',
    },
  ];
}

function noChoice({ name, type, choices, choicesFrom }: InputDeclaration): readonly Unusable[] {
  if (choicesFrom !== undefined || (choices?.length ?? 0) > 0) return [];
  const help = 'write them as a list: `choices: [staging, production]`';
  if (choices !== undefined)
    return [
      { path: ['inputs', name, 'choices'], message: `\`${name}\` has no choices to choose from`, help },
    ];
  if (type !== 'choice' && type !== 'multiple') return [];
  return [
    {
      path: ['inputs', name, 'type'],
      message: `\`${name}\` is a \`${type}\` without \`choices\`, which takes any text`,
      help,
    },
  ];
}

function onlyChoice({ name, choices = [] }: InputDeclaration): readonly Unusable[] {
  const [only = '', ...others] = choices;
  if (others.length > 0 || !/[,|]/.test(only)) return [];
  return [
    {
      path: ['inputs', name, 'choices'],
      message: `\`${only}\` is one choice, and the only one of \`${name}\``,
      help: `write a list: \`[${only
        .split(/[,|]/)
        .map((one) => one.trim())
        .join(', ')}]\``,
    },
  ];
}

function slashedPattern({ name, pattern = '' }: InputDeclaration): readonly Unusable[] {
  const inside = /^\/\^([\s\S]*)\$\/[a-z]*$/.exec(pattern)?.[1];
  if (inside === undefined) return [];
  return [
    {
      path: ['inputs', name, 'pattern'],
      message: `the pattern of \`${name}\` matches nothing, since its slashes belong to it`,
      help: `write it without them: \`${inside}\`; it holds for the whole value`,
    },
  ];
}
