// Owns the start of a thread that checks pages beside the others.
import { parentPort, workerData } from 'node:worker_threads';
import { type CheckTask, checkPage } from './checking/check-page.ts';
import { type SharedPages, takePages } from './load/share-pages.ts';

parentPort?.postMessage(takePages(workerData as SharedPages<CheckTask>, checkPage));
