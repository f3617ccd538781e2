// Owns the guess what a script of Python, Perl, Ruby, Node.js or PHP does to files, processes, databases and servers.

/** Calls that take something away which nothing brings back. */
const destroys =
  /\b(?:shutil\.rmtree|os\.(?:remove|unlink|rmdir|removedirs|truncate)|FileUtils\.(?:rm\w*|remove\w*)|(?:File|Dir|Pathname)\.(?:delete|unlink|rmdir)|rm(?:dir)?Sync|unlinkSync|fs\.(?:promises\.)?(?:rm|rmdir|unlink|truncate)\w*|rimraf|remove_tree|rmtree|dropDatabase|deleteMany|drop_collection|drop_database|delete_many|requests\.delete|terminate_instances|delete_(?:bucket|object|objects|stack|cluster|db_instance|volume|snapshot))\s*\(|\.unlink\(|\.(?:delete_all|destroy_all|destroy!?|drop_all)\b|\.delete\(\)|\b(?:unlink|rmdir)\s+(?:glob\b|<|['"$(])|\b(?:DROP\s+(?:TABLE|DATABASE|SCHEMA)|TRUNCATE\s+(?:TABLE\s+)?\w|DELETE\s+FROM)\b/;

/** Calls that change something, or run a command that may. */
const changes =
  /\bopen\s*\([^()\n]*,\s*(?:mode\s*=\s*)?['"](?:[wax]|[ra]b?\+)|\b(?:os\.(?:rename|replace|makedirs?|mkdir|chmod|chown|symlink|link|kill|killpg|system|popen|exec\w+|spawn\w+)|subprocess\.\w+|shutil\.(?:move|copy\w*|chown)|pathlib\.Path\([^)]*\)\.(?:write_\w+|touch|mkdir|rename)|(?:write|append)File(?:Sync)?|(?:rename|mkdir|chmod|chown|copyFile|symlink)Sync|(?:exec|spawn|execFile)(?:Sync)?|child_process|requests\.(?:post|put|patch)|File\.(?:write|rename|chmod|open\([^)]*['"][wa])|IO\.write|FileUtils\.\w+|system|file_put_contents|shell_exec|passthru|proc_open)\b|\.(?:write_text|write_bytes|bulk_create|bulk_update)\s*\(|\.(?:update_all|insert_all|upsert_all)\b|\.(?:save!?|create!|update!|increment!|toggle!)(?!\w)|\bopen\s*\(?\s*(?:my\s+)?\$?\w+\s*,\s*['"]\s*[>+]|\b(?:INSERT\s+INTO|UPDATE\s+\w+\s+SET|ALTER\s+(?:TABLE|SYSTEM|ROLE|USER|DATABASE)|CREATE\s+(?:TABLE|INDEX|ROLE|USER|DATABASE)|GRANT\s+\w)\b/;

/** Where the first call is that is known to have the effect, in UTF-16 offsets; undefined without one. */
export function findScriptCall(
  script: string,
  effect: 'changes' | 'destroys',
): { readonly start: number; readonly end: number } | undefined {
  let first = destroys.exec(script);
  const changed = effect === 'changes' ? changes.exec(script) : null;
  if (first === null || (changed !== null && changed.index < first.index)) first = changed ?? first;
  if (first === null) return undefined;
  const { index, 0: text } = first;
  return { start: index, end: index + text.replace(/\s*\($/, '').length };
}
