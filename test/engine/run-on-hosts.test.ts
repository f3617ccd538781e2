import { describe, expect, test } from 'vitest';
import { type HostsRequest, runOnHosts } from '../../src/engine/run-on-hosts.ts';
import type { HostResult, RunEvent } from '../../src/run/event.ts';
import type { Executor } from '../../src/run/executor.ts';
import { emptyResult } from '../../src/run/targets/host-targets.ts';
import { block } from '../run/sample-plan.ts';

/** An executor of which only what is handed on is ever asked. */
const executor: Executor = {
  run: () => Promise.reject(new Error('not asked')),
  compareFile: () => Promise.reject(new Error('not asked')),
  openShell: () => Promise.reject(new Error('not asked')),
  setVariables: async () => undefined,
  handOn: async () => ({ captured: {}, warnings: [] }),
  onBackgroundEnd: () => undefined,
  onLateOutput: () => undefined,
  endBackground: async () => [],
  runExitTraps: async () => {},
  close: async () => [],
};

function hostsRequest(all: readonly string[], more: Partial<HostsRequest>) {
  const events: RunEvent[] = [];
  const begun: string[] = [];
  const request: HostsRequest = {
    item: block('roll', 'steps', { hosts: all, parallel: 1, hostsMustPass: 'all' }),
    attempt: 1,
    targets: { all, left: all, settled: [] },
    executor,
    runOn: async (host) => {
      begun.push(host);
      return { result: { ...emptyResult(host, 'passed'), exitCode: 0, attempt: 1 }, warnings: [] };
    },
    record: (...recorded) => events.push(...recorded),
    sync: async () => true,
    signal: new AbortController().signal,
    monotonicMs: () => 0,
    reasonWords: ({ type }) => type,
    ...more,
  };
  const trail = () =>
    events.map((event) => {
      if (event.type === 'HostStarted') return `started ${event.host}`;
      return event.type === 'HostEnded' ? `${event.result.status} ${event.result.host}` : event.type;
    });
  return { request, begun, trail };
}

describe('a host', () => {
  test('is begun when its beginning is on the device', async () => {
    const order: string[] = [];
    const { request, begun } = hostsRequest(['a', 'b'], {
      sync: async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        order.push(`synced with ${begun.length} begun`);
        return true;
      },
    });
    expect((await runOnHosts(request)).reason).toBeUndefined();
    expect(order).toEqual(['synced with 0 begun', 'synced with 1 begun']);
  });

  test('is not begun when the run was interrupted meanwhile, and the record says so', async () => {
    const controller = new AbortController();
    const { request, begun, trail } = hostsRequest(['a', 'b'], {
      signal: controller.signal,
      sync: async () => {
        controller.abort();
        return false;
      },
    });
    const end = await runOnHosts(request);
    expect([begun, trail()]).toEqual([[], ['started a', 'not-run a']]);
    expect(end.reason).toEqual({ type: 'interrupted' });
    expect(end.result.hosts?.map(({ status }) => status)).toEqual(['not-run', 'not-run']);
  });

  test('is not begun when too many others have failed meanwhile', async () => {
    let failFirst = (): void => {};
    const failed = new Promise<void>((resolve) => {
      failFirst = resolve;
    });
    const ended: string[] = [];
    const { request, trail } = hostsRequest(['a', 'b', 'c'], {
      item: block('roll', 'steps', { hosts: ['a', 'b', 'c'], parallel: 2, hostsMustPass: 'all' }),
      runOn: async (host) => {
        if (host === 'a') await failed;
        ended.push(host);
        const status: HostResult['status'] = host === 'a' ? 'failed' : 'passed';
        const failure = host === 'a' ? { failure: { type: 'exit', code: 1 } as const } : {};
        return { result: { ...emptyResult(host, status), ...failure }, warnings: [] };
      },
      sync: async () => {
        // The third host is about to be begun, in the place of the second.
        if (ended.includes('b')) {
          failFirst();
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return true;
      },
    });
    await runOnHosts(request);
    expect(ended).toEqual(['b', 'a']);
    expect(trail()).toEqual(['started a', 'started b', 'passed b', 'started c', 'failed a', 'not-run c']);
  });

  test('is not begun when the journal cannot be written', async () => {
    const { request, begun } = hostsRequest(['a'], { sync: () => Promise.reject(new Error('no device')) });
    await expect(runOnHosts(request)).rejects.toThrow('no device');
    expect(begun).toEqual([]);
  });
});
