/** The name of a table in Athena: `[catalog.]database.table`. */
import { HuntError } from '../../errors.js';
import { quoted } from '../../sql/literal.js';

export interface AthenaTableName {
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
}

const GLUE = 'AwsDataCatalog';
const EXAMPLE = 'database.table or catalog.database.table';

/** Reads a name; parts with dots in them stand in double quotes. Throws a HuntError on what is none. */
export function readAthenaName(text: string): AthenaTableName {
  const parts = [...text.matchAll(/"((?:[^"]|"")+)"|([^."\s]+)/g)].map(
    ([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain ?? '',
  );
  const [table, database, catalog = GLUE, ...more] = parts.toReversed();
  if (table === undefined || database === undefined || more.length > 0)
    throw new HuntError('USAGE', `--athena ${text}: write ${EXAMPLE}`);
  return { catalog, database, table };
}

/** As it stands in FROM; the catalog goes with the execution. */
export function fromName({ database, table }: AthenaTableName, suffix = ''): string {
  return `${quoted(database)}.${quoted(table + suffix)}`;
}
