// Owns the timing of programs: candidates take turns, so that a change of the machine's mood meets all of them, and
// medians are compared.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** Without what makes every start of Node slower on some machines and has nothing to do with us. */
const environment = { ...process.env };
delete environment.NODE_EXTRA_CA_CERTS;
delete environment.NODE_OPTIONS;

/**
 * What one call of a program took: wall milliseconds, and the peak memory of its own process where /proc tells. It has
 * to end with `exit`; null is for calls that may end with anything.
 */
async function callOnce({ command, args = [], cwd, env, stdoutTo = '/dev/null', capMs, exit = 0 }) {
  const output = openSync(stdoutTo, 'w');
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...environment, ...env },
    stdio: ['ignore', output, 'pipe'],
    timeout: capMs,
    killSignal: 'SIGKILL',
  });
  closeSync(output);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (part) => {
    complaint = (complaint + part).slice(-2000);
  });
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, 5);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (...ended) => resolve(ended));
  });
  const ms = performance.now() - startedAt;
  clearInterval(watch);
  if (signal === 'SIGKILL' && capMs !== undefined && ms >= capMs) return { ms, peakMb, capped: true };
  if (exit !== null && code !== exit)
    throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${complaint}`);
  return { ms, peakMb, capped: false };
}

/** The high-water mark of a living process in MB; 0 where nobody tells. */
export function peakOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}

/** The middle value; of an even number the higher one of the two. */
export const median = (values) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Calls each candidate `rounds` times in turn, after one round that does not count. A candidate is a program to call,
 * with `before` and `after` run around each call where it has them. Gives medians by name.
 */
export async function compare(candidates, rounds, { warmUp = true } = {}) {
  const calls = new Map(Object.keys(candidates).map((name) => [name, []]));
  for (let round = warmUp ? -1 : 0; round < rounds; round += 1) {
    for (const [name, candidate] of Object.entries(candidates)) {
      candidate.before?.();
      const call = await callOnce(candidate);
      candidate.after?.();
      if (round >= 0) calls.get(name).push(call);
    }
  }
  return Object.fromEntries(
    [...calls].map(([name, made]) => [
      name,
      {
        ms: median(made.map(({ ms }) => ms)),
        peakMb: Math.max(...made.map(({ peakMb }) => peakMb)),
        capped: made.some(({ capped }) => capped),
      },
    ]),
  );
}
