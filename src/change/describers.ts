/** What describers are. They are apart from their list, because each of them names this type. */
import type { ChangeEvent, Description } from './change.js';

/** By event name, without the version of an API. A describer gives undefined where the request is not what the call takes; it never throws. */
export type Describers = Readonly<Record<string, (event: ChangeEvent) => Description | undefined>>;
