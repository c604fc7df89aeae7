/** A SELECT as data, so that the pieces of a statement can be combined before they become text. */

/** A column as SQL, with an optional comment, which gets the line above. */
export type SelectColumn = string | { readonly comment: string; readonly sql: string };

export interface Select {
  readonly columns: readonly SelectColumn[];
  readonly from: string;
  readonly where?: string | undefined;
  readonly groupBy?: readonly string[] | undefined;
}

/** A named step of a statement (WITH). */
export interface Step {
  readonly name: string;
  readonly select: Select | string;
}

/** Steps that add columns to what they select from, one after another: `name`, `name_2` … */
export function stepsAfter(
  from: string,
  name: string,
  columns: readonly (readonly SelectColumn[])[],
): readonly Step[] {
  const nameOf = (index: number): string => (index === 0 ? name : `${name}_${index + 1}`);
  return columns.map((added, index) => ({
    name: nameOf(index),
    select: { columns: ['*', ...added], from: index === 0 ? from : nameOf(index - 1) },
  }));
}

/** The text of a statement: its steps in order, and the last SELECT. Ends with a line feed. */
export function statementSql(
  steps: readonly Step[],
  last: Select,
  { comments = true }: { readonly comments?: boolean | undefined } = {},
): string {
  const text = (select: Select): Select => (comments ? select : withoutComments(select));
  const ctes = steps.map(
    ({ name, select }) =>
      `${name} AS (\n${typeof select === 'string' ? select : selectSql(text(select), '  ')}\n)`,
  );
  const before = ctes.length === 0 ? '' : `WITH ${ctes.join(',\n')}\n`;
  return `${before}${selectSql(text(last), '')}\n`;
}

function withoutComments({ columns, ...rest }: Select): Select {
  return {
    ...rest,
    columns: columns.map((column) => (typeof column === 'string' ? column : column.sql)),
  };
}

/** The rows of two SELECTs with the same columns, as the text of a step. */
export function unionSql(first: Select, second: Select): string {
  return `${selectSql(first, '  ')}\n  UNION ALL\n${selectSql(second, '  ')}`;
}

function selectSql({ columns, from, where, groupBy }: Select, indent: string): string {
  return [
    `${indent}SELECT`,
    columns.map((column) => columnSql(column, `${indent}  `)).join(',\n'),
    `${indent}FROM ${from}`,
    ...(where === undefined ? [] : [`${indent}WHERE ${where}`]),
    ...(groupBy === undefined ? [] : [`${indent}GROUP BY ${groupBy.join(', ')}`]),
  ].join('\n');
}

/** Only comments get lines of their own: a literal may contain a line feed, which indenting would change. */
function columnSql(column: SelectColumn, indent: string): string {
  if (typeof column === 'string') return indent + column;
  return `${indent}${column.comment}\n${indent}${column.sql}`;
}
