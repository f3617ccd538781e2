// Owns the names of files that a writer has beside the one it writes, and knows again when it was killed.
import { randomBytes } from 'node:crypto';
import { ownIdentity } from '../processes/process-identity.ts';
import { digestOf } from './file-identity.ts';

/** What such a file is: the next content on its way (`tmp`), or both contents while one is written over (`both`). */
type Ending = 'tmp' | 'both';

/** Says which machine's process it belongs to, so that no other machine on a shared disk removes it. */
export function leftoverName(name: string, ending: Ending): string {
  return `${prefixOf(name)}${process.pid}-${randomBytes(4).toString('hex')}.${ending}`;
}

/** Matches such names beside a file of this machine; its first group is the process. */
export function leftoverPattern(name: string, ending: Ending): RegExp {
  const prefix = prefixOf(name).replace(/[^\w]/gu, '\\$&');
  return new RegExp(`^${prefix}(\\d+)-[0-9a-f]{8}\\.${ending}$`);
}

function prefixOf(name: string): string {
  const { host, machine } = ownIdentity();
  const whose = digestOf(new TextEncoder().encode(`${host} ${machine}`)).slice(0, 8);
  return `.${name.slice(0, 40)}.runsheet-${whose}-`;
}
