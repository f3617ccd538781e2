// Owns the durable engine of a fleet, DBOS Transact: it hands drives of runs to workers, and on when one has died. What
// a run is, and whether it may go on, is for the rows of the queue to say.
import type { DBOS, DBOSClient, DLogger } from '@dbos-inc/dbos-sdk';
import { errorMessage } from '../../../basics/coded-error.ts';
import {
  DatabaseUnavailable,
  howToInstall,
  type PgTransaction,
  silentMs,
} from '../../postgres/pg-database.ts';

/** One drive of a run, from where it is to its next rest. */
export interface DriveTicket {
  readonly run: string;
  /** Which time the run is offered: each is a workflow of its own. */
  readonly offer: number;
  /** The queue whose workers take it. */
  readonly queue: string;
  /** What has begun goes first. */
  readonly hasBegun: boolean;
}

/** The workers of another number take nothing of ours, nor we of theirs: what is said between them has changed. */
const protocol = 'runsheet-1';
const application = 'runsheet';
const workflow = 'drive';

/** A queue of ours among those of the engine. */
const engineQueue = (queue: string): string => `runsheet ${queue}`;
const workflowId = ({ run, offer }: Pick<DriveTicket, 'run' | 'offer'>): string => `${run}/${offer}`;

/** What the engine logs for itself: what matters is told by those who use it. */
const silent: DLogger = { info: () => {}, debug: () => {}, warn: () => {}, error: () => {} };

interface Library {
  readonly DBOS: typeof DBOS;
  readonly DBOSClient: typeof DBOSClient;
}

/** It is installed by those who have a fleet. */
async function loadEngine(): Promise<Library> {
  try {
    const { default: library } = (await import('@dbos-inc/dbos-sdk')) as unknown as { default: Library };
    return library;
  } catch {
    throw new DatabaseUnavailable(howToInstall);
  }
}

/** What the engine says of its tables when it makes them is no result of ours: it goes where messages go. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  // biome-ignore lint/suspicious/noConsole: the library has no other way to be told where.
  console.log = console.error;
  try {
    await work();
  } finally {
    console.log = log;
  }
}

/** Gives drives to the engine. */
export class DurableEngine {
  readonly #client: DBOSClient;

  private constructor(client: DBOSClient) {
    this.#client = client;
  }

  /** Makes the tables of the engine where they are missing. Throws `DatabaseUnavailable`. */
  static async open(url: string): Promise<DurableEngine> {
    const { DBOS, DBOSClient } = await loadEngine();
    try {
      await quietly(() => DBOS.migrate(url));
      return new DurableEngine(
        await DBOSClient.create({
          systemDatabaseUrl: url,
          systemDatabasePoolSize: 2,
          systemDatabaseIdleTransactionTimeoutMs: silentMs,
          applicationName: application,
          logger: silent,
        }),
      );
    } catch (error) {
      throw new DatabaseUnavailable(errorMessage(error).split('\n')[0]);
    }
  }

  /** In a transaction of the caller's: it is there when that is committed. */
  async enqueue({ client }: PgTransaction, ticket: DriveTicket): Promise<void> {
    await this.#client.enqueueInTransaction(
      client,
      {
        workflowName: workflow,
        queueName: engineQueue(ticket.queue),
        workflowID: workflowId(ticket),
        appVersion: protocol,
        priority: ticket.hasBegun ? 1 : 2,
        attributes: { run: ticket.run },
      },
      ticket.run,
    );
  }

  /** Of each of these runs, all drives up to its last. */
  async forget(last: readonly Pick<DriveTicket, 'run' | 'offer'>[]): Promise<void> {
    const ids = last.flatMap(({ run, offer }) =>
      Array.from({ length: offer }, (_, before) => workflowId({ run, offer: before + 1 })),
    );
    if (ids.length > 0) await this.#client.deleteWorkflows(ids);
  }

  close(): Promise<void> {
    return this.#client.destroy();
  }
}

/** A process that the engine hands drives to. */
export interface EngineWorker {
  /** Has others take what those were handed that are not among the living; gives how many drives that were. */
  handOn(living: ReadonlySet<string>): Promise<number>;
  /** Which of these drives the engine still has before it, or sees going on. */
  openOf(tickets: readonly Pick<DriveTicket, 'run' | 'offer'>[]): Promise<ReadonlySet<string>>;
  stop(): Promise<void>;
}

export interface EngineWorkerOptions {
  readonly url: string;
  /** Another one in each life of a process. */
  readonly worker: string;
  readonly queues: readonly string[];
  /** Drives of one queue that are handed to a worker at once. */
  readonly slots: number;
  /** Drives a run; what it throws is told by itself. */
  readonly drive: (run: string) => Promise<void>;
}

/** How often the engine looks for something to hand to a worker. */
const pollMs = 250;

/** Begins to be handed drives. Throws `DatabaseUnavailable`. */
export async function startEngineWorker(options: EngineWorkerOptions): Promise<EngineWorker> {
  const { url, worker, queues, slots, drive } = options;
  const { DBOS, DBOSClient } = await loadEngine();
  DBOS.setConfig({
    name: application,
    systemDatabaseUrl: url,
    systemDatabasePoolSize: 6,
    systemDatabaseIdleTransactionTimeoutMs: silentMs,
    executorID: worker,
    applicationVersion: protocol,
    listenQueues: queues.map(engineQueue),
    logger: silent,
  });
  DBOS.registerWorkflow(
    async (run: string): Promise<void> => {
      await DBOS.runStep(() => drive(run), { name: 'drive' });
    },
    { name: workflow },
  );
  try {
    // The engine looks for new queues only now and then: they are there when it begins.
    const client = await DBOSClient.create({
      systemDatabaseUrl: url,
      applicationName: application,
      logger: silent,
    });
    for (const queue of queues)
      await client.registerQueue(engineQueue(queue), {
        workerConcurrency: slots,
        minPollingIntervalMs: pollMs,
      });
    await client.destroy();
    await DBOS.launch();
  } catch (error) {
    throw new DatabaseUnavailable(errorMessage(error).split('\n')[0]);
  }
  const find = (input: Parameters<typeof DBOS.listWorkflows>[0]) =>
    DBOS.listWorkflows({ workflowName: workflow, loadInput: false, loadOutput: false, ...input });
  return {
    handOn: async (living) => {
      const pending = await find({ status: 'PENDING' });
      const lost = pending.filter(({ executorId }) => executorId === undefined || !living.has(executorId));
      for (const { workflowID, queueName } of lost)
        await DBOS.resumeWorkflow(workflowID, queueName === undefined ? {} : { queueName });
      return lost.length;
    },
    openOf: async (tickets) => {
      if (tickets.length === 0) return new Set();
      const found = await find({
        workflowIDs: tickets.map(workflowId),
        status: ['ENQUEUED', 'DELAYED', 'PENDING'],
      });
      return new Set(found.map(({ workflowID }) => workflowID.replace(/\/\d+$/, '')));
    },
    stop: () => DBOS.shutdown(),
  };
}
