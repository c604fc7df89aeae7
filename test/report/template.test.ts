import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/report/template/render.js';
import { checkTemplate } from '../../src/report/template/template.js';
import type { Report } from '../../src/report/report.js';
import { markdownTokens } from '../support/markdown-tokens.js';
import { finding, HOSTILE, report, reportOn, reportWith } from '../support/report-sample.js';

const made = (text: string, { of = report(), ending = '.txt' } = {}): string =>
  renderTemplate(of, { path: `my${ending}`, ending, text }).join('');

const JIRA = readFileSync(new URL('../../docs/templates/jira.json', import.meta.url), 'utf8');

describe('a template', () => {
  it('has the JSON report, its findings, and sentences', () => {
    expect(
      made('{{said.answer}}|{{tool.name}}|{{#findings}}{{number}} {{eventName}}{{/findings}}'),
    ).toBe(
      '1 change by role/SecurityAdmin (session dana); 1 opened sg-0abc to everyone; 1 not closed again in these findings|hunt|1 AuthorizeSecurityGroupIngress',
    );
    expect(made('{{#findings}}{{said.title}} ({{change.resources.0.id}}){{/findings}}')).toContain(
      'role/SecurityAdmin (session dana) opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc',
    );
  });

  it('has the first findings, and the number of the others', () => {
    const of = reportOn(Array.from({ length: 23 }, () => finding()));
    const text =
      '{{#firstFindings}}{{number}}{{^isLast}},{{/isLast}}{{/firstFindings}} +{{moreFindings}}';
    expect(made(text, { of })).toMatch(/^1,2,.*,20 \+3$/);
  });

  it.each([
    ['.html', '<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    ['.json', 'a"\n\\\u202e', 'a\\"\\n\\\\\\u202e'],
    ['.md', '[x](http://y) @z', '`[x](http://y) @z`'],
    ['.txt', 'a\u001b[31m\n', 'a\\u001b[31m\\u000a'],
  ])('escapes a value for files that end with %s', (ending, userAgent, shown) => {
    const of = reportOn([finding({ userAgent })]);
    expect(made('{{#findings}}{{userAgent}}{{/findings}}', { of, ending })).toBe(shown);
  });

  it('writes lists and objects as JSON', () => {
    const of = reportOn([finding({ requestParameters: { a: [1, 'x'] } })]);
    const text = '{{#findings}}{{requestParameters}} {{requestParameters.a}}{{/findings}}';
    expect(made(text, { of })).toBe('{"a":[1,"x"]} [1,"x"]');
  });

  it.each([
    'constructor',
    'toString',
    '__proto__',
    'valueOf',
    'findings.map',
    'findings.constructor',
    'said.answer.constructor',
    'findings.0.toString',
  ])('finds no function by the name %s', (name) => {
    const text = `{{${name}}}{{#${name}}}x{{/${name}}}`;
    expect(made(text, { of: reportOn([finding()]) })).toBe('');
  });

  it('cannot be led astray by the names in an event', () => {
    const event = JSON.parse('{"__proto__":{"x":1},"hasOwnProperty":1,"toJSON":1}') as object;
    const of = reportOn([finding({ requestParameters: event as never })]);
    expect(made('{{#findings}}{{requestParameters.__proto__.x}}{{/findings}}', { of })).toBe('1');
  });

  it.each([
    ['{{> other}}', '{{> other}} names another file, which is not allowed'],
    ['{{#a}}{{{b}}}{{/a}}', '{{{b}}} would write a value of a log as it is: write {{b}}'],
    ['{{&b}}', '{{{b}}} would write a value of a log as it is: write {{b}}'],
    ['{{#a}}', 'Unclosed section "a" at 6'],
  ])('refuses %s', async (text, reason) => {
    await expect(checkTemplate({ path: 'my.md', ending: '.md', text })).rejects.toThrow(
      `the template my.md: ${reason}`,
    );
  });

  it('refuses more findings than fit into memory', () => {
    const many = { length: 10_001, *[Symbol.iterator]() {} };
    expect(() => made('x', { of: { ...report(), findings: many } })).toThrow(
      'there are 10001 findings, and a template takes at most 10000',
    );
  });
});

describe('the template for tickets', () => {
  const TICKET = readFileSync(new URL('../../docs/templates/ticket.md', import.meta.url), 'utf8');

  it.each([
    ['one finding', report()],
    ['many findings', reportOn(Array.from({ length: 500 }, () => finding()))],
    ['hostile values', reportWith(HOSTILE)],
    ['long values', reportWith('| `x` [y](z) '.repeat(20_000))],
  ])('begins with the answer, and fits GitHub and Jira with %s', (_, of) => {
    const text = made(TICKET, { of, ending: '.md' });
    expect(text).toMatch(/^\*\*(?:1|500) change/);
    expect(text.length).toBeLessThan(32_767);
    const kinds = new Set(markdownTokens(text).map(({ type }) => type));
    expect([...kinds].filter((kind) => /link|html|table|image/.test(kind))).toEqual([]);
  });
});

it('has the lines of what to look at first, and the ticket shows them before the findings', () => {
  const of = reportOn(Array.from({ length: 5 }, () => finding()));
  const text =
    '{{#lookFirst}}{{text}}: {{#examples}}{{number}}{{^isLast}},{{/isLast}} {{/examples}}{{more}}{{/lookFirst}}';
  expect(made(text, { of })).toMatch(/^5 opened to the world: 1, 2, 3 and 2 more, 2026-01-12 /);
  const ticket = readFileSync(new URL('../../docs/templates/ticket.md', import.meta.url), 'utf8');
  const shown = made(ticket, { of, ending: '.md' });
  expect(shown.indexOf('5 opened to the world')).toBeGreaterThan(0);
  expect(shown.indexOf('5 opened to the world')).toBeLessThan(shown.indexOf('event '));
});

/** An issue of Jira, as far as the test looks at it. */
interface Issue {
  readonly fields: {
    readonly summary: string;
    readonly description: { readonly content: readonly { readonly type: string }[] };
  };
}

describe('the template for Jira', () => {
  const issueOf = (of: Report): Issue => JSON.parse(made(JIRA, { of, ending: '.json' })) as Issue;

  it('makes an issue with the answer, what is lost, and the findings', async () => {
    await checkTemplate({ path: 'jira.json', ending: '.json', text: JIRA });
    const { fields } = issueOf(report());
    expect(fields.summary).toMatch(/^1 change by role\/SecurityAdmin \(session dana\)/);
    expect(fields.description.content.map(({ type }) => type)).toEqual([
      'paragraph',
      'paragraph',
      'paragraph',
      'bulletList',
      'paragraph',
    ]);
    expect(JSON.stringify(fields)).toContain('NOT COMPLETE: 1 file or record could not be read');
  });

  it.each([
    ['no finding', reportOn([])],
    ['many findings', reportOn(Array.from({ length: 500 }, () => finding()))],
    ['hostile values', reportWith(HOSTILE)],
    ['long values', reportWith('"x\\'.repeat(20_000))],
  ])('stays within the limits of Jira with %s', (_, of) => {
    const { fields } = issueOf(of);
    expect(fields.summary.length).toBeLessThanOrEqual(255);
    expect(fields.summary).not.toMatch(/[\n\r]/);
    const texts = JSON.stringify(fields.description).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(texts).not.toContain('"text":""');
    expect(texts.join('').length).toBeLessThan(32_767);
  });
});
