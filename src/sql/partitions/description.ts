/** A table as its engine describes it. */
export interface TableDescription {
  /** Without the partition keys. */
  readonly columns: readonly NamedType[];
  readonly partitionKeys: readonly NamedType[];
  /** Its TBLPROPERTIES: `projection.*`, `storage.location.template` and others. */
  readonly properties: ReadonlyMap<string, string>;
}

/** A name, and its type as Hive (`struct<arn:string>`) or Trino (`row(arn varchar)`) writes it. */
export interface NamedType {
  readonly name: string;
  readonly type: string;
}
