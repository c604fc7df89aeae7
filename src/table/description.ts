/** A column or a partition key. The type is written as in Hive (AWS Glue) or in Trino. */
export interface NamedType {
  readonly name: string;
  readonly type: string;
}

/** A table as its engine describes it. */
export interface TableDescription {
  /** Without the partition keys. */
  readonly columns: readonly NamedType[];
  readonly partitionKeys: readonly NamedType[];
  /** The table properties (TBLPROPERTIES): `projection.*`, `storage.location.template`, … */
  readonly properties: ReadonlyMap<string, string>;
  /** How its files are stored, where the engine says so. */
  readonly storage?: TableStorage | undefined;
}

export interface TableStorage {
  /** Whether the files are columnar (Parquet, ORC): then a column that no query reads costs nothing. */
  readonly columnar: boolean;
  /** Whether it is an Iceberg table, whose columns do not show its partitions. */
  readonly iceberg: boolean;
}
