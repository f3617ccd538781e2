// Owns what is said when the system refuses the state folder.
import { sep } from 'node:path';
import { isCodedError } from '../basics/coded-error.ts';
import { systemWords } from '../basics/system-words.ts';
import { systemErrorCode } from '../engine/files/file-operations.ts';
import { UnsafeFolder } from '../engine/files/require-safe-folder.ts';
import { isOutOfResources } from '../engine/processes/why-not-started.ts';
import type { Complaint } from './refusal.ts';

/** What to tell of an error that the system gave for a file in `stateDir`; undefined for every other error. */
export function stateRefusal(error: unknown, stateDir: string): Complaint | undefined {
  if (error instanceof UnsafeFolder)
    return {
      message: error.message,
      help: '`chmod 700` keeps it yours; a group of its own and `chmod 2770` share it with that group',
    };
  const code = systemErrorCode(error);
  if (code === undefined || !isCodedError(error)) return undefined;
  const { path, message } = error;
  if ('syscall' in error && error.syscall === 'uv_cwd')
    return { message: 'the folder that the tool was started in no longer exists', help: 'go to another one' };
  if (isOutOfResources(error))
    return { message: `the system has no resources left for the tool: ${message}` };
  const within = path !== undefined && (path === stateDir || path.startsWith(stateDir + sep));
  // A write that the disk has no room for names no file.
  if (!within && !(path === undefined && (code === 'ENOSPC' || code === 'EDQUOT'))) return undefined;
  const help =
    code === 'EACCES' || code === 'EPERM'
      ? 'it belongs to another account; a folder with `chmod 2770` and a group of both is shared by the two'
      : code === 'ENOENT'
        ? 'what belongs to this run is damaged; `runsheet runs` lists the others'
        : 'runs are kept in the state folder; `--state-dir` names another one';
  return { message: `cannot use \`${path ?? stateDir}\`: ${systemWords(error)}`, help };
}
