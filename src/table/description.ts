/** A column or partition key; its type as Hive (Glue) or Trino writes it. */
export interface NamedType {
  readonly name: string;
  readonly type: string;
}

/** A table as its engine describes it. */
export interface TableDescription {
  /** Without the partition keys. */
  readonly columns: readonly NamedType[];
  readonly partitionKeys: readonly NamedType[];
  /** TBLPROPERTIES: `projection.*`, `storage.location.template`, … */
  readonly properties: ReadonlyMap<string, string>;
}
