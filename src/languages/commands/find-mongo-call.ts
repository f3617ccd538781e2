// Owns the guess what a script for the shell of MongoDB does, by the methods that it calls.

const destroys =
  /\.(?:drop(?:Database|Index(?:es)?|User|Role|AllUsersFromDatabase)?|deleteMany|remove)\s*\(|\brs\.remove\s*\(/;
const changes =
  /\.(?:insert(?:One|Many)?|update(?:One|Many)?|replaceOne|delete(?:One)|bulkWrite|findAndModify|findOneAnd\w+|create(?:Index(?:es)?|User|Role|Collection|View)|renameCollection|grantRolesToUser|revokeRolesFromUser|changeUserPassword|killOp|shutdownServer|fsync(?:Lock|Unlock)|set(?:Profiling|Log)Level|compact|save)\s*\(|\b(?:rs|sh)\.(?:initiate|add\w*|reconfig|stepDown|freeze|syncFrom|enableSharding|shardCollection|moveChunk|(?:start|stop)Balancer|setBalancerState|split\w+)\s*\(/;

/** Where the first method is called that is known to have the effect, in UTF-16 offsets; undefined without one. */
export function findMongoCall(
  script: string,
  effect: 'changes' | 'destroys',
): { readonly start: number; readonly end: number } | undefined {
  const found = destroys.exec(script) ?? (effect === 'changes' ? changes.exec(script) : null);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length - 1 };
}
