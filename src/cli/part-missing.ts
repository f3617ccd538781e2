// Owns the end of a tool whose installation was renewed or removed beneath it. It uses no other part of the tool.
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether something failed since a part of the tool is gone: parts are loaded when they are first used. */
export function isPartMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code === 'PART_MISSING') return true;
  // Where Node loads the parts itself.
  const isOfNode = /^(?:ERR_)?MODULE_NOT_FOUND$/.test(String(error.code));
  return isOfNode && error.message.includes(`${dirname(fileURLToPath(import.meta.url))}${sep}`);
}

/** Says so, and sets the exit code. */
export function tellPartMissing(): void {
  process.stderr.write(
    'error: a part of runsheet is missing: it was replaced or removed while it ran\n' +
      '  = help: start it again; `runsheet runs` shows what became of a run that was going on\n',
  );
  process.exitCode = 1;
}
