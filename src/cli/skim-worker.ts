// Owns the start of a thread that reads pages for a list beside the others.
import { parentPort, workerData } from 'node:worker_threads';
import { loadForList } from './load/load-runbook.ts';
import { type SharedPages, takePages } from './load/share-pages.ts';

parentPort?.postMessage(takePages(workerData as SharedPages<undefined>, loadForList));
