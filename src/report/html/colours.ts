/**
 * The colours of a page, light and dark. Each names the backgrounds on which it is used: a test computes from this that all text is
 * legible (WCAG AA).
 */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

export const GROUNDS = {
  ground: { light: '#ffffff', dark: '#15181c' },
  panel: { light: '#f5f7f9', dark: '#1d2126' },
  'danger-ground': { light: '#fdeceb', dark: '#42201d' },
  'warn-ground': { light: '#fff3dc', dark: '#3a2d12' },
} as const satisfies Readonly<Record<string, Colour>>;

interface Ink extends Colour {
  /** Text needs more contrast than lines, and what only decorates needs none. */
  readonly for: 'text' | 'lines' | 'decoration';
  readonly on: readonly (keyof typeof GROUNDS)[];
}

export const INKS = {
  ink: {
    light: '#1b1f24',
    dark: '#e6e9ed',
    for: 'text',
    on: ['ground', 'panel', 'danger-ground', 'warn-ground'],
  },
  dim: { light: '#57606a', dark: '#a2abb6', for: 'text', on: ['ground', 'panel', 'warn-ground'] },
  link: { light: '#0b57b8', dark: '#8fbcff', for: 'text', on: ['ground', 'panel'] },
  danger: {
    light: '#b42318',
    dark: '#ff9086',
    for: 'text',
    on: ['ground', 'panel', 'danger-ground', 'warn-ground'],
  },
  warn: { light: '#7a4b00', dark: '#f3c26b', for: 'text', on: ['ground', 'panel', 'warn-ground'] },
  good: { light: '#1a6b37', dark: '#7cd39a', for: 'text', on: ['ground'] },
  bar: { light: '#5a86c5', dark: '#5f8fd6', for: 'lines', on: ['ground', 'panel', 'warn-ground'] },
  failed: {
    light: '#8a7a4f',
    dark: '#b09a5c',
    for: 'lines',
    on: ['ground', 'panel', 'warn-ground'],
  },
  quiet: { light: '#e3e8ed', dark: '#2a3037', for: 'decoration', on: [] },
  rule: { light: '#d5dae0', dark: '#343a42', for: 'decoration', on: [] },
  line: { light: '#7b8490', dark: '#7b8490', for: 'lines', on: ['ground', 'panel'] },
} as const satisfies Readonly<Record<string, Ink>>;

/** The custom properties `--ground`, `--ink` … of one of the two schemes. */
export function properties(scheme: 'light' | 'dark'): string {
  return Object.entries({ ...GROUNDS, ...INKS })
    .map(([name, colour]) => `--${name}:${colour[scheme]}`)
    .join(';');
}
