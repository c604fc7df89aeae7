/** `--since`, `--until` and `--late`. A text that cannot be read is an error: it must never mean "all time". */
import { readInstant } from '../../../cloudtrail/time/time.js';
import { DAY, HOUR, type Window } from '../../../cloudtrail/time/window.js';
import { HuntError } from '../../../errors.js';
import type { Written } from '../written.js';

const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: DAY, w: 7 * DAY };

/** `12h`, `30d` or `2w` in milliseconds. Throws a HuntError that says where the text is written. */
export function readDuration({ text, where }: Written): number {
  const duration = durationOf(text);
  if (duration !== undefined) return duration;
  throw new HuntError(
    'USAGE',
    `${where} ${JSON.stringify(text)} is not a duration: write 12h, 30d or 2w`,
  );
}

/**
 * The instant of a duration before `now`, a date (midnight UTC) or a time (see `instantOf`), in milliseconds since 1970 UTC.
 * Throws a HuntError that says where the text is written.
 */
function readTime({ text, where }: Written, now: number): number {
  const duration = durationOf(text);
  if (duration !== undefined) return now - duration;
  const instant = instantOf(text);
  if (instant !== undefined) return instant;
  throw new HuntError(
    'USAGE',
    `${where} ${JSON.stringify(text)} is not a time: write 30d, 12h, 2w, a date (2026-01-31, UTC) or 2026-01-31T08:00:00Z`,
  );
}

/**
 * The window `[since, until)` in milliseconds since 1970 UTC. `since` alone ends now; `until` alone has no start. Throws a
 * HuntError if it is empty.
 */
export function readWindow(
  since: Written | undefined,
  until: Written | undefined,
  now: number,
): Window {
  const start = since && readTime(since, now);
  const end = until ? readTime(until, now) : since && now;
  if (since !== undefined && start !== undefined && end !== undefined && start >= end)
    throw new HuntError(
      'USAGE',
      `the window is empty: ${nameOf(since)} is not before ${until ? nameOf(until) : 'now'}`,
    );
  return { since: start, until: end };
}

/** People copy times from reports (`2026-01-31 08:00:00Z`, `2026-01-31 08:00Z`). Without a time zone they mean UTC. */
function instantOf(text: string): number | undefined {
  const [, date = '', clock = '00:00', seconds = ':00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(:\d{2}(?:[.]\d{1,30})?)? ?([Zz]|[+-]\d{2}:\d{2})?)?$/.exec(
      text,
    ) ?? [];
  return readInstant(`${date}T${clock}${seconds}${zone}`);
}

function nameOf({ text, where }: Written): string {
  return `${where} ${text}`;
}

/** In milliseconds; undefined if the text is no duration. */
export function durationOf(text: string): number | undefined {
  const parts = /^(\d{1,6})([hdw])$/.exec(text);
  return parts ? Number(parts[1]) * (UNITS[parts[2] ?? ''] ?? 0) : undefined;
}
