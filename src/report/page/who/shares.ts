/** Numbers of calls that have something in common, in one list. */
import { serviceName } from '../../../cloudtrail/service-call.js';
import type { Finding } from '../../finding.js';
import type { CallCount } from '../../report.js';
import { plainText, type Text } from '../blocks/text.js';
import { stretch } from './span.js';

/** Different ones of each list that are told apart. A network may have any number of people. */
const MOST = 10_000;

/** A number of calls that have something in common, and when they were made. */
export interface Share {
  readonly text: Text;
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
}

export class Shares {
  readonly #shares = new Map<string, { -readonly [K in keyof Share]: Share[K] }>();

  add(text: Text, { eventTime }: Pick<Finding, 'eventTime'>): void {
    const key = plainText(text);
    const known = this.#shares.get(key);
    if (known === undefined) {
      if (this.#shares.size < MOST)
        this.#shares.set(key, { text, count: 1, first: eventTime, last: eventTime });
      return;
    }
    known.count += 1;
    stretch(known, eventTime);
  }

  /** The most frequent first. */
  all(): readonly Share[] {
    return [...this.#shares.values()].toSorted((a, b) => b.count - a.count);
  }
}

/** `iam:CreateRole` */
export function callText({
  eventSource,
  eventName,
}: Pick<CallCount, 'eventSource' | 'eventName'>): string {
  return `${serviceName(eventSource ?? 'unknown')}:${eventName ?? 'unknown'}`;
}
