/**
 * The time line in HTML: a list for each day, and in it a list for what one actor did in a row. Findings are made and written a few
 * at a time, for all of them may exceed memory. Each is a line that opens.
 */
import type { VNode } from 'preact';
import { safeLines } from '../../text/safe-text.js';
import type { TimelineFinding, TimelineItem } from '../page/blocks/block.js';
import type { Text } from '../page/blocks/text.js';
import { dataPiece } from './data.js';
import type { Facets } from './facets.js';
import { cutText, isCut, isListed, type Listing } from './listing.js';
import { Marks } from './marks.js';
import { markup } from './markup.js';
import { MOST_IN_LIST, SIZES } from './sizes.js';
import { Facts } from './tables.js';
import { Words } from './text.js';

/** The time line in pieces. Its days are headings. In a report of many findings, their events are not in the page a second time. */
export function* timelinePieces(
  items: Iterable<TimelineItem>,
  listing: Listing,
): Generator<string> {
  const { facets, hasEvents, isOpen } = listing;
  if (isCut(listing)) yield markup(<p class="caution">{cutText(listing)}</p>);
  if (!hasEvents)
    yield markup(
      <p class="no-script">
        A file number such as f3 is that of a file below. The events themselves are packed: a
        browser with scripts shows each in its finding.
      </p>,
    );
  yield '<div id="findings">\n';
  let chunk: string[] = [];
  let inChunk = 0;
  let isDayOpen = false;
  let run: Text | null = null;
  let isRunOpen = false;
  const closeRun = (): void => {
    if (isRunOpen) chunk.push('</ul>\n</li>\n');
    isRunOpen = false;
  };
  function* closeChunk(): Generator<string> {
    closeRun();
    if (chunk.length === 0) return;
    const size = SIZES.find((one) => one >= inChunk) ?? MOST_IN_LIST;
    yield `<ul class="findings c${size}">\n`;
    yield* chunk;
    yield '</ul>\n';
    chunk = [];
    inChunk = 0;
  }
  for (const item of listedItems(items, listing)) {
    switch (item.kind) {
      case 'day':
        yield* closeChunk();
        if (isDayOpen) yield '</div>\n';
        yield '<div class="day">\n';
        isDayOpen = true;
        yield markup(
          <h3>
            <Words of={item.text} />
          </h3>,
        );
        break;
      case 'run':
        closeRun();
        run = item.whole;
        break;
      case 'finding':
        if (inChunk === MOST_IN_LIST) yield* closeChunk();
        if (!isRunOpen) {
          chunk.push('<li class="run">\n', run === null ? '' : markup(<Run of={run} />), '<ul>\n');
          isRunOpen = true;
        }
        chunk.push(
          markup(<Finding finding={item} facets={facets} hasEvent={hasEvents} isOpen={isOpen} />),
        );
        inChunk += 1;
        break;
      default:
        item satisfies never;
    }
  }
  yield* closeChunk();
  if (isDayOpen) yield '</div>\n';
  yield '</div>\n';
  yield dataPiece('facets', facets);
}

/** Of more findings than a browser can hold, those with a flag, then the oldest; days and runs that have any. */
function* listedItems(items: Iterable<TimelineItem>, listing: Listing): Generator<TimelineItem> {
  let day: TimelineItem | null = null;
  let run: TimelineItem | null = null;
  for (const item of items) {
    if (item.kind === 'day') day = item;
    else if (item.kind === 'run') run = item;
    else {
      if (![item.number, ...(item.also ?? [])].some((one) => isListed(listing, one))) continue;
      if (day !== null) yield day;
      if (run !== null) yield run;
      [day, run] = [null, null];
      yield item;
    }
  }
}

function Run({ of }: { readonly of: Text }): VNode {
  return (
    <p>
      <Words of={of} />
    </p>
  );
}

/** In a long list, what neither the line nor the run above it says. */
function Brief({ of: { rules, event }, call }: BriefProps): VNode {
  return (
    <p class="brief">
      <Words
        of={[
          ...call,
          rules.length === 0 ? ', event ' : ' ',
          ...rules,
          ...(rules.length === 0 ? [] : [', event ']),
          ...event,
        ]}
      />
    </p>
  );
}

interface BriefProps {
  readonly of: TimelineFinding;
  readonly call: Text;
}

interface FindingProps {
  readonly finding: TimelineFinding;
  readonly facets: Facets;
  readonly hasEvent: boolean;
  readonly isOpen: boolean;
}

function Finding({ finding, facets, hasEvent, isOpen }: FindingProps): VNode {
  const { number, also, story, eventTime, when, change, alerts } = finding;
  const details = finding.details();
  return (
    <li
      id={`f${number}`}
      class="finding"
      data-t={eventTime === null ? '' : String(Date.parse(eventTime))}
      data-s={story === null ? '' : String(story)}
      {...facets.attributesOf(finding.facets)}
    >
      <details open={isOpen}>
        <summary>
          <span class="when">
            <Words of={when} />
          </span>{' '}
          <span class="what">
            {also?.map((other) => (
              <span id={`f${other}`} />
            ))}
            <Marks {...finding} />
            <Words of={change} />
          </span>
        </summary>
        {alerts.length === 0 ? null : (
          <ul>
            {alerts.map((alert) => (
              <li>
                <Words of={alert} />
              </li>
            ))}
          </ul>
        )}
        {hasEvent ? <Facts facts={details.facts()} /> : <Brief of={finding} call={details.call} />}
        {hasEvent ? (
          <details class="raw">
            <summary>The event as it was logged</summary>
            <pre>{safeLines(details.event())}</pre>
          </details>
        ) : null}
      </details>
    </li>
  );
}
