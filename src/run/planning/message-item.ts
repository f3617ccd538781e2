// Owns what becomes of a block whose text is a message.
import type { BlockItem } from '../plan.ts';

/** The item that sends its text, without what headings and front matter say of commands. */
export function messageItem(item: BlockItem, channels: readonly string[]): BlockItem {
  const {
    check: _check,
    timeoutMs: _timeout,
    longestIntervalMs: _longest,
    captures: _captures,
    cwd: _cwd,
    user: _user,
    hostsFrom: _hostsFrom,
    parallel: _parallel,
    hostsMustPass: _mustPass,
    handlers: _handlers,
    each: _each,
    expectedOutput: _expected,
    errexit: _errexit,
    looks: _looks,
    ...rest
  } = item;
  const plain = { retries: 0, exit: [0], expect: [], interactive: false, background: false, hosts: [] };
  return { ...rest, ...plain, sends: channels };
}
