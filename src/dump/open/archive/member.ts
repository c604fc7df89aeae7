/** What the readers of archives (tar, zip and others) give: one entry after the other. */
import { cut } from '../../../text/cut.js';

/** In UTF-16 units. Every record of the member has its name, and no file system has longer ones. */
const LONGEST_NAME = 4096;

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

/** A member's name without leading `/` and `./`, and with forward slashes. A very long one is cut in its middle. */
export function memberName(name: string): string {
  return cut(name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, ''), LONGEST_NAME);
}
