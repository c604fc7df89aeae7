/** DNS records: a changed record sends the users of a name somewhere else. */
import { isObject, type Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../../change.js';
import {
  firstText,
  listOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import { stateOf, type Subject } from '../../../request/subject.js';

const LONGEST = 80;
const SHOWN = 4;
const MOST = 1000;
const VERBS = { CREATE: 'create', UPSERT: 'set', DELETE: 'delete' } as const;

interface RecordChange {
  readonly verb: 'create' | 'set' | 'delete';
  readonly name: string;
  /** `A`. Of records with an identifier, each is one. */
  readonly type: string;
  readonly values: readonly string[];
}

/** All changes of one call, the first ones in words. Undefined where the request has none that can be read. */
export function describeRecords(
  zone: Subject,
  { requestParameters }: ChangeEvent,
): Description | undefined {
  const changes = listOf(memberAt(requestParameters, 'changeBatch', 'changes'))
    .slice(0, MOST)
    .flatMap((change) => changeOf(change) ?? []);
  const [first] = changes;
  if (first === undefined) return undefined;
  const states = {
    begins: changes.flatMap((change) => (change.verb === 'delete' ? [] : stateIn(zone, change))),
    ends: changes.flatMap((change) => (change.verb === 'delete' ? stateIn(zone, change) : [])),
    removes: changes.flatMap((change) => (change.verb === 'create' ? [] : [partOf(zone, change)])),
  };
  if (changes.length === 1)
    return { verb: first.verb, object: `record ${textOfChange(first)} in ${zone.text}`, ...states };
  const texts = changes.map((change) => `${change.verb} ${textOfChange(change)}`);
  return {
    verb: 'change',
    object: `records of ${zone.text}: ${listed(texts, '; ', SHOWN)}`,
    ...states,
  };
}

/** Another value of the record is another state: it sends users elsewhere. */
function stateIn(zone: Subject, change: RecordChange): State {
  return { ...stateOf(zone, `record ${textOfChange(change)}`), part: partOf(zone, change) };
}

/** Ends with the name, which is what `hunt what` may be asked about. */
function partOf(zone: Subject, { name, type }: RecordChange): string {
  return `${type} record in ${zone.text} ${name}`;
}

function textOfChange({ name, type, values }: RecordChange): string {
  const record = `${name} ${type}`.trimEnd();
  return values.length === 0 ? record : `${record} → ${listed(values, ', ', 3)}`;
}

function changeOf(change: Json): RecordChange | undefined {
  const set = memberOf(change, 'resourceRecordSet');
  const action = textMember(change, 'action')?.toUpperCase();
  if (!isObject(set) || (action !== 'CREATE' && action !== 'UPSERT' && action !== 'DELETE'))
    return undefined;
  const name = textMember(set, 'name')?.replace(/\.$/, '') ?? 'without a name';
  const type = textMember(set, 'type') ?? '';
  const setId = textMember(set, 'setIdentifier');
  const alias = firstText(memberOf(set, 'aliasTarget') ?? null, 'dNSName', 'dnsName', 'DNSName');
  const records = listOf(memberOf(set, 'resourceRecords')).flatMap(
    (record) => textMember(record, 'value') ?? textOf(record) ?? [],
  );
  return {
    verb: VERBS[action],
    name: shortened(name, LONGEST),
    type: `${shortened(type, 12)}${setId === undefined ? '' : ` ${shortened(setId, LONGEST)}`}`,
    values: [...(alias === undefined ? [] : [alias.replace(/\.$/, '')]), ...records].map((value) =>
      shortened(value, LONGEST),
    ),
  };
}
