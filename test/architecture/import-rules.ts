// Owns the rules of who may import whom and what.
import { posix } from 'node:path';
import { floorOf, pureFloors, whyNotImported } from './floors.ts';
import { readModule } from './house-file.ts';
import { nodeOwners, owners } from './owners.ts';
import { type Finding, isSource, perFile, type Rule } from './rule.ts';

/** `src/engine/disk/a.ts` is in `src/engine/disk`. */
const roomOf = (path: string): string => posix.dirname(path);
const inSource = (path: string): boolean => path.startsWith('src/') && /\.tsx?$/.test(path);

const resolve = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier);

/** Package of a bare specifier: `@scope/name/part` is of `@scope/name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const importsGoDown: Rule = {
  name: 'imports go down, and on one floor to the left',
  check: perFile(isSource, (file) =>
    readModule(file).imports.flatMap(({ specifier, line }) => {
      if (!specifier.startsWith('.')) return [];
      const target = resolve(file.path, specifier);
      if (target === 'package.json' && file.path === 'src/cli/tool-version.ts') return [];
      const message = whyNotImported(file.path, target, specifier);
      return message === undefined ? [] : [{ line, message }];
    }),
  ),
  bad: [
    {
      files: { 'src/text/a.ts': `import { b } from '../run/b.ts';` },
      says: ['src/text/a.ts:1: text/ may not import from run/ above'],
    },
    {
      files: { 'src/engine/disk/a.ts': `\nexport * from '../journal/b.ts';` },
      says: ['src/engine/disk/a.ts:2: `src/engine/disk` may not import from `src/engine/journal`'],
    },
    {
      files: {
        'src/engine/shells/a.ts': `import type { B } from '../attempts/b.ts';`,
        'src/surfaces/tui/keys/a.ts': `import { b } from '../screen/b.ts';`,
        'src/surfaces/tui/screen/a.ts': `import { b } from '../../prompt/b.ts';`,
      },
      says: [
        'src/engine/shells/a.ts:1: `src/engine/shells` may not import from `src/engine/attempts`',
        'src/surfaces/tui/keys/a.ts:1: `src/surfaces/tui/keys` may not import from `src/surfaces/tui/screen`',
        'src/surfaces/tui/screen/a.ts:1: `src/surfaces/tui` may not import from `src/surfaces/prompt`',
      ],
    },
    {
      files: { 'src/run/a.ts': `const b = await import('../cli/b.ts');` },
      says: ['src/run/a.ts:1: run/ may not import from cli/ above'],
    },
    {
      files: { 'src/cli/a.ts': `import type { B } from '../../test/b.ts';\nimport { c } from './c';` },
      says: ['src/cli/a.ts:1: `test/b.ts` is not in src', 'src/cli/a.ts:2: `./c` does not name its .ts file'],
    },
    {
      files: {
        'src/elsewhere/a.ts': `import { b } from '../text/b.ts';`,
        'src/run/a.ts': `import { b } from './cellar/b.ts';`,
      },
      says: [
        'src/elsewhere/a.ts:1: `src/elsewhere/a.ts` stands on no floor',
        'src/run/a.ts:1: `src/run/cellar` is no room of its floor',
      ],
    },
  ],
  good: {
    'src/engine/disk/a.ts': `import { b } from '../files/file-operations.ts';\nimport { c } from './c.ts';\nimport 'node:fs';`,
    'src/engine/run-engine.ts': `import { d } from './disk/a.ts';\nimport type { E } from '../run/event.ts';`,
    'src/engine/executors/a.ts': `import { d } from '../run-on-hosts.ts';\nimport type { E } from '../shells/e.ts';`,
    'src/surfaces/tui/screen/a.ts': `import { b } from '../keys/b.ts';\nimport { c } from '../../choice.ts';`,
    'src/cli/tool-version.ts': `import { version } from '../../package.json';`,
  },
};

const noCircles: Rule = {
  name: 'files do not import each other in a circle, types included',
  check: (files) => {
    const edges = new Map<string, Map<string, Finding>>();
    for (const file of files.filter(isSource)) {
      const own = new Map<string, Finding>();
      for (const { specifier, line } of readModule(file).imports) {
        const to = resolve(file.path, specifier);
        if (!specifier.startsWith('.') || own.has(to)) continue;
        own.set(to, { path: file.path, line, message: `closes a circle with \`${to}\`` });
      }
      edges.set(file.path, own);
    }
    const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
      [...(edges.get(from)?.keys() ?? [])].some((next) => {
        if (next === goal) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, goal, seen);
      });
    return [...edges].flatMap(([from, targets]) =>
      [...targets].filter(([to]) => reaches(to, from, new Set())).map(([, finding]) => finding),
    );
  },
  bad: [
    {
      files: {
        'src/engine/disk/a.ts': `import { b } from '../file-operations.ts';`,
        'src/engine/file-operations.ts': `import { a } from './between.ts';`,
        'src/engine/between.ts': `\nimport type { A } from './disk/a.ts';`,
      },
      says: [
        'src/engine/disk/a.ts:1: closes a circle with `src/engine/file-operations.ts`',
        'src/engine/file-operations.ts:1: closes a circle with `src/engine/between.ts`',
        'src/engine/between.ts:2: closes a circle with `src/engine/disk/a.ts`',
      ],
    },
  ],
  good: {
    'src/engine/disk/a.ts': `import { b } from './b.ts';`,
    'src/engine/run-engine.ts': `import { b } from './disk/b.ts';\nimport { a } from './disk/a.ts';`,
  },
};

const maximalFiles = 18;

const smallRooms: Rule = {
  name: `no room holds more than ${maximalFiles} files`,
  check: (files) => {
    const rooms = new Map<string, string[]>();
    for (const { path } of files) {
      if (inSource(path)) rooms.set(roomOf(path), [...(rooms.get(roomOf(path)) ?? []), path]);
    }
    return [...rooms]
      .filter(([, inside]) => inside.length > maximalFiles)
      .map(([room, inside]) => ({
        path: room,
        line: 1,
        message: `${inside.length} files; ${maximalFiles} are the limit`,
      }));
  },
  bad: [
    {
      files: Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`src/run/rules/a${index}.ts`, ''])),
      says: ['src/run/rules:1: 19 files; 18 are the limit'],
    },
  ],
  good: {
    ...Object.fromEntries(Array.from({ length: 18 }, (_, index) => [`src/run/rules/a${index}.ts`, ''])),
    'src/run/rules/README.md': '',
    'src/run/rules/deeper/a.ts': '',
  },
};

const impureNames = new Set([
  ...['process', 'console', 'Buffer', 'performance', 'globalThis', 'require', 'fetch', 'crypto'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'Date.now', 'new Date()', 'Math.random'],
]);

/** What a pure floor may take of Node, and where: a hash is a function of its bytes. */
const pureOfNode: Readonly<Record<string, string>> = {
  'src/run/digest-of-code.ts': 'node:crypto',
  'src/run/links/digest-of-pages.ts': 'node:crypto',
};

const pureBelow: Rule = {
  name: `the floors ${pureFloors.join(', ')} are pure`,
  check: perFile(
    (file) => isSource(file) && pureFloors.includes(floorOf(file.path)),
    (file) => {
      const { imports, names } = readModule(file);
      const folder = floorOf(file.path);
      const reached = imports.filter(
        ({ specifier }) => specifier.startsWith('node:') && specifier !== pureOfNode[file.path],
      );
      const used = names.filter(({ name }) => impureNames.has(name));
      return [
        ...reached.map((found) => ({
          line: found.line,
          message: `${folder}/ is pure: no \`${found.specifier}\``,
        })),
        ...used.map((found) => ({ line: found.line, message: `${folder}/ is pure: no \`${found.name}\`` })),
      ];
    },
  ),
  bad: [
    {
      files: {
        'src/run/a.ts': `import { join } from 'node:path';\nexport const now = Date.now();\nexport const then = new Date();`,
      },
      says: [
        'src/run/a.ts:1: run/ is pure: no `node:path`',
        'src/run/a.ts:2: run/ is pure: no `Date.now`',
        'src/run/a.ts:3: run/ is pure: no `new Date()`',
      ],
    },
    {
      files: {
        'src/view/a.ts': `export const a = Math.random();\nif (process.env.X) console.log(Buffer.from(''));`,
      },
      says: [
        'src/view/a.ts:1: view/ is pure: no `Math.random`',
        'src/view/a.ts:2: view/ is pure: no `process`',
        'src/view/a.ts:2: view/ is pure: no `console`',
        'src/view/a.ts:2: view/ is pure: no `Buffer`',
      ],
    },
    {
      files: { 'src/text/a.ts': `const use = { process };` },
      says: ['src/text/a.ts:1: text/ is pure: no `process`'],
    },
    {
      files: {
        'src/run/digest-of-code.ts': `import 'node:fs';`,
        'src/run/a.ts': `import { hash } from 'node:crypto';`,
      },
      says: [
        'src/run/digest-of-code.ts:1: run/ is pure: no `node:fs`',
        'src/run/a.ts:1: run/ is pure: no `node:crypto`',
      ],
    },
  ],
  good: {
    'src/run/a.ts': `// process.env and Date.now() are only spoken of.\nexport const a = { console: 'x', at: new Date(0), b: "Buffer" };\na.console;`,
    'src/run/digest-of-code.ts': `import { hash } from 'node:crypto';`,
    'src/engine/a.ts': `import 'node:fs';\nprocess.exit(Date.now());`,
    'test/a.test.ts': `import 'node:fs';`,
  },
};

const oneOwner: Rule = {
  name: 'a third-party package is imported by its owner alone',
  check: perFile(isSource, (file) =>
    readModule(file).imports.flatMap(({ specifier, line }) => {
      if (specifier.startsWith('.')) return [];
      const isNode = specifier.startsWith('node:');
      if (isNode && !Object.hasOwn(nodeOwners, specifier)) return [];
      const name = isNode ? specifier : packageOf(specifier);
      const table = isNode ? nodeOwners : owners;
      const places = Object.hasOwn(table, name) ? table[name] : undefined;
      if (!places) return [{ line, message: `\`${name}\` has no owner in test/architecture/owners.ts` }];
      const owned = places.some((place) =>
        place.endsWith('/') ? file.path.startsWith(place) : file.path === place,
      );
      return owned ? [] : [{ line, message: `\`${name}\` belongs to ${places.join(', ')}` }];
    }),
  ),
  bad: [
    {
      files: {
        'src/run/a.ts': `import { x } from '@scope/unheard-of/part';\nimport ignore from 'ignore';`,
      },
      says: [
        'src/run/a.ts:1: `@scope/unheard-of` has no owner in test/architecture/owners.ts',
        'src/run/a.ts:2: `ignore` belongs to src/engine/disk/find-markdown.ts',
      ],
    },
    {
      files: { 'src/text/b.ts': `import { x } from 'fs';\nimport { distance } from 'fastest-levenshtein';` },
      says: [
        'src/text/b.ts:1: `fs` has no owner in test/architecture/owners.ts',
        'src/text/b.ts:2: `fastest-levenshtein` belongs to src/text/closest-name.ts',
      ],
    },
    {
      files: { 'src/surfaces/a.ts': `import { spawn } from 'node:child_process';` },
      says: [
        `src/surfaces/a.ts:1: \`node:child_process\` belongs to ${nodeOwners['node:child_process']?.join(', ')}`,
      ],
    },
  ],
  good: {
    'src/text/closest-name.ts': `import { distance } from 'fastest-levenshtein';`,
    'src/cli/line/create-program.ts': `import { Command } from 'commander';\nimport 'node:fs';`,
    'src/engine/shells/bash/live-bash.ts': `import { spawn } from 'node:child_process';`,
  },
};

export const importRules: readonly Rule[] = [importsGoDown, noCircles, smallRooms, pureBelow, oneOwner];
