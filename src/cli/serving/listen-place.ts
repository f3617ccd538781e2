// Owns where a server listens, and under which names it is reached there.

/** A port of this machine; 0 is any that is free. */
export interface ListenPlace {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:8042`, `[::1]:8042`, `8042`; undefined for what is none. */
export function readListen(text: string): ListenPlace | undefined {
  const [, host = '127.0.0.1', port = ''] = /^(?:(\[[0-9a-fA-F:.]+\]|[\w.-]+):)?(\d{1,5})$/.exec(text) ?? [];
  const number = Number(port);
  if (port === '' || number > 65_535) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port: number };
}

/** The origins that browsers have for it: its own names, and the public one. */
export function originsOf({ host, port }: ListenPlace, publicUrl: string | undefined): readonly string[] {
  const names = isLoopback(host) ? ['127.0.0.1', 'localhost', '[::1]'] : [hostWords(host)];
  return [...(publicUrl === undefined ? [] : [publicUrl]), ...names.map((name) => `http://${name}:${port}`)];
}

/** As it stands in an address. */
export function hostWords(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Whether nobody of another machine can come by it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
