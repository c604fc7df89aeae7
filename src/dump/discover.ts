/** From the paths a user named to the files to open, and an account of those that are not opened. */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { byCodePoint } from '../cloudtrail/canonical.js';
import { partitionDays, type Window } from '../cloudtrail/window.js';
import { HuntError, reasonOf } from '../errors.js';
import { judgeName } from './names.js';

export interface FoundFile {
  /** As the user's path leads to it, with forward slashes. */
  readonly path: string;
  readonly size: number;
}

export interface Discovery {
  /** Sorted by path. */
  readonly files: readonly FoundFile[];
  /** Why files were not opened, once each. */
  readonly skipped: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** The files below the paths. Throws a HuntError for a named path that is not there. */
export function discover(paths: readonly string[], window: Window, late: number): Discovery {
  const walk = new Walk();
  for (const path of paths) walk.named(path);
  const days = partitionDays(window, late);
  const seen = new Set<string>();
  const skipped = [...walk.skipped];
  const files = walk.files
    .toSorted((a, b) => byCodePoint(a.path, b.path))
    .filter(({ path }) => {
      const real = realpathSync(path);
      const day = dayOf(path);
      const isNew = !seen.has(real);
      seen.add(real);
      const inWindow = day === undefined || (day >= days.first && day <= days.last);
      if (!isNew) skipped.push('reached twice');
      else if (!inWindow) skipped.push('outside the window');
      return isNew && inWindow;
    });
  return { files, skipped, unreadable: walk.unreadable };
}

/** The day of a file in the layout that CloudTrail writes, `…/CloudTrail/REGION/YYYY/MM/DD/…`: its midnight UTC. */
function dayOf(path: string): number | undefined {
  const [, year, month, day] =
    /(?:^|\/)CloudTrail\/[^/]+\/(\d{4})\/(\d{2})\/(\d{2})\/[^/]+$/.exec(path) ?? [];
  const midnight = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(midnight) ? undefined : midnight;
}

class Walk {
  readonly files: FoundFile[] = [];
  readonly skipped: string[] = [];
  readonly unreadable: { path: string; reason: string }[] = [];
  private readonly folders = new Set<string>();

  /** A path that the user named: a file is opened whatever its name. */
  named(given: string): void {
    const path = given.replaceAll('\\', '/').replace(/(?<=.)\/+$/, '');
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined)
      throw new HuntError(
        'PATH',
        `no such file or folder: ${given}. Name a folder or a file of CloudTrail logs.`,
      );
    this.visit(path, true);
  }

  private visit(path: string, isNamed: boolean): void {
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) this.folder(path);
      else if (stats.isFile()) this.file(path, stats.size, isNamed);
      else this.skipped.push('no regular file');
    } catch (error) {
      this.unreadable.push({ path, reason: fileReason(error) });
    }
  }

  private folder(path: string): void {
    const real = realpathSync(path);
    if (this.folders.has(real)) return;
    this.folders.add(real);
    for (const name of readdirSync(path))
      this.visit(path === '/' ? `/${name}` : `${path}/${name}`, false);
  }

  private file(path: string, size: number, isNamed: boolean): void {
    const verdict = isNamed ? 'open' : judgeName(path);
    if (verdict === 'open') this.files.push({ path, size });
    // Tools that copy a bucket leave an empty file for each "folder" made in the S3 console.
    else
      this.skipped.push(
        size === 0 && verdict === 'not named like a log' ? 'folder marker' : verdict,
      );
  }
}

/** Why a file system call failed, in a person's words. */
export function fileReason(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOENT':
      return 'broken link';
    case 'ELOOP':
      return 'link that leads to itself';
    default:
      return reasonOf(error);
  }
}
