// Owns reading where a shell stands, and bringing one to a working directory that may be gone, in words of POSIX.
import type { ByteText } from './byte-text.ts';
import { shellQuote } from './shell-quote.ts';

/** So many folders of a path may be gone together; a removed tree is rarely deeper. */
const deepest = 4;
/** No `cd` that climbs leads out of what is removed. */
const nowhereDepth = 12;
/** Where a shell stands whose working directory is gone, in a folder that is private to the run. */
const standIn = '/gone';

/** The kind of `more` that gives `PWD` what the author has assigned to it. */
export const assignedFolder = 'assigned-folder';

/**
 * Where a shell stands that says it stands in `told`, and holds `assigned` in `PWD`: for a folder that is gone the
 * variable speaks, elsewhere the author may have assigned anything to it.
 */
export function readCwd(
  told: ByteText,
  assigned: ByteText,
): { readonly cwd: ByteText; readonly more: Readonly<Record<string, ByteText>> } {
  const cwd = told.replace(/\n$/, '');
  if (cwd === '' || cwd === '.' || cwd.endsWith(standIn)) return { cwd: assigned, more: {} };
  return { cwd, more: { [assignedFolder]: assigned === cwd ? '' : `PWD=${shellQuote(assigned)}` } };
}

/**
 * A working directory may be gone, since the block that went there may have removed it. Then the shell is put into one
 * of the same name that is gone too, as one long-lived shell would be, so that `cd ..` leads where it should: it is
 * made for the moment, with what is missing above it, and taken away again. Falling back to another directory would
 * let the next block work in the wrong place. Where nothing can be made there, the shell stands in a removed folder
 * whose own folders are removed as well, so that nothing relative leads anywhere. `builtin` stands before each builtin.
 */
export function renderCwd(cwd: ByteText, builtin: string): ByteText {
  const quoted = shellQuote(cwd);
  const enter = (folder: string): string => `${builtin} cd -- ${folder} 2>/dev/null`;
  const command = `${builtin} command`;
  const remade = missingTails(cwd).map((folders) => {
    const make = folders.map((folder) => `${command} mkdir -m 700 -- ${shellQuote(folder)} 2>/dev/null`);
    const remove = folders.map((folder) => `${command} rmdir -- ${shellQuote(folder)}`).reverse();
    // Somebody may have put something there meanwhile: then it is there again.
    return `{ ${[...make, enter(quoted)].join(' && ')} && { ${remove.join(' && ')} || ${builtin} true; }; }`;
  });
  const nowhere = `"$__rs_dir${standIn.repeat(nowhereDepth + 1)}"`;
  const stranded = `{ ${command} mkdir -p ${nowhere} && ${builtin} cd ${nowhere} && ${command} rm -rf "$__rs_dir"${standIn}; PWD=${quoted}; }`;
  return [enter(quoted), ...remade, stranded].join(' || ');
}

/** The folders of a path that may be missing: its last one, its last two, and so on, the upper one first. */
function missingTails(path: ByteText): readonly (readonly ByteText[])[] {
  // What a shell makes of a folder whose path it could no longer find out.
  if (/\/\.\.?(?:\/|$)/.test(path)) return [];
  const folders = [...path.matchAll(/[^/]\/+(?=[^/])|[^/]\/*$/g)].map(({ index }) =>
    path.slice(0, index + 1),
  );
  return folders.slice(-deepest).map((_, at, last) => last.slice(last.length - 1 - at));
}
