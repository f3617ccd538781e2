// Owns the end of a tool whose installation was renewed or removed beneath it. It uses no other part of the tool.
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Knows the failures of a tool whose parts are gone; parts are loaded when they are first used. */
export interface MissingPart {
  readonly isCause: (error: unknown) => boolean;
  /** Says so, and sets the exit code. */
  readonly tell: () => void;
}

/** Asked for at the start, since later this part could be missing, too. */
export function missingPart(): MissingPart {
  const folder = `${dirname(fileURLToPath(import.meta.url))}${sep}`;
  const isCause = (error: unknown): boolean => {
    if (!(error instanceof Error) || !('code' in error)) return false;
    if (error.code === 'PART_MISSING') return true;
    // Where Node loads the parts itself.
    const isOfNode = /^(?:ERR_)?MODULE_NOT_FOUND$/.test(String(error.code));
    return isOfNode && error.message.includes(folder);
  };
  return {
    isCause,
    tell: () => {
      // What is still on its way may miss a part, too; once is enough.
      process.on('uncaughtException', (error) => {
        if (!isCause(error)) throw error;
      });
      process.stderr.write(
        'error: a part of runsheet is missing: it was replaced or removed while it ran\n' +
          '  = help: start it again; `runsheet runs` shows what became of a run that was going on\n',
      );
      process.exitCode = 1;
    },
  };
}
