// Owns which attributes go together on a block that writes a file.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { fileAttributes } from './file-attributes.ts';
import type { WrittenAttribute } from './parse-fence-info.ts';

type Told = Pick<Diagnostic, 'message' | 'help'>;

const noCommand = 'a file is written, and no command is run: take it out, or write the file with a command';

/** Attributes that are about a command that runs, and nothing of a file; with what to write instead. */
const ofCommands: ReadonlyMap<string, string> = new Map([
  ['check', 'what the file holds says whether it is done; `when=` says whether it is wanted'],
  ['capture', noCommand],
  ['capture-json', noCommand],
  ['exit', 'an exit code of `validate=` other than 0 is a failure'],
  ['errexit', noCommand],
  ['expect', 'let `validate=` look at the new file: `validate="grep -q ready $FILE"`'],
  ['expect-stderr', 'let `validate=` look at the new file: `validate="grep -q ready $FILE"`'],
  ['expect-json', 'let `validate=` look at the new file: `validate="jq -e .ready $FILE"`'],
  ['expect-number', 'let `validate=` look at the new file: `validate="grep -q ready $FILE"`'],
  ['interactive', noCommand],
  ['background', noCommand],
  ['retries', 'it is written in one piece, and trying again by itself changes nothing'],
  ['interval', 'it is written in one piece, and trying again by itself changes nothing'],
  ['interpreter', noCommand],
]);

/** What is wrong with the attributes of a block, taken together, each with the attribute that it is about. */
export function checkFile(
  written: readonly WrittenAttribute[],
): readonly (Told & { readonly at: WrittenAttribute })[] {
  const names = new Set(written.map(({ name }) => name));
  if (!names.has('file'))
    return written
      .filter(({ name }) => fileAttributes.some((one) => one === name))
      .map((at) => ({
        at,
        message: `\`${at.name}\` has no effect without \`file\``,
        help: 'say which file is meant with `file=PATH`',
      }));
  const both = names.has('insert') ? written.find(({ name }) => name === 'set') : undefined;
  return [
    ...(both === undefined
      ? []
      : [
          {
            at: both,
            message: '`insert` and `set` both say where the text goes',
            help: 'write one of them',
          },
        ]),
    ...written.flatMap((at) => {
      const help = ofCommands.get(at.name);
      if (help !== undefined)
        return [{ at, message: `\`${at.name}\` means nothing on a block that writes a file`, help }];
      if (at.name === 'risk' && at.value === 'read')
        return [
          {
            at,
            message: 'a block that writes a file does not only look',
            help: 'take `risk=read` out: it is a change',
          },
        ];
      return [];
    }),
  ];
}
