/** What describers are. They are apart from their list, because each of them names this type. */
import type { ChangeEvent, Description } from './change.js';

/** Returns undefined if the request does not have the call's parameters. Never throws. */
export type Describer = (event: ChangeEvent) => Description | undefined;

/** The keys are event names without the version of an API. */
export type Describers = Readonly<Record<string, Describer>>;
