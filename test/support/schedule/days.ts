/** Logs by day, as CloudTrail stores them, and the reports that the program makes of them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openedGroup } from '../hunt-events.js';

const ACCOUNT = '112233445566';

/** An event that the seed rule finds, at this time: `2026-10-08T12:00:00Z`. */
export function change(
  eventID: string,
  eventTime: string,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return openedGroup({ eventID, eventTime, ...fields });
}

/** Where CloudTrail stores a file of a day, `2026-10-08`, under a folder of logs. */
export function logPath(folder: string, day: string, name: string): string {
  return join(
    folder,
    `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/${day.replaceAll('-', '/')}`,
    `${ACCOUNT}_CloudTrail_eu-west-1_${day.replaceAll('-', '')}T2355Z_${name}.json`,
  );
}

/** Stores a file with events. */
export function deliver(
  folder: string,
  {
    day,
    name,
    events,
  }: { readonly day: string; readonly name: string; readonly events: readonly unknown[] },
): void {
  const path = logPath(folder, day, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ Records: events }));
}

/** The event IDs of a JSON report, in its order. */
export function idsIn(path: string): readonly string[] {
  const { findings } = JSON.parse(readFileSync(path, 'utf8')) as {
    findings: readonly { eventID: string }[];
  };
  return findings.map(({ eventID }) => eventID);
}
