/** What digests say of the files of late findings, in short sentences. */
import { counted } from '../../text/counted.js';
import { truncateStart } from '../../text/width.js';
import type { LateFile, LateFiles } from './digest-check.js';

/** In columns. The end of a name tells it apart from others. */
const LONGEST = 80;

/** What is wrong: at most one sentence. */
export function lateLosses(late: LateFiles | null): readonly string[] {
  if (late === null || late.altered === 0) return [];
  const { altered } = late;
  return [
    `${counted(altered, 'log file')} with late findings ${altered === 1 ? 'was' : 'were'} altered (digests prove it): ${namesOf(late, 'altered')}`,
  ];
}

/** What digests do not prove: `2 log files with late findings: NAME and 1 more`. Null if they prove all. */
export function unprovenLateText(late: LateFiles | null): string | null {
  if (late === null) return null;
  const unproven = late.files - late.intact - late.altered;
  if (unproven === 0) return null;
  const nameless = late.doubted.find(({ path }) => path === null);
  return nameless === undefined
    ? `${counted(unproven, 'log file')} with late findings: ${namesOf(late, 'not proven')}`
    : `${counted(nameless.findings, 'late finding')}, of which the table does not name the files`;
}

function namesOf({ doubted, altered, files, intact }: LateFiles, kind: LateFile['kind']): string {
  const count = kind === 'altered' ? altered : files - intact - altered;
  const path = doubted.find((file) => file.kind === kind)?.path ?? '';
  const name = truncateStart(path.slice(path.lastIndexOf('/') + 1), LONGEST);
  return count > 1 ? `${name} and ${count - 1} more` : name;
}
