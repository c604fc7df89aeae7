/** One entry of an archive of any kind. */
export interface Member {
  /** As in the archive, with forward slashes. It is shown and filtered by, and never used as a path on disk. */
  readonly name: string;
  /** In bytes, as the archive states it. */
  readonly size: number;
  /** Whether it is a regular file, not a link or device. */
  readonly isFile: boolean;
  /** Its unpacked bytes, to be read before the next member is taken. Reading throws if they are damaged. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** A member's name without leading `/` and `./`, and with forward slashes. */
export function memberName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
}
