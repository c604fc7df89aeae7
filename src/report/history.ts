/** The part of a report's model that says what happened to the resource of `hunt what`. */

export interface ResourceHistory {
  /** What the name stands for, most events first: a bucket and a user may have one name. */
  readonly kinds: readonly {
    readonly type: string;
    /** The owner where the events say who that is, else the account of which the logs are. */
    readonly account: string | null;
    /** Null for what has no region, as a user or a bucket. */
    readonly region: string | null;
    readonly isOwner: boolean;
    readonly events: number;
  }[];
  /** IDs of resources that have the name: calls may speak of them by these alone. */
  readonly otherIds: readonly string[];
  /** Whether the hunt also looked for these IDs. */
  readonly isFollowed: boolean;
  /** When it was made, and deleted, last. What was made again after it was deleted is not among the deleted. */
  readonly made: readonly MadeEvent[];
  readonly deleted: readonly HistoryEvent[];
  /** Each time it got another name, in order. Its states go on under the new one. */
  readonly renamed: readonly RenameEvent[];
  /**
   * States that began and are not seen to end, in the order of their beginnings. Where nothing is known of the resource itself, those
   * of other things that its calls began.
   */
  readonly lasting: readonly LastingState[];
  /** How many states began and ended. */
  readonly ended: number;
}

interface HistoryEvent {
  readonly resource: string;
  /** As in `kinds`: two accounts may have a bucket of one name, one after the other. */
  readonly account: string | null;
  readonly region: string | null;
  readonly eventSource: string | null;
  readonly eventTime: string | null;
  readonly eventID: string | null;
  readonly by: string;
}

interface MadeEvent extends HistoryEvent {
  /** When it was deleted. Null where that is not seen. */
  readonly until: string | null;
}

interface RenameEvent extends HistoryEvent {
  readonly newResource: string;
}

interface LastingState extends HistoryEvent {
  readonly what: string;
  /** False where the logs cannot tell whether it ended: the event has no time, or there are too many states. */
  readonly isKnown: boolean;
}
