/** The hunts that `hunt who` consists of: each asks one question of the same logs, or of the same table. */
import { CALLERS_RULE } from '../../hunt/who/callers.js';
import { before, widened, type LookBack } from '../../hunt/who/earlier.js';
import {
  questionAbout,
  questionAboutKeys,
  type Ask,
  type Question,
} from '../../hunt/who/question.js';
import { sharedBy, type Window } from '../../cloudtrail/time/window.js';
import { bind } from '../../rule/bind.js';
import { whoRule } from '../../rule/catalog/built-in.js';
import type { Indicator } from '../../rule/subject.js';
import type { CommandContext } from '../context.js';
import type { HuntResult, HuntSettings } from '../hunts/hunt-settings.js';
import type { Preparation } from '../hunts/prepare-hunt.js';
import { runOn, type RunOptions } from '../hunts/run-on.js';
import { configUsed } from '../options/hunt-yml/config.js';
import type { Selection } from '../options/rules/selection.js';
import { readOptionalSize } from '../options/size.js';
import { lateOf } from '../options/time/late.js';

interface WhoOptions extends Omit<RunOptions, 'run'> {
  readonly run: Omit<RunOptions['run'], 'resume'>;
  readonly report: { readonly progress: boolean; readonly quiet: boolean };
  readonly who: { readonly isFollowing: boolean };
}

interface WhoRequest {
  readonly indicators: readonly Indicator[];
  readonly options: WhoOptions;
  readonly preparation: Pick<Preparation, 'config' | 'warnings' | 'target' | 'notify'>;
  /** When and where the user wants to look. */
  readonly own: Selection;
}

/** Each gives undefined for a dry run. `spent` is what the engine read so far, in bytes. */
interface WhoHunts {
  /** Looks for what they did, and for what was done with the keys that they issued; `within` limits the window further. */
  readonly about: (ask: Ask, spent: number, within?: Window) => Promise<HuntResult | undefined>;
  /** Looks for keys that were issued before the window or elsewhere. */
  readonly lookBack: LookBack;
  /** Counts the calls of everybody. */
  readonly everybody: () => Promise<HuntResult | undefined>;
}

/** The hunts as functions, which run when they are called. They share the limit of `--max-scan`. */
export function whoHunts(
  { indicators, options, preparation, own }: WhoRequest,
  context: CommandContext,
): WhoHunts {
  const { config, warnings, target, notify } = preparation;
  const isTable = target.kind !== 'logs';
  const settingsFor = (
    { rules, filters, counted: among }: Question,
    known: Ask['known'] = [],
  ): HuntSettings => ({
    selection: {
      ...own,
      rules: rules.map((rule) => bind(rule, new Map())),
      filters: [...filters, ...own.filters],
    },
    // Reads are in numbers only. The keys say whether one that was issued was used.
    calls: { among: [...among, ...own.filters] },
    // A table is asked for what they issued, and that says who is behind their sessions: each question costs.
    follow: options.who.isFollowing && { known },
    late: lateOf(options.reading.late, config),
    config: configUsed(config),
    warnings,
    showsProgress: options.report.progress && !options.report.quiet,
    subject: { kind: 'who', text: indicators.map(({ text }) => text).join(', ') },
  });
  const huntBy = (settings: HuntSettings, spent: number): Promise<HuntResult | undefined> => {
    // What all readings may scan together.
    const most = readOptionalSize(options.run.maxScan, '--max-scan');
    const left = most === undefined ? undefined : String(Math.max(1, most - spent));
    const run = { ...options.run, maxScan: left, resume: undefined };
    return runOn(target, { options: { ...options, run }, config, settings }, context);
  };
  const main = whoRule();
  return {
    about: (ask, spent, within) => {
      const settings = settingsFor(questionAbout(indicators, ask, main), ask.known);
      const window = within === undefined ? own.window : sharedBy(own.window, within);
      return huntBy({ ...settings, selection: { ...settings.selection, window } }, spent);
    },
    lookBack: (followed, spent) => {
      const question = questionAboutKeys(indicators, followed);
      const { selection, ...settings } = settingsFor(question);
      notify(
        isTable
          ? 'hunt: asking for keys that were issued in the 36 hours before the window'
          : 'hunt: looking for keys that were issued before the window or elsewhere',
      );
      const wider = isTable
        ? { ...selection, window: before(own.window) }
        : { ...selection, window: widened(own.window), filters: question.filters, given: [] };
      return huntBy({ ...settings, selection: wider, calls: false, follow: false }, spent);
    },
    everybody: () => huntBy(settingsFor({ rules: [CALLERS_RULE], filters: [], counted: [] }), 0),
  };
}
