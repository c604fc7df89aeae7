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
}
