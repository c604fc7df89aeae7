/** A number with its noun, in the form that the number asks for. */

/** `1 file`, `2 files`; with `many`, `1 index`, `2 indices`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
