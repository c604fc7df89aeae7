/** Reads `tickets` of `hunt.yml`: how the ticket that explains a change is found. */
import {
  TICKET_COLUMNS,
  TICKET_PLACES,
  type TicketColumns,
  type TicketPlace,
  type TicketSettings,
} from '../../../disposition/tickets/ticket.js';
import { javascriptRegex } from '../../../rule/regex/javascript.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import { MappingReader } from '../../../yaml/mapping.js';
import { readDuration } from '../time/window.js';

const CODE = 'CONFIG';
const KEYS = ['pattern', 'in', 'export', 'columns', 'afterwards'];

/** Undefined if there is none. `fromHere` gives a path relative to the current folder. Throws a HuntError if it has a mistake. */
export function readTicketSettings(
  config: MappingReader,
  fromHere: (file: string) => string,
): TicketSettings | undefined {
  const node = config.get('tickets');
  if (node === undefined) return undefined;
  const what = `${config.what}: tickets`;
  const mapping = new MappingReader(node, KEYS, { what, code: CODE });
  const patterns = (mapping.texts('pattern') ?? []).map((text) => {
    const { source } = javascriptRegex(text, mapping.get('pattern')?.at);
    return new RegExp(source, 'gu');
  });
  const path = mapping.text('export');
  if (patterns.length === 0 && path === undefined) mapping.fail(`${what} needs pattern or export`);
  if (patterns.length === 0 && mapping.get('in') !== undefined)
    mapping.fail(`${what}: in says where a pattern is looked for: give a pattern`, 'in');
  if (path === undefined && mapping.get('columns') !== undefined)
    mapping.fail(`${what}: columns are those of an export: give an export`, 'columns');
  const afterwards = mapping.text('afterwards') ?? '7d';
  return {
    patterns,
    places: placesIn(mapping),
    export: path === undefined ? null : { path: fromHere(path), columns: columnsIn(mapping) },
    afterwards: readDuration({ text: afterwards, where: `${what}: afterwards` }),
  };
}

function placesIn(mapping: MappingReader): readonly TicketPlace[] {
  return (mapping.texts('in') ?? TICKET_PLACES).map(
    (text) =>
      TICKET_PLACES.find((place) => place === text) ??
      mapping.fail(
        `${mapping.what}: in: "${text}" is no place (${TICKET_PLACES.join(', ')}).${didYouMean(text, TICKET_PLACES)}`,
        'in',
      ),
  );
}

function columnsIn(mapping: MappingReader): TicketColumns {
  const what = `${mapping.what}: columns`;
  const node = mapping.get('columns') ?? mapping.fail(`${mapping.what}: export needs columns`);
  const columns = new MappingReader(node, TICKET_COLUMNS, { what, code: CODE });
  const given = TICKET_COLUMNS.flatMap((name) => {
    const column = columns.text(name);
    return column === undefined ? [] : [[name, column] as const];
  });
  return { ...Object.fromEntries(given), id: columns.required('id') };
}
