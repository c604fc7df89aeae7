/** What the findings of a hunt are compared with, from the options and the configuration. */
import type { Period } from '../../cloudtrail/time/period.js';
import { asOf, type Window } from '../../cloudtrail/time/window.js';
import type { Baseline, Compared, Tickets } from '../../disposition/compared.js';
import { ticketsBy } from '../../disposition/tickets/match.js';
import type { TicketSettings } from '../../disposition/tickets/ticket.js';
import { readExceptions } from '../../disposition/exceptions/read.js';
import type { SettingsFile } from '../../integrity/manifest/manifest.js';
import { safeLine } from '../../text/safe-text.js';
import { textOfFile } from '../files/read-file.js';
import { namedExceptions } from '../options/exceptions-file.js';
import type { Config } from '../options/hunt-yml/config.js';
import type { CompareOptions } from '../options/flags/compare-flags.js';

export interface ComparisonRequest {
  readonly options: Partial<CompareOptions>;
  readonly config: Config | undefined;
  readonly window: Window;
  readonly now: number;
  /** Of a scheduled run: its period, and the exceptions that findings of earlier runs matched. */
  readonly run?: {
    readonly period: Period;
    readonly matchedBefore: ReadonlySet<string>;
  };
}

/** Undefined where there is nothing to compare with. Throws a HuntError if a file cannot be read or has a mistake. */
export async function comparedWith(request: ComparisonRequest): Promise<Compared | undefined> {
  const { options, config, window, now, run } = request;
  const file = namedExceptions(options.exceptions, config);
  const { baseline } = options;
  const tickets = config?.tickets;
  const isAlone = file === undefined && baseline === undefined && tickets === undefined;
  if (isAlone && run === undefined) return undefined;
  return {
    exceptions: file === undefined ? [] : readExceptions(textOfFile(file), safeLine(file)),
    matchedBefore: run?.matchedBefore,
    tickets: tickets && (await ticketsIn(tickets)),
    baseline: baseline === undefined ? undefined : await baselineIn(baseline),
    period: run?.period,
    asOf: asOf(window, now),
  };
}

async function baselineIn(path: string): Promise<Baseline> {
  // Only here: most hunts read no report back.
  const { readBaseline } = await import('../../history/baseline.js');
  return readBaseline(path);
}

async function ticketsIn(settings: TicketSettings): Promise<Tickets> {
  const { export: file } = settings;
  // Only here: most hunts need no reader of CSV.
  const { readTickets } = await import('../../disposition/tickets/export.js');
  const read = file === null ? undefined : readTickets(textOfFile(file.path), file);
  return { ...ticketsBy(settings, read?.tickets), unreadable: read?.unreadable ?? 0 };
}

/** The files that `comparedWith` reads: they are evidence of how a report was made. */
export function comparedFiles(
  options: Partial<CompareOptions>,
  config: Config | undefined,
): readonly Pick<SettingsFile, 'kind' | 'path'>[] {
  const exceptions = namedExceptions(options.exceptions, config);
  const { baseline } = options;
  const tickets = config?.tickets?.export ?? null;
  return [
    ...(exceptions === undefined ? [] : [{ kind: 'exceptions', path: exceptions } as const]),
    ...(tickets === null ? [] : [{ kind: 'tickets', path: tickets.path } as const]),
    ...(baseline === undefined ? [] : [{ kind: 'baseline', path: baseline } as const]),
  ];
}
