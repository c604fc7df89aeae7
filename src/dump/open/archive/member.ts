/** What stands in an archive, whatever kind of archive it is. */
export interface Member {
  /** As the archive has it, with forward slashes; it is shown and judged, and never becomes a path. */
  readonly name: string;
  /** What the archive says; 0 where it holds nothing. */
  readonly size: number;
  /** Whether it is a file, and no link or device. */
  readonly isFile: boolean;
  /** Its bytes, unpacked; to be read before the next member is asked for. Throws where they are broken. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** A member's name without what would lead out of a folder at its front. */
export function memberName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
}
