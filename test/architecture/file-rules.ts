// Owns the rules of how a file is named and written.
import { posix } from 'node:path';
import { type HouseFile, readModule } from './house-file.ts';
import { isSource, perFile, type Rule } from './rule.ts';

const maximalLines = 400;

const isCode = (file: HouseFile): boolean => /^(src|test|bench|scripts)\/.*\.(tsx?|mjs)$/.test(file.path);
/** One finding for each line that `pattern` matches. */
const onLines = (file: HouseFile, pattern: RegExp, say: (match: string) => string) =>
  file.text.split('\n').flatMap((text, index) => {
    const match = pattern.exec(text);
    return match ? [{ line: index + 1, message: say(match[0]) }] : [];
  });

const smallFiles: Rule = {
  name: 'files stay small',
  check: perFile(
    (file) => isCode(file) && !file.path.startsWith('test/'),
    (file) => {
      const lines = file.text.split('\n').length - 1;
      return lines > maximalLines
        ? [{ line: maximalLines + 1, message: `${lines} lines; ${maximalLines} are the limit` }]
        : [];
    },
  ),
  bad: [
    {
      files: { 'src/run/a.ts': '\n'.repeat(401) },
      says: ['src/run/a.ts:401: 401 lines; 400 are the limit'],
    },
  ],
  good: {
    'src/run/a.ts': '\n'.repeat(400),
    'runbooks/a.md': '\n'.repeat(1000),
    'test/a.test.ts': '\n'.repeat(1000),
  },
};

const opensWithPurpose: Rule = {
  name: 'a file opens with the sentence that says what it owns',
  check: perFile(isSource, (file) =>
    /^\/\/ [A-Z].{19,}/.test(file.text)
      ? []
      : [{ line: 1, message: 'does not open with a sentence of what it owns' }],
  ),
  bad: [
    {
      files: { 'src/run/a.ts': `import { b } from './b.ts';\n`, 'src/run/b.ts': '// Things.\n' },
      says: [
        'src/run/a.ts:1: does not open with a sentence of what it owns',
        'src/run/b.ts:1: does not open with a sentence of what it owns',
      ],
    },
  ],
  good: { 'src/run/a.ts': '// Owns the names of things; knows nothing of the things.\n' },
};

/** `run/event.ts` may export `RunEvent`: a name with that of its room before it is a name of its own. */
const namesOf = (path: string): readonly string[] => {
  const name = posix.basename(path).replace(/\..*$/, '').replaceAll('-', '');
  const room = posix.basename(posix.dirname(path)).replaceAll('-', '');
  return [name, `${room}${name}`];
};

/** What the process, and a thread of it, begin with. */
const starts = [
  'src/cli/main.ts',
  'src/cli/check-worker.ts',
  'src/cli/skim-worker.ts',
  'src/cli/events/rule-worker.ts',
];

const ownName: Rule = {
  name: 'a file has an export of its own name',
  check: perFile(
    (file) => isSource(file) && !starts.includes(file.path),
    (file) => {
      const { exports } = readModule(file);
      const own = namesOf(file.path);
      return exports.some((name) => own.includes(name.toLowerCase()))
        ? []
        : [{ line: 1, message: `exports ${exports.map((name) => `\`${name}\``).join(', ') || 'nothing'}` }];
    },
  ),
  bad: [
    {
      files: {
        'src/run/retry-rules.ts': 'export const mayRetry = 1, rules = 2;',
        'src/run/a.ts': 'const a = 1;',
      },
      says: ['src/run/retry-rules.ts:1: exports `mayRetry`, `rules`', 'src/run/a.ts:1: exports nothing'],
    },
  ],
  good: {
    'src/run/may-retry.ts': 'const rules = 1;\nexport async function mayRetry() {}',
    'src/run/event.ts': 'export type RunEvent = 1;',
    'src/run/clock.ts': 'export interface Clock {}',
    'src/cli/main.ts': 'start();',
  },
};

const maximalFunctionLines = 70;

const smallFunctions: Rule = {
  name: 'functions stay small',
  check: perFile(isSource, (file) =>
    readModule(file)
      .functions.filter(({ lines }) => lines > maximalFunctionLines)
      .map(({ line, lines }) => ({
        line,
        message: `a function of ${lines} lines; ${maximalFunctionLines} are the limit`,
      })),
  ),
  bad: [
    {
      files: { 'src/run/a.ts': `\nexport const a = () => {${'\n'.repeat(70)}};` },
      says: ['src/run/a.ts:2: a function of 71 lines; 70 are the limit'],
    },
  ],
  good: { 'src/run/a.ts': `export function a() {${'\n'.repeat(69)}}\n${'\n'.repeat(100)}` },
};

const namedExports: Rule = {
  name: 'no default exports, no barrels',
  check: perFile(isSource, (file) => {
    const { defaultExports, barrel } = readModule(file);
    return [
      ...defaultExports.map((line) => ({ line, message: 'exports a default; give it its name' })),
      ...(barrel ? [{ line: 1, message: 'only hands on what other files export' }] : []),
    ];
  }),
  bad: [
    {
      files: {
        'src/run/a.ts': '\nexport default 1;',
        'src/run/b.ts': `export * from './c.ts';\nexport { d } from './d.ts';`,
      },
      says: [
        'src/run/a.ts:2: exports a default; give it its name',
        'src/run/b.ts:1: only hands on what other files export',
      ],
    },
  ],
  good: {
    'src/run/a.ts': `export * from './c.ts';\nexport const b = 1;`,
    'vitest.config.ts': 'export default 1;',
  },
};

const goodNames: Rule = {
  name: 'file names are kebab-case and say something',
  check: perFile(isCode, ({ path }) => {
    const name = posix.basename(path).replace(/\..*$/, '');
    const empty = /(?<![a-z])(utils?|helpers?|managers?|misc)(?![a-z])|^(common|shared|index)$/.exec(
      name,
    )?.[0];
    if (empty) return [{ line: 1, message: `a file named \`${empty}\` says nothing` }];
    return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)
      ? []
      : [{ line: 1, message: `\`${name}\` is not kebab-case` }];
  }),
  bad: [
    {
      files: {
        'src/run/string-utils.ts': '',
        'src/run/RunState.ts': '',
        'test/helper.ts': '',
        'src/text/index.ts': '',
      },
      says: [
        'src/run/string-utils.ts:1: a file named `utils` says nothing',
        'src/run/RunState.ts:1: `RunState` is not kebab-case',
        'test/helper.ts:1: a file named `helper` says nothing',
        'src/text/index.ts:1: a file named `index` says nothing',
      ],
    },
  ],
  good: { 'src/text/line-index.ts': '', 'test/e2e/tour.test.ts': '', 'README.md': '' },
};

// The words are put together here, so that this file does not hold what it forbids.
const unfinished = new RegExp(
  `(//|^\\s*\\*|/\\*).*\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`,
);

const nothingLeftUndone: Rule = {
  name: 'no comment puts work off',
  check: perFile(isCode, (file) =>
    onLines(file, unfinished, () => 'a comment puts work off; do it, or open an issue'),
  ),
  bad: [
    {
      files: {
        'src/run/a.ts': `const a = 1; // ${'TO' + 'DO'}: more\n/* ${'FIX' + 'ME'} */\n * ${'TO' + 'DO'}(x)`,
      },
      says: [1, 2, 3].map((line) => `src/run/a.ts:${line}: a comment puts work off; do it, or open an issue`),
    },
  ],
  good: { 'src/run/a.ts': `const placeholder = '${'TO' + 'DO'}';` },
};

const foreignPlaces = new RegExp(
  [
    '/wo' + 'rk/',
    '/ro' + 'ot/',
    '/Us' + 'ers/[a-z]',
    'registry\\.(npm' + 'js|yarn' + 'pkg)',
    '"resol' + 'ved":',
  ].join('|'),
);

const ownMachineStaysOut: Rule = {
  name: 'no path of a machine and no address of a registry',
  check: perFile(
    (file) => !file.path.startsWith('test/fixtures/'),
    (file) => onLines(file, foreignPlaces, (match) => `\`${match}\` is of one machine`),
  ),
  bad: [
    {
      files: {
        'docs/a.md': `see ${'/wo' + 'rk/'}main\nor ${'/ro' + 'ot/'}.npmrc`,
        'package-lock.json': `{\n "resol${'ved'}": "https://x" }`,
        '.npmrc': `registry=https://registry.npm${'js'}.org`,
      },
      says: [
        `docs/a.md:1: \`${'/wo' + 'rk/'}\` is of one machine`,
        `docs/a.md:2: \`${'/ro' + 'ot/'}\` is of one machine`,
        `package-lock.json:2: \`"resol${'ved'}":\` is of one machine`,
        `.npmrc:1: \`registry.npm${'js'}\` is of one machine`,
      ],
    },
  ],
  good: { 'docs/a.md': 'a workaround, the root of it, /workspace, /var/log; a registry.example' },
};

/** What waits for times that are worked out, all of them of ours and short. */
const shortWaits: readonly string[] = [
  'src/cli/serving/drives/run-worker.ts',
  'src/cli/serving/fleet/fleet-worker.ts',
  'src/engine/disk/document-writer.ts',
  'src/engine/disk/wait-for-lock.ts',
  'src/engine/executors/open-shell.ts',
  'src/engine/journal/bounded-journal.ts',
  'src/engine/machines/machine-session.ts',
  'src/engine/processes/process-tree.ts',
  'src/engine/run-engine.ts',
  'src/engine/shells/state-pipe.ts',
  'src/engine/start-timer.ts',
  'src/engine/triggers/rule-lane.ts',
  'src/surfaces/notify/channels/email-channel.ts',
  'src/surfaces/notify/channels/post-json.ts',
  'src/surfaces/notify/notifier.ts',
  'src/surfaces/tui/keys/type-ahead.ts',
  'src/surfaces/tui/terminal/frame-clock.ts',
  'src/surfaces/web/add-pages.ts',
];

const anyWaitIsLongEnough: Rule = {
  name: 'times that people write are waited for by `startTimer`, for those of Node end after 24.8 days',
  check: perFile(
    (file) => isSource(file) && !shortWaits.includes(file.path),
    (file) =>
      readModule(file).openWaits.map((line) => ({
        line,
        message: 'a timer of Node for a time that is not of this file: use `startTimer`',
      })),
  ),
  bad: [
    {
      files: {
        'src/run/a.ts': 'setTimeout(end, timeoutMs);',
        'src/run/b.ts': `import { setTimeout as sleep } from 'node:timers/promises';\nawait sleep(pause * 2);`,
        'src/run/c.ts': 'const ms = 1;\nsetInterval(() => {}, ms + git.everyMs);',
      },
      says: ['a.ts:1', 'b.ts:2', 'c.ts:2'].map(
        (place) =>
          `src/run/${place}: a timer of Node for a time that is not of this file: use \`startTimer\``,
      ),
    },
  ],
  good: {
    'src/run/a.ts':
      'const lookMs = 60 * 1_000;\nsetInterval(() => {}, lookMs);\nsetTimeout(end, 20);\nclearTimeout(ms);',
    'src/run/b.ts': `import { setTimeout } from 'node:timers/promises';\nexport const ms = 5;\nawait setTimeout(ms, 'x');`,
    'src/run/c.ts': 'startTimer(end, timeoutMs);',
    'test/a.test.ts': 'setTimeout(end, timeoutMs);',
  },
};

export const fileRules: readonly Rule[] = [
  smallFiles,
  smallFunctions,
  opensWithPurpose,
  ownName,
  namedExports,
  goodNames,
  nothingLeftUndone,
  ownMachineStaysOut,
  anyWaitIsLongEnough,
];
