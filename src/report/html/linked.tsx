/** Text about a finding. It is a link where the finding is listed. */
import type { VNode } from 'preact';
import type { Text } from '../page/blocks/text.js';
import { isListed, type Listing } from './listing.js';
import { Words } from './text.js';

interface LinkedProps {
  /** The place of the finding in the report; null if the text is about none. */
  readonly to: number | null;
  readonly of: Text;
  readonly listing: Listing;
}

export function Linked({ to, of, listing }: LinkedProps): VNode {
  if (to === null || !isListed(listing, to)) return <Words of={of} />;
  return (
    <a href={`#f${to}`}>
      <Words of={of} />
    </a>
  );
}
