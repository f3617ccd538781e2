// Owns reading the hours in which events start no run as they would otherwise.
import {
  type Complaints,
  expects,
  isMapping,
  type Mapping,
  type Path,
  refuses,
  textList,
  unknownKeys,
} from './complaints.ts';
import { readTimeZone } from './read-time-zone.ts';
import { type QuietHours, quietActions, type Weekday, weekdays } from './trigger.ts';

const form = '`{ days: […], from: 22:00, to: 07:00, timezone: …, then: wait }`, or a list of those';
/** What quiet hours may say. */
export const quietKeys: readonly string[] = ['days', 'from', 'to', 'timezone', 'then'];
const dayMinutes = 24 * 60;

/** One mapping, or a list of them; what is wrong is told. */
export function readQuietHours(quiet: unknown, path: Path, complaints: Complaints): readonly QuietHours[] {
  if (quiet === undefined) return [];
  if (!Array.isArray(quiet)) return readOne(quiet, path, complaints);
  return quiet.flatMap((one, index) => readOne(one, [...path, index], complaints));
}

function readOne(quiet: unknown, path: Path, complaints: Complaints): readonly QuietHours[] {
  if (!isMapping(quiet)) {
    expects(complaints, path, form);
    return [];
  }
  unknownKeys(complaints, path, quiet, quietKeys, 'quiet hours');
  const days = readDays(quiet.days, [...path, 'days'], complaints);
  const hours = readHours(quiet, path, complaints);
  const timezone = readTimeZone(quiet.timezone, [...path, 'timezone'], complaints);
  const { then = 'wait' } = quiet;
  const action = quietActions.find((one) => one === then);
  if (action === undefined)
    expects(complaints, [...path, 'then'], '`ask`, `wait` or `drop`', {
      given: then,
      candidates: quietActions,
    });
  if (hours === undefined || action === undefined) return [];
  return [{ days, ...hours, timezone, action }];
}

function readDays(given: unknown, path: Path, complaints: Complaints): readonly Weekday[] {
  if (given === undefined) return weekdays;
  const words = textList(given) ?? [];
  const days = weekdays.filter((day) => words.some((word) => word.toLowerCase() === day));
  const wrong = words.find((word) => !(weekdays as readonly string[]).includes(word.toLowerCase()));
  if (words.length > 0 && wrong === undefined) return days;
  return (
    expects(complaints, path, 'days such as `[sat, sun]`', { given: wrong, candidates: weekdays }) ?? weekdays
  );
}

/** Both times, or none: then it is the whole day. */
function readHours(
  quiet: Mapping,
  path: Path,
  complaints: Complaints,
): Pick<QuietHours, 'from' | 'to'> | undefined {
  if (quiet.from === undefined && quiet.to === undefined) return { from: 0, to: dayMinutes };
  const [from, to] = (['from', 'to'] as const).map((key) => {
    const minutes = minutesOf(quiet[key], key === 'to');
    if (minutes === undefined)
      expects(complaints, quiet[key] === undefined ? path : [...path, key], timeForm(key, quiet[key]));
    return minutes;
  });
  if (from === undefined || to === undefined) return undefined;
  if (from !== to) return { from, to };
  return refuses(
    complaints,
    [...path, 'to'],
    'quiet hours end at another time than they begin',
    'for whole days leave `from` and `to` out',
  );
}

function timeForm(key: string, given: unknown): string {
  return given === undefined ? `\`${key}\` as well, a time such as \`22:00\`` : 'a time such as `22:00`';
}

function minutesOf(given: unknown, isEnd: boolean): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)$/.exec(typeof given === 'string' ? given : '') ?? [];
  if (hours === undefined || Number(minutes) > 59) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  return total < dayMinutes || (isEnd && total === dayMinutes) ? total : undefined;
}
