/** What digests say of the files of late findings. */
import { counted } from '../../../text/counted.js';
import { truncateStart } from '../../../text/width.js';
import type { LateFile, LateFiles } from '../../completeness/digest-check.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { path, text, type Text } from '../blocks/text.js';
import { moreBlock } from './more.js';

const MOST = 10;
// In columns. A long path must not hide the reason.
const LONGEST_PATH = 300;

export function lateFileFacts(late: LateFiles | null): readonly Fact[] {
  if (late === null) return [];
  const { files, intact, altered } = late;
  const counts = [
    [intact, 'intact'],
    [altered, 'altered'],
    [files - intact - altered, 'not proven'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [{ label: 'log files of late findings', text: [`by digests: ${said.join(', ')}`] }];
}

export function* lateFileBlocks(late: LateFiles | null): Generator<Block> {
  if (late === null) return;
  yield* under(
    ['Late findings from log files that digests do not prove'],
    [
      ...late.doubted
        .slice(0, MOST)
        .map((file): Block =>
          file.kind === 'altered'
            ? { kind: 'loss', text: text`altered: ${sourceText(file)}` }
            : { kind: 'item', head: sourceText(file), details: [] },
        ),
      ...moreBlock(late.doubted.length - MOST + late.moreDoubted),
    ],
  );
}

function sourceText({ path: file, findings, message }: LateFile): Text {
  const said = `${counted(findings, 'finding')}: ${message}`;
  return file === null ? [said] : text`${path(truncateStart(file, LONGEST_PATH))}, ${[said]}`;
}
