/** The ID of an event. An export may write an empty one, which is none: records without an ID are never repeats of each other. */
export function isEventId(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
