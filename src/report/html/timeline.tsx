/** The time line in HTML: a list for each run of findings. Findings are made and written one at a time. */
import type { VNode } from 'preact';
import type { TimelineFinding, TimelineItem } from '../page/block.js';
import { Marks } from './marks.js';
import { markup } from './markup.js';
import { Words } from './text.js';

/** Findings in one list. A browser lays out only the lists that are near the window, so a long one must be divided. */
const MOST_IN_LIST = 200;

/** The time line in pieces. Its days are headings. */
export function* timelinePieces(items: Iterable<TimelineItem>): Generator<string> {
  let inList = 0;
  for (const item of items) {
    if (inList > 0 && (item.kind !== 'finding' || inList === MOST_IN_LIST)) {
      yield '</ul>\n';
      inList = 0;
    }
    switch (item.kind) {
      case 'day':
        yield markup(
          <h3>
            <Words of={item.text} />
          </h3>,
        );
        break;
      case 'run':
        yield markup(
          <p class="run">
            <Words of={item.text} />
          </p>,
        );
        break;
      case 'finding':
        if (inList === 0) yield '<ul class="findings">\n';
        inList += 1;
        yield markup(<Finding finding={item} />);
        break;
      default:
        item satisfies never;
    }
  }
  if (inList > 0) yield '</ul>\n';
}

function Finding({ finding }: { readonly finding: TimelineFinding }): VNode {
  const { when, failure, exposure, change, alerts, rules, event } = finding;
  return (
    <li>
      <span class="when">
        <Words of={when} />
      </span>{' '}
      <Marks failure={failure} exposure={exposure} />
      <Words of={change} />{' '}
      <span class="event">
        {rules.length === 0 ? null : [<Words of={rules} />, ' ']}
        <Words of={event} />
      </span>
      {alerts.length === 0 ? null : (
        <ul>
          {alerts.map((alert) => (
            <li>
              <Words of={alert} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
