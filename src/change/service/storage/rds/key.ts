/** What states of RDS name. */

/**
 * A snapshot may have the name of its instance, so the type stands before it. RDS takes names in any case, and keeps them in
 * lower case; some calls take an ARN too.
 */
export function keyOf(type: string, id: string): string {
  const name = /^arn:[^:]*:rds:[^:]*:[^:]*:[^:]*:(.+)$/.exec(id)?.[1] ?? id;
  return `${type} ${name.toLowerCase()}`;
}
