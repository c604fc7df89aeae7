/** Checks values against the schemas that others publish for formats. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const FORMATS = {
  uri: (text: string) => /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text),
  'uri-reference': (text: string) =>
    /^[\w.~!$&'()*+,;=:@/?#%-]*$/.test(text) && URL.canParse(text, 'https://example.com'),
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text),
};

/** What the schema in `test/support/schemas` says against a value; null if it fits. */
export function checkerOf(file: string): (value: unknown) => unknown {
  const text = readFileSync(new URL(`schemas/${file}`, import.meta.url), 'utf8');
  // Older schemas name themselves in a way that this validator does not know. The rest of what they use, it does.
  const { $schema: _, id: __, ...schema } = JSON.parse(text) as Record<string, unknown>;
  const validate = new Ajv({ allErrors: true, strict: false, formats: FORMATS }).compile(schema);
  return (value) => {
    validate(value);
    return validate.errors;
  };
}
