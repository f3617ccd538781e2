// Owns running the tool as if the system called the account by another name.
import { join } from 'node:path';

/** Variables for the tool's environment. */
export const namedUser = (name: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--require ${join(import.meta.dirname, 'named-user.cjs')}`,
  TEST_USER_NAME: name,
});
