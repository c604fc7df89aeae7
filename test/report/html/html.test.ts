/** The HTML report, as a parser reads it. `browser.test.ts` opens it in a browser. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAudit } from '../../../src/report/audit/with-audit.js';
import { GROUNDS, INKS } from '../../../src/report/html/colours.js';
import { renderHtml } from '../../../src/report/html/render.js';
import { renderMarkdown } from '../../../src/report/markdown/render.js';
import type { Report } from '../../../src/report/report.js';
import { NO_EVIDENCE } from '../../../src/report/completeness/completeness.js';
import { blindSpot, digestCheck } from '../../support/completeness-sample.js';
import { attribute, htmlElements, htmlElementsIn, textIn } from '../../support/html-nodes.js';
import { hiddenIn } from '../../support/hidden-text.js';
import {
  finding,
  HOSTILE,
  MATCH,
  report,
  reportOn,
  reportWith,
  section,
} from '../../support/report-sample.js';

function htmlOf(given: Report): string {
  return [...renderHtml(given)].join('');
}

const audited = withAudit(report(), {
  controls: ['SOC 2 CC8.1'],
  timeZone: 'Europe/Berlin',
  accountNames: new Map([['112233445566', 'prod-web']]),
  manifest: 'changes.manifest.json',
  signature: null,
});
const failed = finding({ errorCode: 'AccessDenied', outcome: 'failed', eventTime: null });
const many = report({
  sections: [section({ findingCount: 2 }), section({ findingCount: 0 })],
  findings: [
    finding({
      rules: [{ ...MATCH, alert: { title: 'SSH opened', context: {}, group: null } }],
    }),
    failed,
  ],
  warnings: [{ code: 'NO_RECORDS', message: 'the logs of us-east-1 are empty' }],
});

/** The numbers of a text, and the words with a digit: names, times, hashes. The words between them are each format's own. */
function factsIn(text: string): readonly string[] {
  return text.replaceAll('&nbsp;', ' ').match(/[\p{L}\p{N}]*\p{N}[\p{L}\p{N}]*/gu) ?? [];
}

/** What a reader sees. */
function bodyOf(html: string): string {
  return htmlElements(html)
    .filter(({ tagName }) => tagName === 'header' || tagName === 'main')
    .map(textIn)
    .join(' ');
}

describe('html', () => {
  it.each([
    ['a report on one rule', report()],
    ['a report on several', many],
    ['a report without findings', reportOn([])],
    ['an audit report', audited],
  ])('has every number and name that Markdown has, and more: %s', (_, given) => {
    const facts = new Set(factsIn(bodyOf(htmlOf(given))));
    const missing = factsIn([...renderMarkdown(given)].join('')).filter((word) => !facts.has(word));
    expect(missing).toEqual([]);
  });

  it('says the answer first, then what qualifies it, and links to its parts', () => {
    const elements = htmlElements(htmlOf(report()));
    const texts = (tag: string): readonly string[] =>
      elements
        .filter(({ tagName }) => tagName === tag)
        .map((element) => textIn(element).replaceAll(/\s+/g, ' ').trim());
    const answer =
      /^1 change by role\/SecurityAdmin \(session dana\) ; 1 opened sg-0abc to everyone/;
    expect(texts('h1')).toEqual([expect.stringMatching(answer)]);
    expect(texts('title')[0]).toContain('1 change by role/SecurityAdmin');
    expect(texts('header')).toEqual([
      expect.stringMatching(
        /everyone.*NOT COMPLETE: 1 file.*1 warning, below.*1 change .*1 let others in.*Look here first/,
      ),
    ]);
    expect(texts('h2')).toEqual([
      'Look here first',
      ...(report().overview.timeline.slots.length === 0 ? [] : ['When', 'Who, where, how']),
      'Every finding',
      'What was left out',
      'Completeness',
      'How it was made',
    ]);
    expect(texts('nav')).toEqual([texts('h2').join(' ')]);
    const ids = new Set(elements.map((element) => attribute(element, 'id')));
    for (const { tagName, attrs } of elements)
      for (const { name, value } of attrs)
        if (tagName === 'a' && name === 'href') expect(ids).toContain(value.slice(1));
  });

  it('counts the same findings in its answer, its tables, its chart and its list, and has each id once', () => {
    const findings = Array.from({ length: 30 }, (_, n) =>
      finding({
        eventID: `event-${n}`,
        eventTime: `2026-01-12T0${n % 9}:00:00.000Z`,
        sourceIPAddress: `203.0.113.${n % 12}`,
        userAgent: n % 2 === 0 ? 'console.amazonaws.com' : 'aws-cli/2.0',
      }),
    );
    const elements = htmlElements(htmlOf(report({ findings })));
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => /^f\d+$/.test(id))).toHaveLength(30);
    expect(elements.filter(({ tagName }) => tagName === 'h1').map(textIn)).toEqual([
      expect.stringContaining('30 changes'),
    ]);
    const tables = elements.filter((element) =>
      attribute(element, 'class')?.startsWith('breakdown-of'),
    );
    expect(tables.length).toBeGreaterThan(1);
    for (const table of tables) {
      const rows = htmlElementsIn(table).filter(({ tagName }) => tagName === 'tr');
      const numbers = rows.map((row) =>
        htmlElementsIn(row).find(
          (cell) => cell.tagName === 'td' && attribute(cell, 'class') === 'number',
        ),
      );
      const sum = numbers.reduce(
        (all, cell) => all + (cell === undefined ? 0 : Number(textIn(cell))),
        0,
      );
      expect(sum).toBe(30);
    }
    expect(elements.filter((element) => attribute(element, 'class') === 'chart')).toHaveLength(1);
  });

  it('says of a zero whether it can be trusted', () => {
    const trustOf = (given: Report): readonly (string | undefined)[] =>
      htmlElements(htmlOf(given))
        .filter((element) => attribute(element, 'class') === 'trust')
        .flatMap(htmlElementsIn)
        .filter(({ tagName }) => tagName === 'li')
        .map((element) => attribute(element, 'class'));
    const files = { ...report().files, unreadable: [] };
    const zero = (fields: Parameters<typeof report>[0]): Report =>
      report({
        window: { since: '2026-03-01T00:00:00.000Z', until: '2026-03-08T00:00:00.000Z' },
        findings: [],
        files,
        sections: [section({ findingCount: 0, warnings: [] })],
        ...fields,
      });
    expect(trustOf(zero({}))).not.toContain('void');
    expect(trustOf(zero({}))).not.toContain('good');
    // Only a proof is good.
    expect(trustOf(zero({ completeness: { ...NO_EVIDENCE, digests: digestCheck() } }))).toContain(
      'good',
    );
    const warnings = [{ code: 'NO_ACCOUNT_MATCHES', message: 'x' } as const];
    for (const given of [zero({ warnings }), zero({ files: report().files })]) {
      expect(trustOf(given)).toContain('void');
      expect(trustOf(given)).not.toContain('good');
    }
  });

  it('marks in the chart when logging was off, unless another trail wrote logs', () => {
    const findings = [1, 2, 3, 4].map((day) =>
      finding({ eventTime: `2026-03-0${day}T10:00:00.000Z` }),
    );
    const darkOf = (hasRecords: boolean): number => {
      const blindSpots = [blindSpot({ hasRecords })];
      const given = report({ findings, completeness: { ...NO_EVIDENCE, blindSpots } });
      const classes = htmlElements(htmlOf(given)).map((one) => attribute(one, 'class'));
      expect(classes.includes('key dark')).toBe(!hasRecords);
      return classes.filter((name) => name === 'dark').length;
    };
    expect(darkOf(false)).toBe(1);
    expect(darkOf(true)).toBe(0);
  });

  it('heads an audit report with its title, and has the conclusion before the rules', () => {
    const headings = htmlElements(htmlOf(audited)).filter(({ tagName }) => /^h\d$/.test(tagName));
    expect(headings.slice(0, 4).map((one) => [one.tagName, textIn(one)])).toEqual([
      ['h1', 'Audit report of hunt'],
      ['h2', 'Conclusion'],
      ['h2', 'Rules, and the SHA-256 of their files'],
      ['h2', 'Population and completeness'],
    ]);
    // No level is skipped.
    const levels = headings.map(({ tagName }) => Number(tagName[1]));
    levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1));
  });

  it('has a policy that allows exactly its own style sheet and script', () => {
    const html = htmlOf(report());
    const [, policy = ''] =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const hashOf = (element: RegExp): string => {
      const [, text = ''] = element.exec(html) ?? [];
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(/<style>([^]*)<\/style>/)}`,
      `script-src ${hashOf(/<script>([^]*)<\/script>/)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(html.indexOf(policy)).toBeLessThan(html.indexOf('<style>'));
    expect(html.match(/<script(?! type="(?:text\/plain|application\/json)")/g)).toHaveLength(1);
    expect(html).not.toMatch(/url\(|@import|https?:(?!\/\/docs)/);
  });
});

/**
 * The elements and attributes of a page, without its texts. How many values a text has, and whether a reader should look at it
 * first, depends on what the log says.
 */
function structureOf(html: string): readonly string[] {
  const shared = html.replaceAll(
    /<p>Nothing stands out.*\n|<ul class="attention">.*\n| data-g(?:="\d+")?/g,
    '',
  );
  return htmlElements(shared)
    .filter(({ tagName, attrs }) => tagName !== 'bdi' || attrs.length > 0)
    .map(
      ({ tagName, attrs }) =>
        `${tagName} ${attrs.map(({ name, value }) => (name === 'content' ? name : `${name}=${value}`)).join(' ')}`,
    );
}

describe('what a log holds', () => {
  const plain = structureOf(htmlOf(reportWith('plain')));

  it.each([
    ['elements', '<img src=x onerror=alert(1)><script>alert(1)</script><b>x</b>'],
    ['ends of elements', '</bdi></li></ul></main></title></style></script><svg onload=alert(1)>'],
    ['ends of attributes', '" onclick="alert(1)" style=\'x\' `'],
    ['comments and sections', '<!-- --!> --> <![CDATA[ ]]> <?php ?> <!--<script>'],
    ['references', '&lt;b&gt; &#60;b&#62; &amp;lt;'],
    ['addresses', 'javascript:alert(1) data:text/html,<b> https://example.com'],
    ['templates', '{{7*7}} ${7*7} <%= 7 %>'],
    ['characters that act on an eye', HOSTILE],
    ['names of objects', '__proto__'],
  ])('is shown as text: %s', (_, text) => {
    const html = htmlOf(reportWith(text));
    expect(structureOf(html)).toEqual(plain);
    expect(hiddenIn(html)).toEqual([]);
  });

  it('cannot change the structure of the page', () => {
    const piece = fc.oneof(
      fc.constantFrom('<', '>', '"', "'", '&', '</', '<!--', '/', '=', 'b', '\n', '\0', ' '),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (hostile) => {
        expect(structureOf(htmlOf(reportWith(`${hostile}x`)))).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it('does not flood the page', () => {
    expect(htmlOf(reportWith('word '.repeat(100_000))).length).toBeLessThan(240_000);
  });
});

describe('the colours', () => {
  const pairs = Object.entries(INKS).flatMap(([ink, { on, for: use }]) =>
    on.flatMap((ground) =>
      (['light', 'dark'] as const).map((scheme) => ({ ink, ground, scheme, use })),
    ),
  );

  it.each(pairs)(
    '$ink on $ground, $scheme, has contrast for $use',
    ({ ink, ground, scheme, use }) => {
      const one = INKS[ink as keyof typeof INKS][scheme];
      expect(contrast(one, GROUNDS[ground][scheme])).toBeGreaterThanOrEqual(
        use === 'text' ? 4.5 : use === 'lines' ? 3 : 1,
      );
    },
  );
});

/** The ratio of WCAG 2. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
