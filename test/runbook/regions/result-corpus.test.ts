import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Count, expectLaws } from './result-laws.ts';

const corpus = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'corpus');
const isThere = existsSync(corpus);
if (!isThere && process.env.RUNSHEET_REQUIRE_CORPUS) throw new Error(`no corpus at ${corpus}`);

test.skipIf(!isThere)(
  `the laws of results hold for every file of ${isThere ? '' : 'the missing '}../shared/corpus`,
  () => {
    const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => name.endsWith('.md'));
    const count: Count = { placed: 0, leftOut: 0 };
    for (const name of files) {
      try {
        expectLaws(readFileSync(join(corpus, name)), count);
      } catch (error) {
        throw new Error(`in ${name}`, { cause: error });
      }
    }
    expect(files.length).toBeGreaterThan(100);
    expect(count.placed).toBeGreaterThan(500);
    expect(count.leftOut).toBe(0);
  },
);
