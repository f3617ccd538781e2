// Owns what is the name of a time zone, and reading one.
import { closestName } from '../../../text/closest-name.ts';
import { type Complaints, expects, type Path } from './complaints.ts';

/** A name of the IANA database, as it is written there; UTC where nothing is said. */
export function readTimeZone(given: unknown, path: Path, complaints: Complaints): string {
  if (given === undefined) return 'UTC';
  if (typeof given === 'string' && isTimeZone(given)) return given;
  const candidates = Intl.supportedValuesOf('timeZone');
  const city =
    typeof given === 'string'
      ? closestName(
          given,
          candidates.map((one) => one.split('/').at(-1) ?? ''),
        )
      : undefined;
  const meant = candidates.find((one) => city !== undefined && one.endsWith(`/${city}`));
  return (
    expects(complaints, path, 'a time zone such as `Europe/Berlin`', {
      given: meant ?? given,
      candidates,
    }) ?? 'UTC'
  );
}

/** Whether it is the name of a zone; offsets such as `+02:00` are none, for they know nothing of summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
