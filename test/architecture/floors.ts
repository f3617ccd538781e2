// Owns the plan of the house: its floors, their rooms, and which room may import from which.
import { posix } from 'node:path';

/** Lowest first. A file imports only from floors below its own, and on its own floor as `rooms` says. */
export const floors: readonly string[] = [
  'basics',
  'text',
  'languages',
  'runbook',
  'run',
  'engine',
  'view',
  'surfaces',
  'cli',
];

/** Neither `node:` modules nor a clock, chance, the process or the console. */
export const pureFloors: readonly string[] = ['basics', 'text', 'languages', 'runbook', 'run', 'view'];

/**
 * The rooms of a floor in rows: a room imports from those that stand left of it in one of its rows, and from no other
 * room of its floor. Files that lie on the floor itself, outside all rooms, may be imported by its rooms and import
 * them, as long as no circle of files comes of it.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  text: ['editors'],
  languages: ['sql < shell < placeholders < commands < escapes < recognition', 'http', 'patterns'],
  'languages/commands': ['tables', 'judging'],
  'languages/shell': ['reader'],
  runbook: [
    'markdown < doubts < other-tools < attributes < front-matter < cases < regions < prose < content < headings < choices < steps < occasions < sessions < templates < lint < importing',
  ],
  'runbook/front-matter': ['complaints < channels', 'complaints < triggers'],
  'runbook/occasions': ['beside'],
  'runbook/lint': ['people', 'code', 'outputs', 'shells', 'upkeep', 'events'],
  run: [
    'masking < files < evolution',
    'masking < inputs < approvals < belonging < rehearsal < targets < rules < telling < planning < links < changes',
    'approvals < belonging < targets < rules < answers < decisions',
    'approvals < targets < rules < evolution',
    'masking < expectations',
    'masking < inputs < triggers',
    'masking < drafting',
    'masking < exporting',
  ],
  engine: [
    'files < processes < output < interpreters < shells < runners < machines < attempts < file-steps < executors',
    'files < processes < journal < record',
    'files < processes < disk',
    'files < processes < inbox',
    'files < processes < secrets',
    'files < disk < modules',
    'files < cache',
    'files < processes < recording',
    'files < queue',
    'postgres < queue',
    'files < journal < replica',
    'postgres < replica',
    'triggers',
  ],
  'engine/shells': ['bash', 'saved'],
  'engine/queue': ['rows < embedded', 'rows < postgres'],
  view: ['layout < prose', 'layout < words < steps'],
  'view/words': ['files'],
  surfaces: [
    'headless',
    'language-server',
    'notify',
    'prompt',
    'reports',
    'scripted',
    'tui',
    'reports < web',
    'sources < web',
  ],
  'surfaces/language-server': ['pages < names < completion', 'pages < mending'],
  'surfaces/reports': ['page < course < cost < telling < statistics'],
  'surfaces/notify': ['channels < asking'],
  'surfaces/web': ['pages < signing-in'],
  'surfaces/sources': ['payload < proof < senders', 'endpoints'],
  'surfaces/tui': ['keys < output < pages < screen < terminal'],
  'cli/serving': ['shelf < drives < fleet', 'shelf < page < asking'],
  'cli/trials': ['cases < results'],
  cli: [
    'runs < load < inputs < choosing < session < trials < telling < history < templates < checking < upkeep < authoring < events < serving < commands < line',
    'queues < history < serving',
  ],
};

/** The floor that a path below src/ stands on; empty where it stands on none. */
export const floorOf = (path: string): string => {
  const name = path.startsWith('src/') ? (path.split('/')[1] ?? '') : '';
  return floors.includes(name) ? name : '';
};

/** The room below `place`, such as `engine`, that holds the file; undefined where it lies on the floor itself. */
const roomBelow = (place: string, path: string): string | undefined => {
  const rest = posix.relative(`src/${place}`, path).split('/');
  return rest.length > 1 && rest[0] !== '..' ? rest[0] : undefined;
};

const standsLeft = (place: string, room: string, other: string): boolean =>
  (rooms[place] ?? []).some((row) => {
    const names = row.split(' < ');
    return names.includes(room) && names.includes(other) && names.indexOf(other) < names.indexOf(room);
  });

/** Why the file at `path` may not import the one at `target`; undefined where it may. */
export function whyNotImported(path: string, target: string, specifier: string): string | undefined {
  const [own, other] = [floorOf(path), floorOf(target)];
  if (own === '') return `\`${path}\` stands on no floor`;
  if (other === '') return `\`${target}\` is not in src`;
  if (!/\.tsx?$/.test(target)) return `\`${specifier}\` does not name its .ts file`;
  if (floors.indexOf(other) > floors.indexOf(own)) return `${own}/ may not import from ${other}/ above`;
  return own === other ? whyNotBeside(own, path, target) : undefined;
}

function whyNotBeside(place: string, path: string, target: string): string | undefined {
  const [room, other] = [roomBelow(place, path), roomBelow(place, target)];
  const known = (rooms[place] ?? []).flatMap((row) => row.split(' < '));
  const unknown = [room, other].find((name) => name !== undefined && !known.includes(name));
  if (unknown !== undefined) return `\`src/${place}/${unknown}\` is no room of its floor`;
  if (room === undefined || other === undefined) return undefined;
  if (room === other) return rooms[`${place}/${room}`] && whyNotBeside(`${place}/${room}`, path, target);
  return standsLeft(place, room, other)
    ? undefined
    : `\`src/${place}/${room}\` may not import from \`src/${place}/${other}\``;
}
