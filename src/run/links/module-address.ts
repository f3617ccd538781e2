// Owns how a page of another repository is named by a link.
import { fail, ok, type Result } from '../../basics/result.ts';

/** A page of another repository. */
export interface ModuleAddress {
  /** What git is given: `https://host/repository`. */
  readonly repository: string;
  readonly protocol: 'https' | 'ssh' | 'file';
  /** A commit, a tag or a branch. */
  readonly ref: string;
  /** The repository and the ref as they are written: what the lock knows them by. */
  readonly origin: string;
  /** From the top of the repository. */
  readonly path: string;
}

const scheme = /^git\+[a-z+.-]*:/i;
const form = '`git+https://host/repository@COMMIT-or-tag//path/page.md`';

/** Whether a link leads to another repository, or is meant to. */
export function isModule(target: string): boolean {
  return scheme.test(target);
}

/** Reads `git+https://host/repository@ref//path/page.md`; fails in words that say what is wrong. */
export function parseModuleAddress(text: string): Result<ModuleAddress, string> {
  const [, protocol = '', rest = ''] = /^git\+([a-z]+):\/\/(.*)$/s.exec(text) ?? [];
  if (protocol !== 'https' && protocol !== 'ssh' && protocol !== 'file')
    return fail('it begins with none of `git+https://`, `git+ssh://` and `git+file://`');
  if (/[\u0000-\u0020\u007f\\]/.test(rest))
    return fail('blanks, control characters and `\\` are none of an address');
  const slashes = rest.indexOf('//', 1);
  const [before, path] =
    slashes === -1 ? [rest, ''] : [rest.slice(0, slashes), decoded(rest.slice(slashes + 2))];
  const at = before.lastIndexOf('@');
  const [place, ref] = at === -1 ? [before, ''] : [before.slice(0, at), before.slice(at + 1)];
  const why = whyNoPlace(protocol, place) ?? whyNoRef(ref) ?? whyNoPath(path);
  if (why !== undefined) return fail(why);
  const repository = `${protocol}://${place}`;
  return ok({ repository, protocol, ref, origin: `git+${repository}@${ref}`, path });
}

/**
 * Why a page may not lead to another, both as they are found from the opened page: what was fetched comes from others,
 * and has no say in which repositories of this machine are read. Undefined where it may.
 */
export function whyNotFrom(page: string, target: string): string | undefined {
  if (!isModule(page)) return undefined;
  const to = parseModuleAddress(target);
  if (!to.ok || to.value.protocol !== 'file') return undefined;
  const from = parseModuleAddress(page);
  if (from.ok && from.value.origin === to.value.origin) return undefined;
  return 'a page of another repository cannot lead to a repository on this machine';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What git, or the ssh that it starts, could take for an option is refused here already. */
function whyNoPlace(protocol: ModuleAddress['protocol'], place: string): string | undefined {
  if (protocol === 'file')
    return /^\/[^-]/.test(place) ? undefined : `expected ${form}, with an absolute path for \`git+file\``;
  const [, user, host, port, path] = /^(?:([^@/]*)@)?([^/:@]*)(:\d+)?(\/.*)?$/.exec(place) ?? [];
  if (protocol === 'https' && user !== undefined)
    return 'credentials do not belong into a page; git finds them by its credential helpers';
  if (user?.includes(':')) return 'a password does not belong into a page';
  if (host === undefined || path === undefined || path === '/') return `expected ${form}`;
  if (!/^[A-Za-z0-9[][A-Za-z0-9.\-[\]]*$/.test(host)) return `\`${host}\` is not the name of a host`;
  if (user !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(user))
    return `\`${user}\` is no name of an account`;
  return port === undefined || Number(port.slice(1)) <= 65_535 ? undefined : `\`${port}\` is no port`;
}

function whyNoRef(ref: string): string | undefined {
  if (ref === '') return `it names no commit or tag: ${form}`;
  const isRef = /^[A-Za-z0-9_][\w./-]*$/.test(ref) && !/\.\.|\/\/|\/\.|\.lock$|[./]$/.test(ref);
  return isRef && !/@|:/.test(ref) ? undefined : `\`${ref}\` is no commit, tag or branch`;
}

function whyNoPath(path: string): string | undefined {
  if (path === '') return `it names no page: ${form}`;
  const parts = path.split('/');
  if (parts.includes('..')) return 'its path leads out of the repository';
  if (parts.some((part) => part === '' || part === '.') || /[\u0000-\u001f\u007f\\:]/.test(path))
    return `\`${path}\` is no path of a page`;
  return /\.(?:md|markdown)$/i.test(path) ? undefined : `\`${path}\` is no Markdown file`;
}
