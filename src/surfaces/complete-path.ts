// Owns completing the path of a file that is being typed.
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { homeFolder } from '../engine/files/home-folder.ts';
import type { InputDeclaration } from '../runbook/runbook.ts';
import { visibleText } from '../text/visible-text.ts';

/** A path as far as it is clear how it goes on, and what there is to go on with. */
export interface PathCompletion {
  readonly text: string;
  /** Names in its folder that begin as it ends, folders with a slash. */
  readonly names: readonly string[];
}

/** More names than this are no help, and looking at each of them takes its time. */
const mostNames = 500;

/** Whether what is typed for an input may be a path: by its type, or because it begins as paths do. */
export function mayBePath({ type, choices, secret }: InputDeclaration, typed: string): boolean {
  if (type === 'path') return true;
  return type === 'string' && !choices && !secret && /^(?:~|\.{1,2})?\//.test(typed);
}

/** Completes a path from the folder in which the tool was started, `~` being the home. */
export function completePath(typed: string, cwd = process.cwd(), home = homeFolder()): PathCompletion {
  if (typed === '~') return { text: '~/', names: [] };
  const cut = typed.lastIndexOf('/') + 1;
  const folder = typed.slice(0, cut);
  const begin = typed.slice(cut);
  const names = namesIn(resolve(cwd, folder.replace(/^~(?=\/)/, home)), begin);
  return { text: names.length === 0 ? typed : folder + commonBeginning(names), names };
}

/** Hidden ones only where they are asked for; a name that no line can hold is left out. */
function namesIn(folder: string, begin: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(begin) && (begin !== '' || !name.startsWith('.')))
      .filter((name) => visibleText(name) === name)
      .sort()
      .slice(0, mostNames)
      .map((name) => (isFolder(join(folder, name)) ? `${name}/` : name));
  } catch {
    // What cannot be read has nothing to offer.
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // A link that leads nowhere, or into what may not be looked at.
    return false;
  }
}

function commonBeginning([first = '', ...rest]: readonly string[]): string {
  let length = first.length;
  for (const name of rest) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
