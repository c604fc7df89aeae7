/** Opens the report that the command line names: a file, `-` for standard input, or a pipe. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HuntError, reasonOf } from '../../errors.js';
import { readReport, type OpenedReport } from '../../report/read/read-report.js';
import { storiesOf } from '../../story/stories.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';

const STDIN = '-';

/** Checks all of the report. Throws a HuntError if it is none. The caller closes it. */
export async function openReport(
  path: string,
  { stdin, stderr, signal }: Pick<CommandContext, 'stdin' | 'stderr' | 'signal'>,
): Promise<OpenedReport> {
  const opened =
    path === STDIN || isPipe(path)
      ? await openCopy(path === STDIN ? stdin() : createReadStream(path), { path, signal })
      : readReport(path);
  const { newerSchema, lacksOverview, report } = opened;
  if (newerSchema !== undefined)
    stderr.write(
      `hunt: ${safeLine(path)} is of ${newerSchema}, newer than this hunt: what it adds is not shown\n`,
    );
  if (!lacksOverview) return opened;
  const { overview } = storiesOf(report.findings, () => false);
  return { ...opened, report: { ...report, overview } };
}

function isPipe(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
}

/** A report is read several times, and a pipe only once. */
async function openCopy(
  from: Readable,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<OpenedReport> {
  const copy = join(tmpdir(), `hunt-${randomUUID()}.tmp`);
  try {
    // "x" fails if the path exists, so that a link which somebody else placed there is not followed.
    await pipeline(from, createWriteStream(copy, { flags: 'wx', mode: 0o600 }), { signal });
    return readReport(copy, path);
  } catch (error) {
    if (error instanceof HuntError) throw error;
    if (signal.aborted) throw new HuntError('INTERRUPTED', 'interrupted', { cause: error });
    throw new HuntError(
      'OUTPUT',
      `cannot copy ${safeLine(path)} to a temporary file in ${tmpdir()}: ${safeLine(reasonOf(error))}`,
      { cause: error },
    );
  } finally {
    // The report stays readable, because its file is open.
    rmSync(copy, { force: true });
  }
}
