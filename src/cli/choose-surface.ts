// Owns which face a run shows, from the options and the terminal it finds itself in.
import { closeSync, openSync } from 'node:fs';
import { errorMessage } from '../basics/coded-error.ts';
import { fail, ok, type Result } from '../basics/result.ts';

/** The surfaces by their names on the command line. */
export type SurfaceName = 'tui' | 'prompt' | 'plain' | 'ndjson';

/** The surface of a run, by name. */
export interface ChosenSurface {
  readonly name: SurfaceName;
  /** Whether it can ask an operator. */
  readonly guided: boolean;
  /** The file that what it shows is recorded in. */
  readonly record?: string;
}

/** Why there can be no such surface here. */
interface NoSurface {
  readonly message: string;
  readonly help: string;
}

/** The surface of a run, or why there can be none here; what a guided run shows is recorded in the file `record`. */
export function chooseSurface(
  wanted: SurfaceName | undefined,
  yes: boolean,
  record?: string,
): Result<ChosenSurface, NoSurface> {
  const chosen = surfaceHere(wanted, yes);
  if (!chosen.ok || record === undefined) return chosen;
  if (!chosen.value.guided)
    return fail({
      message: '--record keeps what a guided run shows',
      help: 'for an unattended run use `runsheet show` or `runsheet report`',
    });
  try {
    closeSync(openSync(record, 'a', 0o600));
  } catch (error) {
    return fail({
      message: `cannot record into \`${record}\`: ${errorMessage(error, record)}`,
      help: 'nothing was run; name another file',
    });
  }
  return ok({ ...chosen.value, record });
}

function surfaceHere(wanted: SurfaceName | undefined, yes: boolean): Result<ChosenSurface, NoSurface> {
  const terminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const unattended = wanted === 'plain' || wanted === 'ndjson';
  if (yes) {
    if (wanted === 'tui' || wanted === 'prompt') {
      return fail({
        message: `--surface ${wanted} needs an operator, and --yes means that there is none`,
        help: 'use one of the two',
      });
    }
    return ok({ name: wanted ?? 'plain', guided: false });
  }
  if (unattended) {
    return fail({
      message: `--surface ${wanted} cannot ask an operator`,
      help: 'add --yes to run unattended',
    });
  }
  if (wanted === 'prompt') return ok({ name: 'prompt', guided: true });
  if (!terminal || process.stdout.isTTY !== true) {
    const missing = terminal ? 'standard output is not a terminal' : 'there is no terminal to ask on';
    return fail({
      message: `cannot start a guided run: ${missing}`,
      help: 'add --yes to run unattended, or --surface prompt to be asked line by line',
    });
  }
  if (wanted === undefined && process.env.TERM === 'dumb') return ok({ name: 'prompt', guided: true });
  return ok({ name: wanted ?? 'tui', guided: true });
}
