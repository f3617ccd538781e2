// Owns saying that a run lies in a folder that others can write to.
import { groupOfFolder } from '../../engine/files/require-safe-folder.ts';
import { writeMessage } from '../write-result.ts';

/** Says with whom a run's folder is shared and what that means; nothing where it is the operator's alone. */
export async function tellOfSharing(runFolder: string): Promise<void> {
  const gid = groupOfFolder(runFolder);
  if (gid === undefined) return;
  const { groupName } = await import('../../engine/processes/account-name.ts');
  const name = await groupName(gid);
  writeMessage(
    `note: this run is shared with the group \`${name}\`: its members can change it, and so run code as you\n`,
  );
}
