/**
 * The head of a page. Its policy lets a browser use the style sheet and the script of the page and nothing else: no other script,
 * no picture, no address. So even a mistake that let markup of a log into the page could neither run nor send anything.
 */
import { createHash } from 'node:crypto';
import SCRIPT from './script/main.ts?embedded';
import { STYLE } from './style/style.js';
import { markup } from './markup.js';
import { safe } from './text.js';

const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(STYLE)}'`,
  `script-src '${hashOf(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The script of the page, which must stand behind all that it reads. Its hash is that of exactly these bytes. */
export const SCRIPT_PIECE = `<script>${SCRIPT}</script>\n`;

/** From the first byte to the start of the body. Those first bytes are how an earlier report is recognised. */
export function* headPieces(title: string, version: string): Generator<string> {
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield markup(<meta http-equiv="Content-Security-Policy" content={POLICY} />);
  yield markup(<meta name="generator" content={`hunt ${safe(version)}`} />);
  yield markup(<meta name="viewport" content="width=device-width, initial-scale=1" />);
  yield markup(<meta name="color-scheme" content="light dark" />);
  yield markup(<title>{title}</title>);
  // The style sheet is ours, and its hash is that of exactly these bytes.
  yield `<style>${STYLE}</style>\n</head>\n<body>\n`;
}
