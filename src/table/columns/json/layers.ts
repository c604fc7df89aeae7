/**
 * Values of a table that several columns of a relation use, such as the members of an identity. Each gets a name in a SELECT
 * below the relation's own, so that it is computed once. A lambda can name a value too, but engines analyse nested
 * lambdas again for each level, which takes minutes for an identity.
 */

/** A named value. */
export interface LayerColumn {
  readonly name: string;
  readonly sql: string;
}

export class Layers {
  private readonly all: LayerColumn[][] = [];

  /** The name of a value that reads columns of the layers below `layer`, and the first layer that may use the name. */
  bind(sql: string, layer: number): { readonly sql: string; readonly layer: number } {
    const own = (this.all[layer] ??= []);
    const known = own.find((column) => column.sql === sql);
    const name = known?.name ?? `hunt_${layer}_${own.length}`;
    if (known === undefined) own.push({ name, sql });
    return { sql: name, layer: layer + 1 };
  }

  /** From the lowest layer on. */
  columns(): readonly (readonly LayerColumn[])[] {
    return this.all;
  }
}
