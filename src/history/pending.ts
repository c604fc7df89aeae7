/**
 * Which files a run that was killed may have left. The file is there from before a run writes its first output until its
 * checkpoint is written; the next run may overwrite what it names.
 */
import { readFileSync } from 'node:fs';
import { isObject, parseJson, type Json } from '../cloudtrail/json.js';

const SCHEMA = 'hunt-pending/1';

export interface Pending {
  readonly run: number;
  readonly period: string;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** The content of the file: indented JSON. */
export function pendingText(pending: Pending): string {
  return `${JSON.stringify({ schema: SCHEMA, ...pending }, null, 2)}\n`;
}

/** Undefined if there is none, or if it is damaged: then an output that is in the way is an error, and a person decides. */
export function readPending(path: string): Pending | undefined {
  let value: Json;
  try {
    value = parseJson(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  if (!isObject(value) || value['schema'] !== SCHEMA) return undefined;
  const { run, period, files } = value;
  if (typeof run !== 'number' || typeof period !== 'string' || !Array.isArray(files))
    return undefined;
  return { run, period, files: files.filter((file) => typeof file === 'string') };
}
