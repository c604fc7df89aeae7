/** Which hours of the window have records, as a strip: what is empty is either a quiet account or a missing log. */
import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import type { LogCoverage } from '../../coverage.js';
import type { Report } from '../../report.js';
import { counted } from '../../../text/counted.js';
import { instant } from '../../page/blocks/words.js';

/** In per cent: what is covered must be seen. */
const THINNEST = 0.4;

interface StripProps {
  readonly coverage: LogCoverage;
  readonly window: Report['window'];
}

/** Null without a window, or without a record. */
export function Strip({ coverage, window }: StripProps): VNode | null {
  const since = window.since ?? coverage.first;
  const until = window.until ?? coverage.last;
  const { covered, empty } = coverage.hours;
  if (since === null || until === null || covered + empty === 0) return null;
  const x = scaleLinear()
    .domain([Date.parse(since), Date.parse(until)])
    .range([0, 100])
    .clamp(true);
  const spans = coveredSpans(coverage, since, until);
  const words = `Records in ${covered} of ${counted(covered + empty, 'hour')}.`;
  return (
    <figure class="strip">
      <svg role="img" width="100%" height="18" aria-labelledby="strip-title">
        <title id="strip-title">{words}</title>
        <rect class="none" width="100%" height="18" fill="#d5dae0" />
        {spans.map(([from, to]) => {
          const left = Math.min(x(from), 100 - THINNEST);
          const width = Math.max(THINNEST, x(to) - left);
          return <rect class="bar" x={per(left)} width={per(width)} height="18" fill="#5a86c5" />;
        })}
      </svg>
      <div class="ends">
        <span>{instant(since)}</span> <span>{instant(until)}</span>
      </div>
      <figcaption>
        <span class="key bar">records</span>
        <span class="key none">none</span> {words}
        {empty === 0
          ? null
          : ' Where there are none, the account was quiet, or logs are missing: the report cannot tell which.'}
      </figcaption>
    </figure>
  );
}

/** What lies between the gaps, in milliseconds. */
function coveredSpans(
  { hours }: LogCoverage,
  since: string,
  until: string,
): readonly (readonly [number, number])[] {
  const gaps = hours.gaps
    .map((gap) => [Date.parse(gap.since), Date.parse(gap.until)] as const)
    .toSorted(([a], [b]) => a - b);
  const spans: (readonly [number, number])[] = [];
  let at = Date.parse(since);
  for (const [from, to] of gaps) {
    if (from > at) spans.push([at, from]);
    at = Math.max(at, to);
  }
  if (at < Date.parse(until)) spans.push([at, Date.parse(until)]);
  return spans;
}

function per(part: number): string {
  return `${Math.round(part * 100) / 100}%`;
}
