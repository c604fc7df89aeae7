/** Rules and filters that suppress findings: what they match, nobody sees. */
import type { ChangeEvent } from '../../../change.js';
import type { Describer } from '../../../describers.js';

/** The state of what suppresses findings. */
export const SUPPRESSED = 'findings suppressed';

/** The creation of something which, where the event says so, suppresses findings. */
export function suppressingCreation(
  create: Describer,
  suppresses: (event: ChangeEvent) => boolean,
): Describer {
  return (event) => {
    const created = create(event);
    const made = created?.begins?.[0];
    return created === undefined || made === undefined || !suppresses(event)
      ? created
      : { ...created, begins: [made, { ...made, what: SUPPRESSED }] };
  };
}
