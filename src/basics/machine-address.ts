// Owns what a machine is called that blocks run on: a host, an account, or an account on a host.

/** Where a block runs and as whom; this machine and the operator where they are absent. */
export interface MachineAddress {
  readonly host?: string | undefined;
  readonly user?: string | undefined;
}

/** The name under which a machine's state is kept. No host has a space in its name, so that no two are called the same. */
export function machineName({ host, user }: MachineAddress): string {
  return user === undefined ? (host ?? '') : `${host ?? ''} as ${user}`.trim();
}

/** Where that is, to stand in a sentence: "on `web1` as `postgres`". */
export function machineWords({ host, user }: MachineAddress): string {
  return [
    ...(host === undefined ? [] : [`on \`${host}\``]),
    ...(user === undefined ? [] : [`as \`${user}\``]),
  ].join(' ');
}
