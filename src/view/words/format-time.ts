// Owns how moments are written on a terminal, always in UTC.
import { visibleText } from '../../text/visible-text.ts';

/** `2026-11-21 02:13:22 UTC` of an ISO 8601 time in UTC; other text stays as it is, made visible. */
export function formatTime(iso: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(iso);
  return found ? `${found[1]} ${found[2]} UTC` : visibleText(iso);
}

/** `02:13:22` of an ISO 8601 time in UTC; other text stays as it is, made visible. */
export function formatTimeOfDay(iso: string): string {
  return /T(\d\d:\d\d:\d\d)/.exec(iso)?.[1] ?? visibleText(iso);
}

/** Milliseconds from one ISO 8601 time to another; never below zero, zero where either is not a time. */
export function millisecondsBetween(from: string, to: string): number {
  const span = Date.parse(to) - Date.parse(from);
  return span > 0 ? span : 0;
}
