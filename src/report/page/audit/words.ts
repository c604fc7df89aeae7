/** How every part of an audit report writes instants and accounts. */
import { localTimeIn, UTC } from '../../../cloudtrail/time/zone.js';
import { truncate } from '../../../text/width.js';
import type { Audit } from '../../audit/audit.js';
import { text, value, type Text } from '../blocks/text.js';
import { instant } from '../blocks/words.js';

// In columns.
const ACCOUNT = 44;

export interface AuditWords {
  /** `2026-01-12 09:14:27Z (2026-01-12 10:14:27 +01:00)`; in UTC alone where that is the local time. */
  readonly time: (instant: string) => string;
  /** `prod-web (112233445566)`. */
  readonly account: (id: string | null) => Text;
}

/** Instants in UTC, with the time in the zone of the audit behind it where that is another. */
export function auditWords({ timeZone, accounts }: Audit): AuditWords {
  const local = localTimeIn(timeZone);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return {
    time: (of) => (timeZone === UTC ? instant(of) : `${instant(of)} (${shownLocal(local(of))})`),
    account: (id) => {
      if (id === null) return ['no account'];
      const name = names.get(id) ?? null;
      const shown = truncate(id, ACCOUNT);
      return name === null ? [value(shown)] : text`${name} (${shown})`;
    },
  };
}

/** `2026-01-12 10:14:27 +01:00`. */
function shownLocal(local: string): string {
  return local.replace('T', ' ').replace(/(?:\.000)?([+-]\d\d:\d\d)$/, ' $1');
}
