// Owns reading what the script that looks at a file has printed.

/** A file as it stands on its machine. */
export interface FoundFile {
  readonly bytes: Uint8Array;
  /** From 0 to 0o7777. */
  readonly mode: number;
  /** Numbers, and the names that they have there. */
  readonly user: string;
  readonly group: string;
  readonly userName: string;
  readonly groupName: string;
  /** Names of the file, its own included. */
  readonly names: number;
  /** More accounts than its mode tells may read or write it. */
  readonly hasAcl: boolean;
  readonly checksum: string;
}

/** What a path leads to. */
export interface Look {
  /** Absolute, no link. */
  readonly path: string;
  /** The permissions of a new file there. */
  readonly newMode: number;
  readonly file?: FoundFile;
}

const fields = 5;

/** Undefined where it is not what the script prints, which says that something else has printed. */
export function readLook(printed: Uint8Array): Look | undefined {
  const found: Buffer[] = [];
  let rest = Buffer.from(printed);
  for (let count = 0; count < fields; count += 1) {
    const end = rest.indexOf(0);
    if (end === -1) return undefined;
    found.push(rest.subarray(0, end));
    rest = rest.subarray(end + 1);
  }
  const [path = '', umask = '', numbers = '', names = '', checksum = ''] = found.map((field) =>
    field.toString('utf8'),
  );
  if (!path.startsWith('/') || path.includes('\ufffd') || !/^[0-7]+$/.test(umask)) return undefined;
  const newMode = 0o666 & ~Number.parseInt(umask, 8);
  if (numbers === '') return { path, newMode };
  const [permissions = '', links = '', user = '', group = ''] = numbers.split(/\s+/);
  const [, , userName = '', groupName = ''] = names.split(/\s+/);
  const mode = modeOf(permissions);
  if (mode === undefined || !/^\d+$/.test(links)) return undefined;
  return {
    path,
    newMode,
    file: {
      bytes: rest,
      mode,
      user,
      group,
      userName,
      groupName,
      names: Number(links),
      hasAcl: permissions[aclMark] === '+',
      checksum,
    },
  };
}

/** Where `ls` says it, behind the permissions. */
const aclMark = '-rw-r--r--'.length;

/** `-rw-r--r--`, with whatever a system adds behind it. */
function modeOf(permissions: string): number | undefined {
  const match = /^-([r-])([w-])([xsS-])([r-])([w-])([xsS-])([r-])([w-])([xtT-])/.exec(permissions);
  if (match === null) return undefined;
  return match.slice(1).reduce((mode, letter, index) => {
    const plain = letter === '-' || letter === 'S' || letter === 'T' ? 0 : 0o400 >> index;
    const special = /[sStT]/.test(letter) ? 0o4000 >> ((index - 2) / 3) : 0;
    return mode | plain | special;
  }, 0);
}
