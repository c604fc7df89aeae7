/** Reads back a notice that was kept as JSON. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { Notice } from './notice.js';

/** The notice; undefined if the value is none. */
export function readNotice(value: Json): Notice | undefined {
  if (!isObject(value)) return undefined;
  const { subject, answer, counts, changes, moreChanges, incomplete, completeness, files } = value;
  const { report, period, run, findings, isNews } = value;
  if (typeof subject !== 'string' || typeof answer !== 'string') return undefined;
  return {
    subject,
    answer,
    counts: textOrNull(counts),
    changes: textsIn(changes),
    moreChanges: numberIn(moreChanges),
    incomplete: textsIn(incomplete),
    completeness: textOrNull(completeness),
    files: textsIn(files),
    report: textOrNull(report),
    period: textOrNull(period),
    run: typeof run === 'number' ? run : null,
    findings: numberIn(findings),
    isNews: isNews !== false,
  };
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function numberIn(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
