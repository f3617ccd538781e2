// Owns what can keep a script of ours from its work on a file, and how it says so.
import type { ByteText } from '../../languages/shell/byte-text.ts';

/** What keeps a script from its work, as the first word of what it leaves. */
export const refusals = {
  unset: 'a variable of its path is not set, or is empty',
  loop: 'its symbolic links lead in a circle',
  'no-folder': 'its folder does not exist',
  'no-access': 'its folder cannot be entered',
  folder: 'it is a folder',
  special: 'it is neither a file nor a link to one',
  names: 'it has other names (hard links), which would go on with the old content',
  acl: 'it has an access control list (ACL), which the new file would not have',
  inherits: 'its folder gives new files an access control list (ACL), which it does not have itself',
  unreadable: 'it cannot be read',
  unwritable: 'it is not writable, by its rights or because its file system is read-only',
  'folder-unwritable':
    'nothing can be written in its folder, by its rights or because its file system is read-only',
  'too-large': 'it is too large',
  changed: 'it has changed since it was looked at',
  temporary: 'no temporary file can be made beside it',
  content: 'its new content could not be written beside it',
  owner: 'the new file cannot be given its owner',
  mode: 'the new file cannot be given its mode',
  device: 'the new file could not be brought to the disk',
  rename: 'the new file could not take its place',
  remove: 'it could not be taken away',
  'folder-device':
    'its folder could not be brought to the disk, so that the change may be lost in a power cut',
} as const;

export type Refusal = keyof typeof refusals;

/** Every script says in one word what kept it from its work, in the file that a block hands values on by. */
export const scriptHead: readonly ByteText[] = [
  'LC_ALL=C; export LC_ALL',
  `say() { printf '%s\\n' "$1" >"$RUNSHEET_OUTPUT"; exit 1; }`,
  'umask=$(umask)',
];
