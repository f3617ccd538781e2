// Owns which build of the tool this is.
import { readFileSync } from 'node:fs';

/** What the build wrote beside the code, other for other code; undefined where the tool runs from its sources. */
export function readBuild(): string | undefined {
  try {
    const { build } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
    return typeof build === 'string' && build !== '' ? build : undefined;
  } catch {
    return undefined;
  }
}
