/** How the files of a table are stored, by the properties that the catalogue of Athena or Trino shows. */
import type { TableStorage } from './description.js';

/** By the parameters that Athena gives of a table: those of Glue, and the classes that read its files. */
export function storageOf(parameters: ReadonlyMap<string, string>): TableStorage {
  const values = new Map([...parameters].map(([name, value]) => [name.toLowerCase(), value]));
  const iceberg = isNamed(values.get('table_type'), 'iceberg');
  const formats = ['write.format.default', 'write_format'].flatMap(
    (name) => values.get(name) ?? [],
  );
  // Iceberg writes Parquet where no property says otherwise.
  if (iceberg) return { iceberg, columnar: formats.every(isColumnar) };
  const readers = ['inputformat', 'serde.serialization.lib', 'classification'];
  const isDelta = isNamed(values.get('spark.sql.sources.provider'), 'delta');
  return {
    iceberg,
    columnar: isDelta || readers.some((name) => isColumnar(values.get(name) ?? '')),
  };
}

/** By the statement that `SHOW CREATE TABLE` gives in Trino, and the name of the connector where it is known. */
export function storageIn(statement: string, connector: string | undefined): TableStorage {
  // Only after the columns: a comment of a column may say anything.
  const properties = statement.slice(statement.lastIndexOf('\nWITH ('));
  const format = /\bformat = '([^']*)'/i.exec(properties)?.[1];
  return {
    iceberg: connector === 'iceberg' || /\bformat_version = /.test(properties),
    columnar: format === undefined ? connector === 'delta_lake' : isColumnar(format),
  };
}

/** Whether the name of a format, or of the class that reads it, is that of a columnar one. */
function isColumnar(name: string): boolean {
  return /parquet|(^|\W)orc/i.test(name);
}

function isNamed(value: string | undefined, name: string): boolean {
  return value?.trim().toLowerCase() === name;
}
