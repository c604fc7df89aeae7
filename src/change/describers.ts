/** What describers are. They are apart from their list, because each of them names this type. */
import type { ChangeEvent, Description } from './change.js';

/**
 * The keys are event names without the version of an API. A describer returns undefined if the request does not have the call's
 * parameters. It never throws.
 */
export type Describers = Readonly<Record<string, (event: ChangeEvent) => Description | undefined>>;
