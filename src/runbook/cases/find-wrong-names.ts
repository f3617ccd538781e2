// Owns what the schema of a file of tests cannot tell: patterns that nobody can read, and doubts that there are not.
import { closestName } from '../../text/closest-name.ts';
import { doubtCodes } from '../doubts/doubt-kinds.ts';
import { type ReadPattern, readTestPattern } from './read-test-pattern.ts';
import type { TestFileInput } from './test-file-schema.ts';

/** What is wrong, and the keys that lead to it. */
export interface WrongName {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly help?: string;
}

type Path = WrongName['path'];
type Shared = Omit<TestFileInput, 'cases'>;

/** All that is wrong with names and patterns of a file. */
export function findWrongNames({ cases, ...shared }: TestFileInput): readonly WrongName[] {
  return [
    ...ofShared(shared, []),
    ...cases.flatMap((one, index) => [
      ...ofShared(one, ['cases', index]),
      ...(one.expect?.calls ?? []).flatMap((call) =>
        wrongPattern(readTestPattern(call.replace(/^!\s*/, ''), { isCall: true }), call, [
          ...['cases', index, 'expect', 'calls'],
        ]),
      ),
      ...(one.expect?.output ?? []).flatMap((text) =>
        wrongPattern(readTestPattern(text), text, ['cases', index, 'expect', 'output']),
      ),
    ]),
  ];
}

function ofShared({ accept = [], stubs = {}, hosts = {} }: Shared, path: Path): readonly WrongName[] {
  return [
    ...accept.flatMap((code) => wrongDoubt(code, [...path, 'accept'])),
    ...ofStubs(stubs, [...path, 'stubs']),
    ...Object.entries(hosts).flatMap(([name, host]) =>
      ofStubs(host?.stubs ?? {}, [...path, 'hosts', name, 'stubs']),
    ),
  ];
}

function wrongDoubt(code: string, path: Path): readonly WrongName[] {
  if ((doubtCodes as readonly string[]).includes(code)) return [];
  const meant = closestName(code, doubtCodes);
  const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`;
  return [{ path, message: `there is no doubt \`${code}\`${hint}` }];
}

function ofStubs(stubs: NonNullable<Shared['stubs']>, path: Path): readonly WrongName[] {
  return Object.entries(stubs).flatMap(([name, replies]) =>
    (replies ?? []).flatMap(({ when }) => {
      if (when === undefined) return [];
      const read = readTestPattern(when);
      const place = [...path, name];
      if (read === undefined || 'wrong' in read || read.pattern.extended !== undefined)
        return wrongPattern(read, when, place);
      return [
        {
          path: place,
          message: `\`${when}\`: a stub is a script of bash, which has no words for this pattern`,
          help: 'write it without `\\b`, `(?…)`, `*?` and their like, or as a text with `*` and `?`',
        },
      ];
    }),
  );
}

function wrongPattern(read: ReadPattern, written: string, path: Path): readonly WrongName[] {
  if (read === undefined || !('wrong' in read)) return [];
  return [
    {
      path,
      message: `\`${written}\`: ${read.wrong}`,
      help: '`/…/` is an extended regular expression; `[Kk]` stands for both letters',
    },
  ];
}
