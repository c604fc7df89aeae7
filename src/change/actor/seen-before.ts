/** What earlier runs of a scheduled report remember of the habits of actors. */
import type { Habit } from './first-use.js';

export interface SeenBefore {
  /** From when on they remember, in milliseconds. */
  readonly since: number;
  /** Undefined for an actor whom no run has seen. */
  actor(key: string): SeenActor | undefined;
}

export interface SeenActor {
  /** Whether it was seen on several days. */
  readonly onSeveralDays: boolean;
  has(habit: Habit, value: string): boolean;
  /** How many values it had. */
  count(habit: Habit): number;
}
