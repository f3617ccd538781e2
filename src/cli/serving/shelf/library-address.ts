// Owns how a repository of runbooks is named, as the library of a server.
import { fail, ok, type Result } from '../../../basics/result.ts';
import { type ModuleAddress, parseModuleAddress } from '../../../run/links/module-address.ts';

/** A repository, what of it is taken, and the folder of the runbooks in it; empty for its top. */
export type LibraryAddress = ModuleAddress;

/** What is taken where nothing is said: what the repository itself shows. */
const usualRef = 'HEAD';
/** Stands in for the page that an address of a page has. */
const anyPage = 'page.md';

/** Reads `git+https://host/repository[@ref][//folder]`; fails in words that say what is wrong. */
export function parseLibraryAddress(text: string): Result<LibraryAddress, string> {
  const [, scheme = '', rest = ''] = /^(git\+[a-z]+:\/\/)(.*)$/s.exec(text) ?? [];
  const slashes = rest.indexOf('//', 1);
  const place = slashes === -1 ? rest : rest.slice(0, slashes);
  const folder = slashes === -1 ? '' : rest.slice(slashes + 2).replace(/\/$/, '');
  // The name of an account stands before the first slash, a ref behind it.
  const hasRef = place.lastIndexOf('@') > place.indexOf('/');
  const named = `${scheme}${place}${hasRef ? '' : `@${usualRef}`}//${folder === '' ? '' : `${folder}/`}${anyPage}`;
  const read = parseModuleAddress(scheme === '' ? text : named);
  if (!read.ok) return fail(read.error);
  return ok({ ...read.value, path: read.value.path.slice(0, -anyPage.length).replace(/\/$/, '') });
}
