/** A hunt over a table elsewhere, for the command: loaded by who asks for one. */
import { HuntError } from '../../errors.js';
import type { Report, Warning } from '../../report/report.js';
import type { Config } from '../options/config.js';
import { huntAthena, huntTrino, type RemoteHunt, type RemoteOutcome } from './hunt-remote.js';
import type { RemoteOptions } from '../options/table-options.js';
import { remoteProgressOn } from '../progress/table-progress.js';
import type { Selection, SelectionOptions } from '../options/selection.js';
import type { Target } from '../options/target.js';
import type { World } from '../world.js';

/** What a hunt asks, wherever. */
export interface Common {
  readonly selection: Selection;
  readonly late: number;
  readonly config: Report['source']['config'];
  readonly warnings: readonly Warning[];
  readonly showsProgress: boolean;
}

/** Hunts in Athena or Trino; undefined for a dry run, which is printed. Throws HuntErrors. */
export async function huntTable(
  target: Exclude<Target, { readonly kind: 'local' }>,
  { selection, late, showsProgress, ...common }: Common,
  options: RemoteOptions & Pick<SelectionOptions, 'since' | 'until'>,
  config: Config | undefined,
  world: World,
): Promise<RemoteOutcome | undefined> {
  const progress = remoteProgressOn(world.stderr, showsProgress && options.dryRun !== true);
  const hunt: RemoteHunt = {
    ...common,
    ask: { ...selection, late, now: world.now },
    options,
    given: [options.since ?? config?.since, options.until ?? config?.until, String(late)],
    price: readPrice(options.price ?? config?.athena?.price),
    say: (line) => world.stderr.write(`${line}\n`),
    onProgress: (state) => progress.update(state),
    onPart: (done, total) => progress.part(done, total),
  };
  try {
    return await (target.kind === 'athena'
      ? huntAthena(target.athena, hunt, world)
      : huntTrino(target, hunt, world));
  } finally {
    progress.stop();
  }
}

const DEFAULT_PRICE = 5;

function readPrice(text: string | undefined): number {
  const price = text === undefined ? DEFAULT_PRICE : Number(text);
  if (text?.trim() !== '' && Number.isFinite(price) && price >= 0) return price;
  throw new HuntError('USAGE', `--price ${text}: write US dollars for a terabyte, such as 5`);
}
