/** What `hunt init --check` prints: what in the logs is not as `hunt.yml` says. */
import { knownIn } from './config-text.js';
import { classesText, plain, seenText, spanText, whoText } from './words.js';
import { check, type Checked, type More, type Stale } from '../../hunt/init/check.js';
import type { Report } from '../../report/report.js';
import { counted } from '../../text/counted.js';
import type { Config } from '../options/hunt-yml/config.js';
import { inForce } from '../options/hunt-yml/in-force.js';

const SHOWN = 50;

/** Compares the findings of `initRules` with the configuration. */
export function checked({ findings }: Report, config: Config, asOf: number): Checked {
  // What is over hides nothing.
  const { changes } = inForce(config.exclusions, { rules: [], asOf });
  const roleTexts = config.parameters.get('ALLOWED_ROLE_NAMES') ?? [];
  const production = config.parameters.get('PROD_ACCOUNT_IDS') ?? [];
  return check(findings, {
    allowed: changes.add
      .map(({ exclusion }) => exclusion)
      .filter(({ label }) => label.name.startsWith('allowed: ')),
    isKnown: knownIn(config.text),
    roleTexts: roleTexts === 'any' ? [] : roleTexts,
    accounts: new Set([...config.accounts.keys(), ...(production === 'any' ? [] : production)]),
  });
}

/** How many things deserve a look. */
export function worthALook({ stale, fresh, more, accounts, roleTexts }: Checked): number {
  return stale.length + fresh.length + more.length + accounts.length + roleTexts.length;
}

/** The lines, without line feeds. `path` is that of the configuration. */
export function* checkLines(result: Checked, path: string): Generator<string> {
  const { changes } = result.tallied;
  yield `${plain(path)} beside ${counted(changes.count, 'change')}, ${spanText(changes.first, changes.last)}`;
  yield* section('Allowances that match nothing: misspelt, or over?', result.stale.map(staleText));
  yield* section(
    'ALLOWED_ROLE_NAMES that are in no ARN',
    result.roleTexts.map((text) => plain(text)),
  );
  yield* section(
    'Allowed roles and users that do more than what is allowed',
    result.more.map((one) => moreText(one)),
  );
  yield* section(
    'New: not in the file',
    result.fresh.map((line) => `${whoText(line)} (${classesText(line)}): ${seenText(line)}`),
  );
  yield* section(
    'Accounts with changes that the file does not name',
    result.accounts.map((account) => plain(account)),
  );
  yield '';
  const worth = worthALook(result);
  yield worth === 0
    ? 'Nothing deserves a look'
    : `${worth === 1 ? '1 thing deserves' : `${worth} things deserve`} a look. hunt init LOGS --stdout proposes anew`;
}

function* section(heading: string, lines: readonly string[]): Generator<string> {
  if (lines.length === 0) return;
  yield '';
  yield heading;
  for (const line of lines.slice(0, SHOWN)) yield `  ${line}`;
  if (lines.length > SHOWN) yield `  and ${lines.length - SHOWN} more`;
}

function staleText({ entry, last, instead }: Stale): string {
  const { name, at } = entry.label;
  const since = last === null ? 'nothing in these logs' : `nothing since ${last.slice(0, 10)}`;
  return plain(`line ${at.line}: ${name}: ${since}${instead === null ? '' : `; ${instead}`}`, 300);
}

function moreText({ principal, program, address, seen, eventID }: More): string {
  return plain(
    `${principal} with ${program} from ${address}: ${counted(seen.count, 'change')}, ${spanText(seen.first, seen.last)} (first ${eventID ?? 'without an ID'})`,
    300,
  );
}
