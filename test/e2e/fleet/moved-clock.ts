// Owns processes whose clock is not that of the others.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The environment of a program that lives so much later, as does what it starts; `once` it gets SIGUSR2, or always. */
export function laterBy(
  ms: number,
  folder: string,
  { once = false }: { once?: boolean } = {},
): Readonly<Record<string, string>> {
  const preload = join(folder, 'later.cjs');
  writeFileSync(
    preload,
    `const Now = Date;
let ms = ${once ? 0 : ms};
${once ? `process.on('SIGUSR2', () => { ms = ${ms}; });\n` : ''}globalThis.Date = class extends Now {
  constructor(...parts) { if (parts.length === 0) super(Now.now() + ms); else super(...parts); }
  static now() { return Now.now() + ms; }
};
`,
  );
  return { NODE_OPTIONS: `--require ${preload}` };
}

/** The environment of programs for which it is the middle of this month, so that none ends meanwhile. */
export function midMonth(folder: string): Readonly<Record<string, string>> {
  const now = new Date();
  const then = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 15, 12);
  return laterBy(then - now.getTime(), folder);
}
