// Owns what is said of a run that lies in a folder that others can write to.
import { groupOfFolder } from '../../engine/files/require-safe-folder.ts';

/** With whom a folder is shared and what that means, as a remark; none where it is the operator's alone. */
export async function sharingRemarks(folder: string): Promise<readonly string[]> {
  const gid = groupOfFolder(folder);
  if (gid === undefined) return [];
  const { groupName } = await import('../../engine/processes/account-name.ts');
  const name = await groupName(gid);
  return [`this run is shared with the group \`${name}\`: its members can change it, and so run code as you`];
}
