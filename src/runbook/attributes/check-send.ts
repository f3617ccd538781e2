// Owns which attributes go together on a block that is a message.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { fileAttributes } from './file-attributes.ts';
import type { WrittenAttribute } from './parse-fence-info.ts';

const noCommand = 'a message is sent, and no command is run: take it out';
const here = 'a message is sent from where `runsheet` runs: take it out';
const once = 'a message is sent once: take it out';
const asOften = 'how long a channel may take and how often it is tried again is set in `runsheet.yaml`';

/** Attributes that are about a command that runs, or of a file, and nothing of a message; with what to do instead. */
const ofOthers: ReadonlyMap<string, string> = new Map([
  ...['file', ...fileAttributes].map((name) => [name, 'a block is a message or a file: write two'] as const),
  ...[
    ...['check', 'capture', 'capture-json', 'exit', 'errexit', 'expect', 'expect-stderr', 'expect-json'],
    ...['expect-number', 'interactive', 'background', 'interpreter', 'handler', 'cwd'],
  ].map((name) => [name, noCommand] as const),
  ...['host', 'hosts-from', 'parallel', 'hosts-must-pass', 'user'].map((name) => [name, here] as const),
  ...['each', 'of', 'each-from', 'must-pass'].map((name) => [name, once] as const),
  ...['timeout', 'retries', 'interval'].map((name) => [name, asOften] as const),
]);

/** What is wrong with the attributes of a block, taken together, each with the attribute that it is about. */
export function checkSend(
  written: readonly WrittenAttribute[],
): readonly (Pick<Diagnostic, 'message' | 'help'> & { readonly at: WrittenAttribute })[] {
  if (!written.some(({ name }) => name === 'send')) return [];
  return written.flatMap((at) => {
    if (at.name === 'risk' && at.value === 'read')
      return [
        {
          at,
          message: 'a block that sends a message does not only look',
          help: 'take `risk=read` out: a rehearsal must not send messages',
        },
      ];
    const help = ofOthers.get(at.name);
    return help === undefined
      ? []
      : [{ at, message: `\`${at.name}\` means nothing on a block that sends a message`, help }];
  });
}
